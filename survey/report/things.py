"""The two things to look at on a scale: what asks for action first, then what stands out."""

from collections.abc import Iterator
from dataclasses import dataclass

from scales import Keying, Scale, ScaleAnalysis
from survey.language import messages
from survey.report.distribution import percent_of_answers
from survey.report.judging import sentence_of
from survey.report.wording import (
    figure,
    items_to_check,
    remarks,
    score_interval,
    share,
    worded,
)
from survey.rules.scoring.judgement import DEFAULT_LIMITS, Judgement, JudgementLimits, judge
from survey.rules.scoring.judgement_figures import Tone
from survey.rules.scoring.one_thing import judge_reliability

TO_LOOK_AT = 2
_SHARES = ("dont_know_share", "missing_share", "ceiling_share", "floor_share")


@dataclass(frozen=True)
class Thing:
    """Something to look at: what it is about, what to know or do, how it sounds."""

    topic: str
    about: str  # the item or figure it is about, so that nothing is named twice
    title: str
    sentence: str
    tone: Tone


def things_to_look_at(
    scale: Scale, analysis: ScaleAnalysis, locale: str, limits: JudgementLimits = DEFAULT_LIMITS
) -> tuple[Thing, ...]:
    """Return the two things that matter most, each about something else."""
    found: dict[str, Thing] = {}
    for thing in _candidates(scale, analysis, locale, limits):
        found.setdefault(thing.about, thing)
        if len(found) == TO_LOOK_AT:
            break
    return tuple(found.values())


def _candidates(
    scale: Scale, analysis: ScaleAnalysis, locale: str, limits: JudgementLimits
) -> Iterator[Thing]:
    for remark in remarks(scale, analysis, locale):
        if remark.needs_action:
            title = messages().phrase("score.thing.warning", locale)
            yield Thing("warning", remark.about, title, remark.sentence, Tone.POOR)
    yield from _of_scale(scale, analysis, locale, limits)
    yield from _weak_items(scale, analysis, locale, limits)
    yield from _extremes(scale, analysis, locale)
    reliability = judge_reliability("alpha", analysis.alpha, analysis, limits)
    if not items_to_check(analysis):
        yield _thing("reliability", "alpha", reliability, locale, value=figure(analysis.alpha))


def _of_scale(
    scale: Scale, analysis: ScaleAnalysis, locale: str, limits: JudgementLimits
) -> Iterator[Thing]:
    people = judge("n", analysis.n, limits=limits)
    if people.is_action:
        yield _thing("people", "n", people, locale, value=analysis.n)
    reach = score_interval(scale, analysis)
    if reach is not None:
        half = (reach[1] - reach[0]) / 2
        precision = judge("precision", half, limits=limits)
        if precision.is_action:
            yield _thing("precision", "precision", precision, locale, value=figure(half, 1))


def _weak_items(
    scale: Scale, analysis: ScaleAnalysis, locale: str, limits: JudgementLimits
) -> Iterator[Thing]:
    """Yield what is wrong with single items, the worst first."""
    found = []
    for item in scale.items:
        figures = analysis.by_item[item.id]
        fit = judge("r_drop", figures.r_drop, n=figures.n, limits=limits)
        if fit.is_action:
            found.append((fit, item.id, "item_rest", figure(figures.r_drop)))
        for name in _SHARES:
            value = getattr(figures, name)
            judged = judge(name, value, limits=limits)
            if judged.is_action:
                found.append((judged, item.id, name, share(value)))
    for judged, item_id, topic, value in sorted(found, key=lambda one: one[0].tone is Tone.WEAK):
        yield _thing(
            topic, item_id, judged, locale, value=value, item=_name(scale, item_id, locale)
        )


def _extremes(scale: Scale, analysis: ScaleAnalysis, locale: str) -> Iterator[Thing]:
    """Yield the item with the lowest score, then the one with the highest."""
    scored = [
        (percent, item.id)
        for item in scale.items
        if (percent := percent_of_answers(item, scale, analysis.by_item[item.id])) is not None
    ]
    if len(scored) < TO_LOOK_AT:
        return
    for topic, (percent, item_id), tone in (
        ("lowest", min(scored), Tone.FAIR),
        ("highest", max(scored), Tone.GOOD),
    ):
        values = {"item": _name(scale, item_id, locale), "value": figure(percent, 1)}
        yield Thing(
            topic, item_id, _say(topic, locale), _say(f"{topic}_means", locale, **values), tone
        )


def _thing(topic: str, about: str, judged: Judgement, locale: str, **values: object) -> Thing:
    found = _say(f"{topic}_means", locale, **values)
    joint = "" if locale == "zh-Hans" else " "
    return Thing(
        topic, about, _say(topic, locale), found + joint + sentence_of(judged, locale), judged.tone
    )


def _name(scale: Scale, item_id: str, locale: str) -> str:
    item = next(item for item in scale.items if item.id == item_id)
    words = {"id": item.id, "text": worded(item.text, locale)}
    name = messages().phrase("score.item_in_words", locale, **words)
    is_reverse = item.keying is Keying.REVERSE
    return name + (_say("reverse", locale) if is_reverse else "")


def _say(key: str, locale: str, **values: object) -> str:
    return messages().phrase(f"score.thing.{key}", locale, **values)
