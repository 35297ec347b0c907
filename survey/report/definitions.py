"""What every figure of the feed is: in words, its formula, its source, R's name, its bands."""

from collections.abc import Mapping
from dataclasses import dataclass

from scales import FigureNote, figure_glossary
from survey.language import LOCALES, messages
from survey.rules.scoring.judgement import CHANCE, DEFAULT_LIMITS, JudgementLimits
from survey.rules.scoring.judgement_figures import FAMILIES, LADDERS, Step, Tone

Words = Mapping[str, str]  # locale → words

_COMPUTED_AS = {
    "mean_percent": None,
    "n": None,
    "finite_ci95_percent": "corrected_interval",
    "top": "top_share",
    "icc1": "icc1, icc2",
    "icc2": "icc1, icc2",
    "p": "icc1, icc2",
    "shrunken_percent": "shrunken_mean_points",
    "standing": "rank_intervals",
    "alike": "not_distinguishable",
    "alike_count": "not_distinguishable",
    "f": "welch_anova",
    "difference_percent": "games_howell",
    "hedges_g": "compare_independent",
    "hedges_g_ci95": "compare_independent",
    "change_percent": "compare_independent",
    "r2_change": "item_bias",
    "p_uniform": "item_bias",
    "p_non_uniform": "item_bias",
    "difference_points": "item_bias",
    "loadings": "loading",
    "alpha_standardized": "alpha",
    "kr20": "alpha",
    "alpha_standardized_if_dropped": "alpha_if_dropped",
}
"""Names whose note in the glossary of `scales` stands under another key."""

_JUDGED_AS = {
    "ci95_percent": "precision",
    "reliability": "unit_reliability",
    "more_answers": "more_answers",
    "standing": "rank",
    "top": "top_box",
    "hedges_g": "effect",
    "r2_change": "dif",
    "split_half.spearman_brown": "reliability",
    "split_half.guttman": "reliability",
}
"""Names whose ladder of bands is called otherwise."""


@dataclass(frozen=True, slots=True)
class BandDefinition:
    """A band of a figure: where it begins, one word, and a sentence.

    `limit` is None for what is left, and for the band that p decides.
    """

    band: str
    limit: float | None
    tone: str
    word: Words
    sentence: Words


@dataclass(frozen=True, slots=True)
class FigureDefinition:
    """A figure by its name in the feed; `r` is the R expression that gives the same number."""

    name: str
    words: Words
    formula: str | None
    reference: str | None
    r: str | None
    function: str | None
    bands: tuple[BandDefinition, ...]


def figure_definitions(limits: JudgementLimits = DEFAULT_LIMITS) -> tuple[FigureDefinition, ...]:
    """Return what every figure of the feed is, in the order of the catalogue."""
    notes = {note.key: note for note in figure_glossary()}
    return tuple(_definition(name, notes, limits) for name in defined_names())


def defined_names() -> tuple[str, ...]:
    """Return the names of the feed that are defined, in the order of the catalogue."""
    prefix = "definition_of."
    return tuple(
        key.removeprefix(prefix)
        for key in messages().in_order(LOCALES[0])
        if key.startswith(prefix)
    )


def _definition(
    name: str, notes: Mapping[str, FigureNote], limits: JudgementLimits
) -> FigureDefinition:
    note = notes.get(_COMPUTED_AS.get(name, name) or "")
    family = _JUDGED_AS.get(name, FAMILIES.get(name, name))
    return FigureDefinition(
        name=name,
        words=_in_all_languages(f"definition_of.{name}"),
        formula=note.formula if note is not None else None,
        reference=note.reference if note is not None else None,
        r=note.r if note is not None else None,
        function=note.function if note is not None else None,
        bands=_bands(family, limits) if family in LADDERS else (),
    )


def _bands(family: str, limits: JudgementLimits) -> tuple[BandDefinition, ...]:
    ladder = LADDERS[family]
    steps = zip((*ladder.steps, ladder.beyond), (*limits.of(family), None), strict=True)
    by_p = [(Step(CHANCE, Tone.WEAK), None)] if ladder.may_be_chance else []
    return tuple(_band(family, step, limit) for step, limit in (*steps, *by_p))


def _band(family: str, step: Step, limit: float | None) -> BandDefinition:
    return BandDefinition(
        band=step.band,
        limit=limit,
        tone=step.tone.value,
        word=_in_all_languages(f"judgement_word.{family}.{step.band}"),
        sentence=_in_all_languages(f"judgement.{family}.{step.band}"),
    )


def _in_all_languages(key: str) -> dict[str, str]:
    return {locale: messages().phrase(key, locale) for locale in LOCALES}
