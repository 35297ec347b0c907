"""count_pairs: for every two items, how often each two positions were ticked together."""

import numpy as np
from numpy.typing import NDArray

BLOCK_ROWS = 32_768  # so that what a block needs stays in the processor's cache
WORD_BYTES = 8


def count_pairs(packed: NDArray[np.uint8], points: int) -> NDArray[np.int64]:
    """Count, for every pair of items, the people at each pair of positions.

    Parameters
    ----------
    packed : (n_respondents, n_items) array of uint8
        Raw positions: 1…points are answers; anything else is no answer.
    points : int
        Positions of the format.

    Returns
    -------
    (n_pairs, points, points) array of people
        In the order of ``numpy.triu_indices(n_items, 1)``; the first axis after the pair is the
        position of the pair's first item. Over the people who answered both; exact, and the tables
        of two groups of people add up.
    """
    item_count = packed.shape[1]
    total = np.zeros((item_count, points, item_count, points), dtype=np.int64)
    for start in range(0, len(packed), BLOCK_ROWS):
        _add_block(_ticked_bits(packed[start : start + BLOCK_ROWS], points), total)
    first, second = np.triu_indices(item_count, 1)
    return np.ascontiguousarray(total.transpose(0, 2, 1, 3)[first, second])


def _ticked_bits(packed: NDArray[np.uint8], points: int) -> NDArray[np.uint64]:
    """Return who ticked what, a bit a sheet: (n_items, points, words)."""
    positions = np.ascontiguousarray(packed.T)
    levels = np.arange(1, points + 1, dtype=np.uint8)
    eights = np.packbits(positions[:, None, :] == levels[None, :, None], axis=2)
    missing = -eights.shape[2] % WORD_BYTES
    return np.pad(eights, ((0, 0), (0, 0), (0, missing))).view(np.uint64)


def _add_block(bits: NDArray[np.uint64], total: NDArray[np.int64]) -> None:
    """Add how often each tick of an item occurs with each tick of a later one."""
    for item in range(len(bits) - 1):
        both = bits[item, :, None, None] & bits[None, item + 1 :]
        total[item, :, item + 1 :] += np.bitwise_count(both).sum(axis=3, dtype=np.int64)
