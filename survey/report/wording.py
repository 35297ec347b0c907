"""Figures in words: numbers as people write them, warnings and reliability as sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from scales import Item, Scale, ScaleAnalysis, Text
from survey.language import messages
from survey.rules.judgement import judge

NO_FIGURE = "—"

_GOOD_TO_KNOW = {
    "single_item",
    "two_items",
    "zero_half_variance",
    "singular_matrix",
    "factor_not_found",
    "heywood_case",
    "complete_not_counted",
    "no_factor_of_complete",
    "ordinal_not_counted",
    "ordinal_needs_points",
    "ordinal_pair_missing",
    "ordinal_singular",
}
_WRONG_KEY = "possibly_reverse_keyed"
_ABOUT_ALPHA = {"alpha_below_0_6", "alpha_below_0_7"}


@dataclass(frozen=True)
class Remark:
    """One warning in words, what it is about, and whether something should be done about it."""

    scale: str
    sentence: str
    needs_action: bool
    about: str = ""  # an item, or the code of a warning about the scale


def figure(value: float | None, places: int = 2) -> str:
    """Write a figure with so many decimals, halves rounded up; a dash where there is none."""
    if value is None:
        return NO_FIGURE
    text = str(Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))
    return text.replace("-", "−") if Decimal(text) else text.removeprefix("-")


def share(value: float | None) -> str:
    """Write a share between 0 and 1 as percent."""
    return NO_FIGURE if value is None else f"{figure(value * 100, 1)}%"


def interval(value: float | None, limits: tuple[float, float] | None, places: int) -> str:
    """Write a figure with its limits behind it."""
    if value is None or limits is None:
        return figure(value, places)
    low, high = (figure(limit, places) for limit in limits)
    return f"{figure(value, places)} [{low}, {high}]"


def score_interval(scale: Scale, analysis: ScaleAnalysis) -> tuple[float, float] | None:
    """Return the limits of the score as far as a score can go; few people have a wider interval."""
    if analysis.ci95_percent is None:
        return None
    lowest, highest = min(scale.format.percent), max(scale.format.percent)
    low, high = analysis.ci95_percent
    return max(low, lowest), min(high, highest)


def worded(text: Text, locale: str) -> str:
    """Return the words in a locale, or in the first one they exist in."""
    words = text.get(locale) or next(iter(text.values()), "")
    unit = messages().phrase("score.the_unit", locale)
    if locale == "zh-Hans":
        words = words.replace(" {unit}", "{unit}").replace("{unit} ", "{unit}")
    return words.replace("{unit}", unit)


def alpha_band(alpha: float | None, people: int) -> str:
    """Return the conventional band of a reliability, as a key of the catalogue."""
    return judge("alpha", alpha, n=people).band


def remarks(scale: Scale, analysis: ScaleAnalysis, locale: str) -> list[Remark]:
    """Put the warnings of a scale into words, those that need action first."""
    found = [_remark(code, scale, analysis, locale) for code in _worth_saying(analysis)]
    return sorted(found, key=lambda remark: not remark.needs_action)


def _worth_saying(analysis: ScaleAnalysis) -> list[str]:
    """Return the codes, the cause before its effects.

    One item of the wrong direction makes others run against the rest too. Where the key check
    names the item, only that one is said, and before the low reliability it causes.
    """
    suspects = [item for item, figures in analysis.by_item.items() if figures.key_suspect]
    if not suspects:
        return list(analysis.warnings)
    others = [code for code in analysis.warnings if not code.startswith(_WRONG_KEY)]
    return [f"{_WRONG_KEY}:{item}" for item in suspects] + others


def in_order(of_scales: Iterable[list[Remark]]) -> list[Remark]:
    """Return the remarks of several scales, those that need action first."""
    everything = [remark for of_scale in of_scales for remark in of_scale]
    return sorted(everything, key=lambda remark: not remark.needs_action)


def _remark(code: str, scale: Scale, analysis: ScaleAnalysis, locale: str) -> Remark:
    kind, _, item_id = code.partition(":")
    if item_id:
        item = next(item for item in scale.items if item.id == item_id)
        sentence = _about_item(kind, item, analysis, locale)
    else:
        sentence = messages().phrase(
            f"score.warning.scale.{kind}",
            locale,
            alpha=figure(analysis.alpha),
            needed=scale.needed_count,
            items=len(scale.items),
        )
    about = "alpha" if kind in _ABOUT_ALPHA else item_id or kind
    return Remark(worded(scale.title, locale), sentence, kind not in _GOOD_TO_KNOW, about)


def _about_item(kind: str, item: Item, analysis: ScaleAnalysis, locale: str) -> str:
    text = worded(item.text, locale)
    name = messages().phrase("score.item_in_words", locale, id=item.id, text=text)
    figures = analysis.by_item[item.id]
    r_drop, flipped = figure(figures.r_drop), figures.alpha_if_flipped
    sentence = messages().phrase(f"score.warning.item.{kind}", locale, item=name, r_drop=r_drop)
    if kind != _WRONG_KEY or flipped is None or analysis.alpha is None:
        return sentence
    change = {"before": figure(analysis.alpha), "after": figure(flipped)}
    return sentence + messages().phrase("score.if_flipped", locale, **change)
