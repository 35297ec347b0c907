"""Figures in words: numbers as people write them, warnings and reliability as sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from scales import Item, Scale, ScaleAnalysis, Text
from survey.language import messages

NO_FIGURE = "—"

_ALPHA_BANDS = (
    (0.9, "excellent"),
    (0.8, "good"),
    (0.7, "acceptable"),
    (0.6, "questionable"),
)
_USABLE_ALPHA = 0.7
_ENOUGH_PEOPLE = 30  # fewer, and chance alone moves alpha by more than a band
_GOOD_TO_KNOW = {"single_item", "two_items", "singular_matrix"}


@dataclass(frozen=True)
class Remark:
    """One warning in words, and whether something should be done about it."""

    scale: str
    sentence: str
    needs_action: bool


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
    """Return the conventional band of a reliability, as a key of the catalogue.

    A reliability that looks fine says little while only a few people have answered.
    """
    if alpha is None:
        return "none"
    band = next((band for floor, band in _ALPHA_BANDS if alpha >= floor), "poor")
    return "few" if people < _ENOUGH_PEOPLE and alpha >= _USABLE_ALPHA else band


def remarks(scale: Scale, analysis: ScaleAnalysis, locale: str) -> list[Remark]:
    """Put the warnings of a scale into words, those that need action first."""
    found = [_remark(code, scale, analysis, locale) for code in analysis.warnings]
    return sorted(found, key=lambda remark: not remark.needs_action)


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
    return Remark(worded(scale.title, locale), sentence, kind not in _GOOD_TO_KNOW)


def _about_item(kind: str, item: Item, analysis: ScaleAnalysis, locale: str) -> str:
    text = worded(item.text, locale)
    name = messages().phrase("score.item_in_words", locale, id=item.id, text=text)
    r_drop = figure(analysis.by_item[item.id].r_drop)
    return messages().phrase(f"score.warning.item.{kind}", locale, item=name, r_drop=r_drop)
