"""Judgements in words: one word for a badge, one sentence that says what to do."""

from dataclasses import dataclass

from survey.language import messages
from survey.rules.scoring.judgement import DEFAULT_LIMITS, Judgement, JudgementLimits, judge


@dataclass(frozen=True)
class Judged:
    """A judgement in words."""

    word: str
    sentence: str
    tone: str


def sentence_of(judgement: Judgement, locale: str) -> str:
    """Return what the band means and what to do, for someone who knows no statistics."""
    return messages().phrase(judgement.key, locale)


def word_of(judgement: Judgement, locale: str) -> str:
    """Return the band in a word or two."""
    return messages().phrase(judgement.word_key, locale)


def judged(
    figure: str,
    value: float | None,
    locale: str,
    n: int | None = None,
    p: float | None = None,
    limits: JudgementLimits = DEFAULT_LIMITS,
) -> Judged:
    """Judge a figure and say it."""
    return said(judge(figure, value, n=n, p=p, limits=limits), locale)


def said(judgement: Judgement, locale: str) -> Judged:
    """Put a judgement into words."""
    tone = judgement.tone.value
    return Judged(word_of(judgement, locale), sentence_of(judgement, locale), tone)
