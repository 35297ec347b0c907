"""QualityLimits: where each flag begins, named, so that a plan can keep and change them."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from scales.errors import InvalidLimit

_SHARES = (
    "answered_share",
    "contradiction_share",
    "random_like_probability",
    "random_like_readers_share",
    "unread_share",
)
_CORRELATIONS = ("synonym_r", "antonym_r", "synonyms", "antonyms", "even_odd")
_PROBABILITIES = ("mahalanobis_p", "burst_p")
_COUNTS = (
    "short_form_items",
    "straight_line_items",
    "contradiction_pairs",
    "even_odd_scales",
    "synonym_pairs",
    "antonym_pairs",
    "identical_items",
    "identical_sheets",
    "random_like_items",
    "random_like_sheets",
    "burst_sheets",
)


@dataclass(frozen=True, slots=True)
class QualityLimits:
    """Where each flag begins.

    Limits named `…_items`, `…_pairs`, `…_scales` and `…_sheets` say how much is needed before a
    rule judges at all.

    Per-sheet rules
        incomplete: fewer than `answered_share` of the scaled items ticked (a “don't know” is
        ticked; rounded up, the share to a tenth of an item).
        too_fast: less than `seconds_per_item` for each answered item, in a questionnaire of at
        most `short_form_items` scaled items less than `short_form_seconds_per_item`.
        straight_line: at least `straight_line_items` answers, forward and reverse items among
        them, and all of them the same.
        contradictory: of at least `contradiction_pairs` forward/reverse pairs answered, at least
        `contradiction_share` both agreed with or both disagreed with.
    Sample rules
        inconsistent: even–odd above `even_odd`, over at least `even_odd_scales` scales.
        synonyms, antonyms: pairs correlated above `synonym_r` and below `antonym_r`; the sheet's
        own correlation below `synonyms`, or above `antonyms`, over at least so many pairs.
        outlying: D² beyond its chi-squared quantile at `mahalanobis_p`, and beyond the log-normal
        one that the middle half of the sheets suggests.
        random_like: more than `random_like_probability` that nobody read the items, the surest
        first, until `random_like_readers_share` of all readers would be among them; in a
        questionnaire of at least `random_like_items`, with at least `random_like_sheets`.
        synonyms and antonyms take their pairs from all sheets, and are silent where more than
        `unread_share` of these are random-like: the pairs are nobody's then.
        identical: the same vector on at least `identical_sheets` sheets, with at least
        `identical_items` answers, as an isolated spike (`repeated_sheets`).
        burst: a bucket of at least `burst_sheets` sheets, when so many come by chance with
        probability `burst_p` in any of the buckets; arrivals vary by `burst_dispersion`.

    Raises
    ------
    InvalidLimit
        If a limit is not a finite number of its kind.

    References
    ----------
    Huang, J. L., et al. (2012). Detecting and deterring insufficient effort responding to surveys.
    *Journal of Business and Psychology*, 27, 99–114.
    Meade, A. W., & Craig, S. B. (2012). Identifying careless responses in survey data.
    *Psychological Methods*, 17, 437–455.
    """

    answered_share: float = 2 / 3
    seconds_per_item: float = 2.0
    short_form_items: int = 8
    short_form_seconds_per_item: float = 1.0
    straight_line_items: int = 10
    contradiction_pairs: int = 4
    contradiction_share: float = 0.6
    synonym_r: float = 0.6
    antonym_r: float = -0.6
    even_odd: float = 0.3
    even_odd_scales: int = 10
    synonyms: float = -0.15
    synonym_pairs: int = 40
    antonyms: float = 0.15
    antonym_pairs: int = 40
    mahalanobis_p: float = 1e-5
    random_like_probability: float = 0.5
    random_like_readers_share: float = 0.01
    unread_share: float = 0.1
    random_like_items: int = 7
    random_like_sheets: int = 100
    identical_items: int = 10
    identical_sheets: int = 3
    burst_sheets: int = 10
    burst_p: float = 0.001
    burst_dispersion: float = 0.5

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            is_number = isinstance(value, int | float) and not isinstance(value, bool)
            if not is_number or not math.isfinite(value) or not _is_of_its_kind(field.name, value):
                raise InvalidLimit(field.name, value)

    def as_dict(self) -> dict[str, float]:
        """Return every limit by name, as plain numbers."""
        return asdict(self)

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> "QualityLimits":
        """Return the limits that `as_dict` described; a name left out has its default.

        Raises
        ------
        InvalidLimit
            If a name is not a limit's, or a value not of its kind.
        """
        known = {field.name for field in fields(cls)}
        for name, value in kept.items():
            if name not in known:
                raise InvalidLimit(name, value)
        return cls(**kept)


def _is_of_its_kind(name: str, value: float) -> bool:
    if name in _COUNTS:
        return isinstance(value, int) and value >= 1
    if name in _SHARES:
        return 0 < value <= 1
    if name in _PROBABILITIES:
        return 0 < value < 1
    return -1 <= value <= 1 if name in _CORRELATIONS else value >= 0
