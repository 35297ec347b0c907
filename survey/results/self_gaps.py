"""A unit's self-assessment beside what others said of it, the widest difference first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from survey.results.figures import Cell, NotShown, Range, ScaleScore, Title, UnitResult, UnitScore
from survey.results.newest import newest
from survey.results.scores import unit_result
from survey.rules.audience import Audience
from survey.rules.self_gap import GapSize, judge_gap
from survey.storage.queries.evaluations import evaluation_of_campaign
from survey.storage.tables import Campaign


@dataclass(frozen=True, slots=True)
class SelfGap:
    """Own percent beside another's: of one scale, or over all (`scale` None).

    `audience` None is the unit's weighted score. What others' suppression hides stays hidden:
    then there is no difference, and `not_shown` or `other_band` stands in its place.
    """

    scale: str | None
    title: Title
    audience: Audience | None
    own_percent: float
    campaign: str = ""  # the other campaign's name
    other_percent: float | None = None
    other_band: Range | None = None
    not_shown: NotShown | None = None
    is_within_interval: bool = False

    @property
    def difference(self) -> float | None:
        """Own percent minus the other's."""
        return None if self.other_percent is None else self.own_percent - self.other_percent

    @property
    def size(self) -> GapSize | None:
        """What to say of the difference."""
        if self.difference is None:
            return None
        return judge_gap(self.difference, is_within_interval=self.is_within_interval)


def self_gaps(
    session: Session, campaign: Campaign, unit_code: str | None = None
) -> Mapping[str, tuple[SelfGap, ...]]:
    """Return the gaps of each unit of a campaign of self-assessments, by unit code.

    A unit whose self-assessment no run has counted is left out.
    """
    run = newest(session, evaluation_of_campaign(session, campaign))
    if run is None or campaign.code not in run.campaigns:
        return {}
    codes = [
        code
        for code in run.campaigns[campaign.code].unit_codes
        if code in run.content.inputs.units and unit_code in (None, code)
    ]
    names = {code: asked.campaign.name for code, asked in run.campaigns.items()}
    found = {code: _gaps(unit_result(run, code), campaign.code, names) for code in codes}
    return {code: gaps for code, gaps in found.items() if gaps}


def _gaps(unit: UnitResult, campaign: str, names: Mapping[str, str]) -> tuple[SelfGap, ...]:
    own = next((cell for cell in unit.cells if cell.campaign == campaign), None)
    own_mean = _overall(own) if own is not None else None
    if own is None or own_mean is None:
        return ()
    others = [cell for cell in unit.cells if cell.audience is not Audience.SELF]
    gaps = [
        _against_score(own_mean, unit.score),
        *(_against_cell(own_mean, cell, names[cell.campaign]) for cell in others),
        *(gap for cell in others for gap in _by_scale(own.scores, cell, names[cell.campaign])),
    ]
    return tuple(sorted(gaps, key=lambda gap: -abs(gap.difference or 0.0)))


def _against_score(own_mean: float, score: UnitScore) -> SelfGap:
    return SelfGap(
        scale=None,
        title={},
        audience=None,
        own_percent=own_mean,
        other_percent=score.percent,
        other_band=score.band_percent,
        not_shown=score.not_shown,
    )


def _against_cell(own_mean: float, cell: Cell, name: str) -> SelfGap:
    """Compare the means over all scales; where one scale is hidden, there is no mean."""
    reasons = [score.not_shown for score in cell.scores if score.not_shown is not None]
    mean = _overall(cell)
    reason = cell.not_shown or next(iter(reasons), None)
    band = _overall_band(cell.scores) if mean is None and reason is None else None
    return SelfGap(None, {}, cell.audience, own_mean, name, mean, band, reason)


def _by_scale(own: Sequence[ScaleScore], cell: Cell, name: str) -> Iterator[SelfGap]:
    """Yield the gaps on the scales that both questionnaires hold."""
    asked = {score.scale: score for score in cell.scores}
    for score in own:
        other = asked.get(score.scale)
        if other is None or score.mean_percent is None:
            continue
        interval = other.ci95_percent
        yield SelfGap(
            score.scale,
            score.title,
            cell.audience,
            score.mean_percent,
            name,
            other.mean_percent,
            other.band_percent,
            cell.not_shown or other.not_shown,
            interval is not None and interval[0] <= score.mean_percent <= interval[1],
        )


def _overall(cell: Cell) -> float | None:
    """Return the mean over the scales that were answered, None where one may not be shown."""
    means = [score.mean_percent for score in cell.scores]
    if cell.audience is Audience.SELF:
        means = [mean for mean in means if mean is not None]
    shown = [mean for mean in means if mean is not None]
    return sum(shown) / len(shown) if shown and len(shown) == len(means) else None


def _overall_band(scores: Sequence[ScaleScore]) -> Range | None:
    """Return what the mean lies between where a scale shows a band."""
    exact = [(s.mean_percent, s.mean_percent) for s in scores if s.mean_percent is not None]
    bands = [*exact, *(s.band_percent for s in scores if s.band_percent is not None)]
    if not scores or len(bands) != len(scores):
        return None
    return sum(low for low, _ in bands) / len(bands), sum(high for _, high in bands) / len(bands)
