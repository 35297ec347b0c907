"""Polychoric correlations of 25 items and 1 000 000 sheets: counting the pairs, fitting them."""

from bench.made_up import ITEMS, answers
from bench.scoring import ROWS, best_of
from scales import count_pairs, polychoric_matrix

POINTS = 5


def run() -> None:
    """Print seconds, with missing answers, which the counting has to step around."""
    packed = answers(ROWS, missing_share=0.02)
    pairs = count_pairs(packed, POINTS)
    stream = best_of(3, lambda: packed.sum())
    counting = best_of(3, lambda: count_pairs(packed, POINTS))
    fitting = best_of(5, lambda: polychoric_matrix(pairs, ITEMS))
    print(
        f"polychoric 1 000 000 × 25: counting {counting:.3f} s, fitting {fitting:.4f} s, together "
        f"{counting + fitting:.3f} s of the 3 s allowed; ×{counting / stream:.1f} of the stream"
    )
