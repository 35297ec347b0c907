"""Figures move in batches: before the close no run shows what fewer people than a batch changed."""


def missing_count(sheets: int, counted: int | None, *, minimum: int, batch: int) -> int:
    """Return how many more sheets a cell needs before a run counts it; 0 or less: it does now.

    A cell that no run has counted needs the smallest number that may be shown, any other a whole
    batch more than the `counted` sheets.
    """
    return (max(minimum, 1) if counted is None else counted + batch) - sheets


def has_grown_by_a_group(grown: int, smallest: int) -> bool:
    """Whether so many more people are nobody, or enough that none of them can be told apart."""
    return grown == 0 or grown >= smallest
