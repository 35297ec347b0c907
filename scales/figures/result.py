"""ScaleAnalysis, ItemAnalysis: the figures of one scale, in the result file's keys and order."""

from dataclasses import dataclass

from scales.reliability.bootstrap import Bootstrap

Interval = tuple[float, float]

WARNING_CODES = (
    "single_item",
    "two_items",
    "nobody_answered",
    "no_complete_sheet",
    "nobody_scored",
    "too_few_for_interval",
    "too_few_for_alpha",
    "zero_total_variance",
    "zero_half_variance",
    "singular_matrix",
    "factor_not_found",
    "heywood_case",
    "complete_not_counted",
    "counts_only",
    "no_factor_of_complete",
    "ordinal_not_counted",
    "ordinal_needs_points",
    "ordinal_pair_missing",
    "ordinal_singular",
    "alpha_below_0_6",
    "alpha_below_0_7",
)
"""Every warning that concerns the scale."""

ITEM_WARNING_CODES = (
    "nobody_answered",
    "too_few_answers",
    "zero_variance",
    "zero_rest_variance",
    "possibly_reverse_keyed",
)
"""Every warning that concerns an item; it is written ``code:ITEM``."""


@dataclass(frozen=True)
class ItemAnalysis:
    """The figures of one item; points are aligned ones, `counts` are of raw points.

    Shares are between 0 and 1. `missing_share` and `dont_know_share` are of all sheets. None where
    a figure does not exist.
    """

    keyed: str
    n: int
    mean: float | None
    sd: float | None
    skew: float | None
    kurtosis: float | None
    counts: dict[str, int] | None
    floor_share: float | None
    ceiling_share: float | None
    missing_share: float | None
    dont_know_share: float | None
    r_drop: float | None
    r_total: float | None
    r_total_standardized: float | None
    r_corrected: float | None
    alpha_if_dropped: float | None
    alpha_standardized_if_dropped: float | None
    lambda6_if_dropped: float | None
    loading: float | None = None
    key_suspect: bool | None = None
    alpha_if_flipped: float | None = None


@dataclass(frozen=True)
class SplitHalf:
    """Odd against even items, in file order."""

    odd_even_r: float
    spearman_brown: float
    guttman: float


@dataclass(frozen=True)
class WeightedCounts:
    """What weighting costs: people with a score, and how many equal weights they are worth."""

    n: int
    effective_n: float | None
    design_effect: float | None


@dataclass(frozen=True)
class ScaleAnalysis:
    """The figures of one scale; `dataclasses.asdict` gives the object of the result file.

    None where a figure does not exist; `warnings` then has the reason's code.
    """

    items: tuple[str, ...]
    n: int
    n_complete: int
    mean_points: float | None
    sd_points: float | None
    mean_percent: float | None
    ci95_percent: Interval | None
    alpha: float | None
    alpha_ci95: Interval | None
    alpha_standardized: float | None
    lambda2: float | None
    lambda6: float | None
    omega_total: float | None
    omega_total_ml: float | None
    ordinal_alpha: float | None
    ordinal_omega: float | None
    split_half: SplitHalf | None
    average_r: float | None
    median_r: float | None
    first_eigenvalue: float | None
    sem_points: float | None
    warnings: tuple[str, ...]
    by_item: dict[str, ItemAnalysis]
    weighted: WeightedCounts | None = None
    kr20: float | None = None
    bootstrap: Bootstrap | None = None
    second_eigenvalue: float | None = None
