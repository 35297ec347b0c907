"""What each of a unit's scores is worth, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from survey.report.judging import sentence_of, word_of
from survey.results import Cell, Ranking, ScaleScore, UnitReport
from survey.rules.scoring.judgement import JudgementLimits, judge
from survey.rules.scoring.judgement_figures import Tone
from survey.rules.scoring.standing import TARGETS, Agreement


@dataclass(frozen=True, slots=True)
class Words:
    """A band as a badge and a sentence."""

    tone: str
    word: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Needed:
    """How many more answers reach a reliability; None where no number would.

    `is_possible` says whether the unit has so many people, as far as their number is known.
    """

    target: float
    count: int | None
    is_possible: bool


@dataclass(frozen=True, slots=True)
class ScoreWorth:
    """A shown score with what it is worth; `differ` says whether units differ at all."""

    score: ScaleScore
    agreement: Agreement | None
    reliability: Words
    differ: Words
    place: Words
    needed: tuple[Needed, ...]

    @property
    def is_hint(self) -> bool:
        """Whether the mean is not dependable, so that its place is a hint only."""
        return self.reliability.tone == Tone.WEAK


@dataclass(frozen=True, slots=True)
class CellWorth:
    """One audience's view of the unit."""

    cell: Cell
    response: Words | None
    scores: tuple[ScoreWorth, ...]

    @property
    def is_steady_of_few(self) -> bool:
        """Whether few answered and yet a mean is dependable, which looks like a contradiction."""
        is_of_few = self.response is not None and self.response.tone != Tone.GOOD
        return is_of_few and any(score.reliability.tone in _DEPENDABLE for score in self.scores)


_DEPENDABLE = (Tone.GOOD, Tone.FAIR)


def rests_on_weak_means(worth: Sequence[CellWorth], ranking: Ranking | None = None) -> bool:
    """Whether a mean is not dependable: of the ranking's scale, else any that is shown."""
    return any(
        score.is_hint
        for part in worth
        for score in part.scores
        if ranking is None
        or ranking.campaign is None
        or (part.cell.campaign, score.score.scale) == (ranking.campaign, ranking.scale)
    )


def worth_of(report: UnitReport, locale: str) -> tuple[CellWorth, ...]:
    """Return what the unit's scores are worth, by audience."""
    agreements = {
        (ranking.campaign, ranking.scale): ranking.agreement for ranking in report.rankings
    }
    return tuple(
        CellWorth(
            cell=cell,
            response=words_of("response_rate", cell.response_rate, report.limits, locale)
            if cell.response_rate is not None
            else None,
            scores=tuple(
                _worth(cell, score, agreements.get((cell.campaign, score.scale)), report, locale)
                for score in cell.scores
            ),
        )
        for cell in report.unit.cells
    )


def _worth(
    cell: Cell, score: ScaleScore, agreement: Agreement | None, report: UnitReport, locale: str
) -> ScoreWorth:
    limits = report.limits
    icc1, by_chance = (agreement.icc1, agreement.p) if agreement is not None else (None, None)
    spread = score.standing.high - score.standing.low if score.standing is not None else None
    return ScoreWorth(
        score=score,
        agreement=agreement,
        reliability=words_of("unit_reliability", score.reliability, limits, locale, by_chance),
        differ=words_of("icc1", icc1, limits, locale, by_chance),
        place=words_of("rank", spread, limits, locale),
        needed=tuple(_needed(target, cell, score) for target in TARGETS),
    )


def _needed(target: float, cell: Cell, score: ScaleScore) -> Needed:
    count = (score.more_answers or {}).get(str(target))
    people = cell.head_count if cell.head_count is not None else cell.issued_count
    is_known = count is not None and score.n is not None and people is not None
    return Needed(target, count, not is_known or (score.n or 0) + (count or 0) <= (people or 0))


def words_of(
    figure: str,
    value: float | None,
    limits: JudgementLimits,
    locale: str,
    p: float | None = None,
) -> Words:
    """Return the band of a figure as a badge and a sentence."""
    judgement = judge(figure, value, p=p, limits=limits)
    return Words(judgement.tone.value, word_of(judgement, locale), sentence_of(judgement, locale))
