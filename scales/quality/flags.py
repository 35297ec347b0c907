"""flag_sheets: which sheets a rule doubts. Flags never delete."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scales.definition import Item, Keying
from scales.errors import InvalidAnswer
from scales.quality.identical import repeated_sheets
from scales.quality.limits import QualityLimits
from scales.quality.marks import Mask, scaled_items
from scales.quality.reading import reading_probability
from scales.quality.sheets import SheetQuality
from scales.quality.verdict import SHEET_RULES, broken_rules

Positions = NDArray[np.integer]
Vector = NDArray[np.float64]

_TINY = 1e-12

SAMPLE_RULES = (
    "inconsistent",
    "synonyms",
    "antonyms",
    "outlying",
    "random_like",
    "identical",
    "burst",
)


@dataclass(frozen=True, eq=False)
class Flags:
    """By rule, `SHEET_RULES` and then `SAMPLE_RULES`: which sheets it flags, ``(n_sheets,)``."""

    by_rule: Mapping[str, Mask]

    @property
    def any(self) -> Mask:
        """Which sheets any rule flags."""
        return np.asarray(np.logical_or.reduce(list(self.by_rule.values())))

    @property
    def counts(self) -> dict[str, int]:
        """How many sheets each rule flags; a sheet may be counted by several."""
        return {rule: int(mask.sum()) for rule, mask in self.by_rule.items()}

    def rules_of(self, sheet: int) -> tuple[str, ...]:
        """Return the rules that flag one sheet, by its place."""
        return tuple(rule for rule, mask in self.by_rule.items() if mask[sheet])


def flag_sheets(
    quality: SheetQuality, limits: QualityLimits | None = None, *, in_burst: Mask | None = None
) -> Flags:
    """Apply every rule to every sheet.

    The rules of `SHEET_RULES` look at one sheet alone and say what `rejected_by` says; those of
    `SAMPLE_RULES` compare it with the others, so that their flags may change when sheets arrive.

    Parameters
    ----------
    quality : SheetQuality
        The values of the sheets, made with the limits' `synonym_r` and `antonym_r`.
    limits : QualityLimits, optional
        Where each flag begins; the defaults if left out.
    in_burst : (n_sheets,) array of bool, optional
        Which sheets came in a bucket that `burst_buckets` flags.

    Returns
    -------
    Flags

    Raises
    ------
    InvalidAnswer
        If `in_burst` does not have one value a sheet.

    References
    ----------
    Curran, P. G. (2016). Methods for the detection of carelessly invalid responses in survey data.
    *Journal of Experimental Social Psychology*, 66, 4–19.
    """
    limits = limits or QualityLimits()
    count = len(quality.raw)
    if in_burst is not None and in_burst.shape != (count,):
        raise InvalidAnswer(f"expected bursts of {count} sheets, got {in_burst.shape}")
    by_sheet = broken_rules(quality.marks, quality.seconds, limits)
    by_answers = _repeated(quality, limits)
    is_average_readers = by_answers["random_like"].sum() <= limits.unread_share * count
    by_sample = {
        **_inconsistent(quality, limits, is_average_readers),
        "outlying": _outlying(quality, limits),
        **by_answers,
        "burst": np.zeros(count, dtype=bool) if in_burst is None else in_burst,
    }
    ordered = {rule: by_sheet[rule] for rule in SHEET_RULES}
    return Flags(ordered | {rule: by_sample[rule] for rule in SAMPLE_RULES})


def _inconsistent(
    quality: SheetQuality, limits: QualityLimits, is_average_readers: bool
) -> dict[str, Mask]:
    """Compare with NaN gives False: what does not exist is not flagged."""
    with_halves = sum(len(scale.items) > 1 for scale in quality.questionnaire.scales)
    has_scales = with_halves >= limits.even_odd_scales
    has_synonyms = is_average_readers and quality.synonym_pairs.sum() >= limits.synonym_pairs
    has_antonyms = is_average_readers and quality.antonym_pairs.sum() >= limits.antonym_pairs
    return {
        "inconsistent": has_scales & (quality.even_odd > limits.even_odd),
        "synonyms": has_synonyms & (quality.synonyms < limits.synonyms),
        "antonyms": has_antonyms & (quality.antonyms > limits.antonyms),
    }


def _outlying(quality: SheetQuality, limits: QualityLimits) -> Mask:
    """Compare with what normal answers and, where it is wider, the sheets themselves allow.

    Answers crowded at an end have more far sheets than a normal distribution; their middle half
    says how far the logarithms of D² spread.
    """
    from scipy.special import chdtri, ndtri

    exists = ~np.isnan(quality.mahalanobis)
    if not exists.any():
        return exists
    logs = np.log(np.maximum(quality.mahalanobis[exists], _TINY))
    lower, middle, upper = np.quantile(logs, (0.25, 0.5, 0.75))
    deviation = (upper - lower) / (2 * ndtri(0.75))
    own = np.exp(middle - ndtri(limits.mahalanobis_p) * deviation)
    furthest = max(chdtri(quality.raw.shape[1], limits.mahalanobis_p), own)
    return np.asarray(quality.mahalanobis > furthest)


def _repeated(quality: SheetQuality, limits: QualityLimits) -> dict[str, Mask]:
    """Return what is judged by the answers themselves: as if read, and as if copied."""
    items = scaled_items(quality.questionnaire)
    lowest = np.array([item.format.lowest for item in items if item.format], dtype=np.float64)
    exact = np.nan_to_num(quality.raw - lowest + 1)
    positions = np.rint(exact).astype(np.int64)
    nobody = np.zeros(len(exact), dtype=bool)
    is_large = len(exact) >= limits.random_like_sheets and len(items) >= limits.random_like_items
    is_whole = not (positions != exact).any()
    return {
        "random_like": _unread(reading_probability(positions, quality.questionnaire), limits)
        if is_large
        else nobody,
        "identical": repeated_sheets(
            _aligned(positions, items),
            least_items=limits.identical_items,
            least_sheets=limits.identical_sheets,
        )
        if is_whole
        else nobody,
    }


def _aligned(positions: Positions, items: Sequence[Item]) -> Positions:
    highest = np.array([item.position_count for item in items])
    is_reverse = np.array([item.keying is Keying.REVERSE for item in items], dtype=bool)
    return np.where(is_reverse & (positions > 0), highest + 1 - positions, positions)


def _unread(read: Vector, limits: QualityLimits) -> Mask:
    """Flag the surest sheets, as long as few readers are expected among them.

    Equal sheets are flagged together, or not at all.
    """
    surest = np.argsort(read, kind="stable")
    readers_among = np.cumsum(read[surest])
    within = readers_among <= limits.random_like_readers_share * read.sum()
    highest = read[surest][within].max(initial=-1.0)
    if not within.all():
        highest = min(highest, np.nextafter(read[surest][~within][0], -1.0))
    return np.asarray((read <= highest) & (read < 1 - limits.random_like_probability))
