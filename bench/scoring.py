"""Item analysis of 1 000 000 × 25 packed answers, beside X'X and a pass over the memory."""

import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from bench.made_up import answers, five_scales
from scales import analyse_moments, scale_moments

ROWS = 1_000_000


def best_of(rounds: int, work: Callable[[], object]) -> float:
    """Return the shortest of some rounds, in seconds."""
    taken = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return min(taken)


def cross_products(packed: NDArray[np.uint8]) -> NDArray[np.float32]:
    """X'X in float32 in blocks: what any item analysis must at least do."""
    total = np.zeros((packed.shape[1],) * 2, dtype=np.float32)
    for start in range(0, len(packed), 65_536):
        block = packed[start : start + 65_536].astype(np.float32)
        total += block.T @ block
    return total


def run() -> None:
    """Print seconds and ratios."""
    questionnaire = five_scales()
    for share, name in ((0.0, "complete"), (0.04, "4 % skipped")):
        packed = answers(ROWS, missing_share=share)

        def analyse(packed: NDArray[np.uint8] = packed) -> None:
            for scale in questionnaire.scales:
                columns = list(questionnaire.scale_columns(scale))
                analyse_moments(scale_moments(packed[:, columns], scale), scale)

        stream = best_of(3, lambda packed=packed: packed.sum())  # type: ignore[misc]
        floor = best_of(3, lambda packed=packed: cross_products(packed))  # type: ignore[misc]
        taken = best_of(3, analyse)
        print(
            f"scoring 1 000 000 × 25, {name}: item analysis {taken:.3f} s, X'X {floor:.3f} s, "
            f"memory stream {stream:.3f} s; ×{taken / floor:.2f} of X'X, "
            f"×{taken / stream:.1f} of the stream"
        )
