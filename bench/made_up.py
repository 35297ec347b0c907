"""Made-up answers for the benchmarks: one factor a scale, reverse items, a fixed seed."""

import numpy as np
from numpy.typing import NDArray

from scales import Questionnaire, read_questionnaire

ITEMS = 25
HEAD = """
id = "bench"
version = 1
title = { zh-Hans = "测速", en = "Benchmark" }
[formats.AG5]
labels.zh-Hans = ["一", "二", "三", "四", "五"]
labels.en = ["one", "two", "three", "four", "five"]
dont_know = true
"""


def five_scales_toml(scale_count: int = 5) -> bytes:
    """Return a questionnaire file of 25 items in scales of one size, every fifth item reverse."""
    text = [HEAD]
    text += [
        f'[[scales]]\nid = "s{s}"\ntitle = {{ zh-Hans = "量表", en = "Scale" }}\n'
        for s in range(scale_count)
    ]
    for i in range(ITEMS):
        keyed = "-" if i % 5 == 3 else "+"
        scale = f"s{i * scale_count // ITEMS}"
        text.append(
            f'[[items]]\nid = "I{i:02d}"\nscale = "{scale}"\nformat = "AG5"\nkeyed = "{keyed}"\n'
            f'text = {{ zh-Hans = "第{i}题", en = "Item {i}" }}\n'
        )
    return "\n".join(text).encode()


def five_scales() -> Questionnaire:
    """Return the questionnaire of 25 items."""
    return read_questionnaire(five_scales_toml())


def one_scale() -> Questionnaire:
    """Return the questionnaire of the same 25 items as one scale."""
    return read_questionnaire(five_scales_toml(scale_count=1))


def answers(rows: int, missing_share: float, seed: int = 1) -> NDArray[np.uint8]:
    """Return packed answers (rows, 25): positions 1–5, 0 where skipped."""
    random = np.random.default_rng(seed)
    factor = np.repeat(random.standard_normal((rows, 5), dtype=np.float32), 5, axis=1)
    latent = 0.7 * factor + 0.7 * random.standard_normal((rows, ITEMS), dtype=np.float32)
    positions = (1 + np.digitize(latent, [-1.5, -0.5, 0.4, 1.3])).astype(np.uint8)
    reverse = np.arange(ITEMS) % 5 == 3
    positions[:, reverse] = 6 - positions[:, reverse]
    if missing_share:
        positions[random.random((rows, ITEMS), dtype=np.float32) < missing_share] = 0
    return positions
