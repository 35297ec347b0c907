"""Figures in words: numbers as people write them, warnings and reliability as sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from scales import Item, ItemAnalysis, Scale, ScaleAnalysis, Text
from survey.language import messages
from survey.rules.scoring.judgement import TOO_FEW_PEOPLE, TWO_THINGS, judge
from survey.rules.scoring.one_thing import judge_reliability

NO_FIGURE = "—"

_GOOD_TO_KNOW = {
    "single_item",
    "two_items",
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
}
_WRONG_KEY = "possibly_reverse_keyed"
_ABOUT_ALPHA = {"alpha_below_0_6", "alpha_below_0_7"}
_CLEARLY_MORE = 0.01  # of alpha, so that it shows with two decimals


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


def listed(parts: Iterable[str], locale: str) -> str:
    """Join what stands in a sentence."""
    return messages().phrase("score.list_sign", locale).join(parts)


def interval(value: float | None, limits: tuple[float, float] | None, places: int) -> str:
    """Write a figure with its limits behind it."""
    if value is None or limits is None:
        return figure(value, places)
    low, high = (figure(limit, places) for limit in limits)
    return f"{figure(value, places)} [{low}, {high}]"


def score_interval(scale: Scale, analysis: ScaleAnalysis) -> tuple[float, float] | None:
    """Return the limits of the score as far as a score can go; few people have a wider interval."""
    return within_scale(scale, analysis.ci95_percent)


def within_scale(scale: Scale, limits: tuple[float, float] | None) -> tuple[float, float] | None:
    """Return limits as far as a score can go."""
    if limits is None:
        return None
    return max(limits[0], min(scale.format.percent)), min(limits[1], max(scale.format.percent))


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
    reliability = judge_reliability("alpha", analysis.alpha, analysis)
    if reliability.band == TWO_THINGS:
        sentence = messages().phrase(reliability.key, locale)
        found.append(Remark(worded(scale.title, locale), sentence, True, "alpha"))
    return sorted(found, key=lambda remark: not remark.needs_action)


def _worth_saying(analysis: ScaleAnalysis) -> list[str]:
    """Return the codes, the cause before its effects.

    One item of the wrong direction makes others run against the rest too. Where the key check
    names the item, only that one is said, and before the low reliability it causes. An item that
    runs against the rest by next to nothing is not said to.
    """
    others = [code for code in analysis.warnings if not code.startswith(_WRONG_KEY)]
    return [f"{_WRONG_KEY}:{item}" for item in items_to_check(analysis)] + others


def items_to_check(analysis: ScaleAnalysis) -> list[str]:
    """Return the items whose keys are to be checked before the score of their scale is used."""
    against = [
        item for item, figures in analysis.by_item.items() if _runs_against(figures, analysis.alpha)
    ]
    suspects = [item for item in against if analysis.by_item[item].key_suspect]
    return suspects or against


def looks_turned(figures: ItemAnalysis, analysis: ScaleAnalysis) -> bool:
    """Whether an item's key looks wrong: the key check suspects it, and turning it would help.

    Where a scale holds two things, the key check suspects items that go well with the rest.
    """
    return bool(figures.key_suspect) and _runs_against(figures, analysis.alpha)


def _runs_against(figures: ItemAnalysis, alpha: float | None) -> bool:
    if figures.r_drop is None or figures.r_drop >= 0:
        return False
    flipped = figures.alpha_if_flipped
    return alpha is None or flipped is None or flipped - alpha >= _CLEARLY_MORE


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
        is_uncertain = kind in _ABOUT_ALPHA and _is_of_few(analysis)
        sentence = messages().phrase(
            "score.low_alpha_of_few" if is_uncertain else f"score.warning.scale.{kind}",
            locale,
            alpha=figure(analysis.alpha),
            needed=scale.needed_count,
            items=len(scale.items),
            n=analysis.n,
        )
    about = "alpha" if kind in _ABOUT_ALPHA else item_id or kind
    return Remark(worded(scale.title, locale), sentence, kind not in _GOOD_TO_KNOW, about)


def _is_of_few(analysis: ScaleAnalysis) -> bool:
    return alpha_band(analysis.alpha, analysis.n) == TOO_FEW_PEOPLE


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
