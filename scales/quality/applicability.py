"""rules_not_checked: rules that cannot flag a sheet of a questionnaire, and why not."""

import numpy as np

from scales.definition import Keying, Questionnaire
from scales.quality.limits import QualityLimits
from scales.quality.marks import scaled_items
from scales.quality.sheets import SheetQuality

TOO_FEW_ITEMS = "too_few_items"
ONE_DIRECTION = "one_direction"
TOO_FEW_SCALES = "too_few_scales"
TOO_FEW_PAIRS = "too_few_pairs"
TOO_FEW_SHEETS = "too_few_sheets"
NO_SECONDS = "no_seconds"
NO_DISTANCE = "no_distance"


def rules_not_checked(
    questionnaire: Questionnaire,
    limits: QualityLimits | None = None,
    quality: SheetQuality | None = None,
) -> dict[str, str]:
    """Return the rules that no sheet can break, whatever is ticked, with the reason of each.

    That such a rule flags nobody says nothing about the sheets.

    Parameters
    ----------
    questionnaire : Questionnaire
        Gives the scaled items, their scales and keys.
    limits : QualityLimits, optional
        How much each rule needs before it judges; the defaults if left out.
    quality : SheetQuality, optional
        The values of the sheets, where there are any: some rules need enough of them.

    Returns
    -------
    dict of str
        Rule → ``too_few_items``, ``one_direction`` (no forward and reverse items together),
        ``too_few_scales``, ``too_few_pairs``, ``too_few_sheets``, ``no_seconds`` or
        ``no_distance``; rules that are checked are not in it.
    """
    limits = limits or QualityLimits()
    found = _by_questionnaire(questionnaire, limits)
    if quality is None:
        return found
    return _by_sheets(quality, limits) | found


def _by_questionnaire(questionnaire: Questionnaire, limits: QualityLimits) -> dict[str, str]:
    items = len(scaled_items(questionnaire))
    keyed = [[item.keying for item in scale.items] for scale in questionnaire.scales]
    forward = [sum(keying is Keying.FORWARD for keying in keys) for keys in keyed]
    reverse = [sum(keying is Keying.REVERSE for keying in keys) for keys in keyed]
    opposites = sum(a * b for a, b in zip(forward, reverse, strict=True))
    with_halves = sum(len(keys) > 1 for keys in keyed)
    pairs = items * (items - 1) // 2
    found = {
        "straight_line": TOO_FEW_ITEMS if items < limits.straight_line_items else None,
        "contradictory": TOO_FEW_ITEMS if opposites < limits.contradiction_pairs else None,
        "inconsistent": TOO_FEW_SCALES if with_halves < limits.even_odd_scales else None,
        "synonyms": TOO_FEW_ITEMS if pairs < limits.synonym_pairs else None,
        "antonyms": TOO_FEW_ITEMS if pairs < limits.antonym_pairs else None,
        "random_like": TOO_FEW_ITEMS if items < limits.random_like_items else None,
        "identical": TOO_FEW_ITEMS if items < limits.identical_items else None,
    }
    if not (any(forward) and any(reverse)):
        found["straight_line"] = found["straight_line"] or ONE_DIRECTION
    if not opposites:
        found["contradictory"] = ONE_DIRECTION
    return {rule: reason for rule, reason in found.items() if reason is not None}


def _by_sheets(quality: SheetQuality, limits: QualityLimits) -> dict[str, str]:
    is_few = len(quality.raw) < limits.random_like_sheets
    found = {
        "too_fast": None if _has_times(quality) else NO_SECONDS,
        "synonyms": TOO_FEW_PAIRS if quality.synonym_pairs.sum() < limits.synonym_pairs else None,
        "antonyms": TOO_FEW_PAIRS if quality.antonym_pairs.sum() < limits.antonym_pairs else None,
        "outlying": NO_DISTANCE if not (quality.mahalanobis >= 0).any() else None,
        "random_like": TOO_FEW_SHEETS if is_few else None,
        "identical": TOO_FEW_SHEETS if len(quality.raw) < limits.identical_sheets else None,
    }
    return {rule: reason for rule, reason in found.items() if reason is not None}


def _has_times(quality: SheetQuality) -> bool:
    return quality.seconds is not None and not bool(np.isnan(quality.seconds).all())
