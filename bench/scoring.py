"""Item analysis of 1 000 000 × 25 packed answers, beside a pass over the memory, and others'."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.made_up import answers, five_scales, one_scale
from scales import Questionnaire, align_keying, analyse_moments, scale_moments, unpack

ROWS = 1_000_000
R_SCRIPT = """
file <- commandArgs(TRUE)[1]
x <- matrix(readBin(file, "integer", n = file.size(file), size = 1, signed = FALSE), ncol = 25)
x[x == 0] <- NA
x <- as.data.frame(x)
invisible(suppressWarnings(psych::alpha(head(x, 1000), warnings = FALSE)))
cat("\n", system.time(suppressWarnings(psych::alpha(x, warnings = FALSE)))[["elapsed"]])
"""

Packed = NDArray[np.uint8]


def best_of(rounds: int, work: Callable[[], object]) -> float:
    """Return the shortest of some rounds, in seconds."""
    taken = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return min(taken)


def cross_products(packed: Packed) -> NDArray[np.float32]:
    """X'X in float32 in blocks: what any item analysis must at least do."""
    total = np.zeros((packed.shape[1],) * 2, dtype=np.float32)
    for start in range(0, len(packed), 65_536):
        block = packed[start : start + 65_536].astype(np.float32)
        total += block.T @ block
    return total


def analyse(packed: Packed, questionnaire: Questionnaire) -> None:
    """Every figure of every scale but the ordinal ones, which `bench polychoric` times."""
    for scale in questionnaire.scales:
        columns = questionnaire.scale_columns(scale)
        whole = slice(columns[0], columns[-1] + 1)  # the items of a scale stand side by side here
        analyse_moments(scale_moments(packed[:, whole], scale), scale)


def pingouin_alpha(packed: Packed) -> tuple[float, float, float]:
    """Return seconds of pingouin's alpha alone, of its frame from the same bytes, and of ours.

    In turns, so that they meet the same machine.
    """
    import pandas as pd
    import pingouin

    questionnaire = one_scale()
    scale = questionnaire.scales[0]

    def make_frame() -> pd.DataFrame:
        return pd.DataFrame(align_keying(unpack(packed, scale), scale))

    frame = make_frame()
    rounds = [
        (
            best_of(1, lambda: pingouin.cronbach_alpha(frame)),
            best_of(1, make_frame),
            best_of(1, lambda: analyse(packed, questionnaire)),
        )
        for _ in range(5)
    ]
    alone, framed, ours = (min(column) for column in zip(*rounds, strict=True))
    return alone, framed, ours


def psych_alpha(packed: Packed) -> float | None:
    """Return the seconds of psych::alpha, or None without R."""
    if shutil.which("Rscript") is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "answers.bin"
        file.write_bytes(np.ascontiguousarray(packed.T).tobytes())
        done = subprocess.run(
            ["Rscript", "-e", R_SCRIPT, str(file)], capture_output=True, text=True, check=False
        )
    return float(done.stdout.split()[-1]) if done.returncode == 0 else None


def run() -> None:
    """Print seconds and ratios."""
    for share, name in ((0.0, "complete"), (0.02, "2 % skipped"), (0.04, "4 % skipped")):
        packed = answers(ROWS, missing_share=share)
        stream = best_of(5, packed.sum)
        floor = best_of(3, partial(cross_products, packed))
        for questionnaire, shape in ((one_scale(), "1 scale"), (five_scales(), "5 scales")):
            taken = best_of(5, partial(analyse, packed, questionnaire))
            print(
                f"scoring 1 000 000 × 25, {name}, {shape}: item analysis {taken:.3f} s, "
                f"×{taken / stream:.1f} of the memory stream ({stream:.4f} s), "
                f"×{taken / floor:.2f} of X'X ({floor:.3f} s)"
            )
            if shape == "1 scale" and share < 0.04:
                _beside_others(packed, name)
    _from_moments()


def _beside_others(packed: Packed, name: str) -> None:
    alone, framed, taken = pingouin_alpha(packed)
    print(
        f"pingouin.cronbach_alpha, {name}: {alone:.2f} s on a frame that is ready, "
        f"×{alone / taken:.1f} of our whole analysis; with the frame made from the same bytes "
        f"{alone + framed:.2f} s, ×{(alone + framed) / taken:.1f}"
    )
    in_r = psych_alpha(packed)
    if in_r is None:
        print("psych::alpha: no R with psych here")
    else:
        print(f"psych::alpha, {name}: {in_r:.1f} s, ×{in_r / taken:.0f} of ours")


def _from_moments() -> None:
    """Time what a refresh costs: moments are ready, whatever the number of sheets was."""
    packed = answers(100_000, missing_share=0.02)
    for questionnaire in (five_scales(), one_scale()):
        scale = questionnaire.scales[0]
        moments = scale_moments(packed[:, : len(scale.items)], scale)
        taken = best_of(200, partial(analyse_moments, moments, scale))
        print(f"from moments, {len(scale.items)} items: {taken * 1000:.2f} ms")
