"""A campaign's scores with and without the sheets that are flagged.

Told after the close only, and where both the flagged and the others are a group that may be shown:
their difference is the score of the flagged.
"""

from dataclasses import replace

from scales import Moments, Questionnaire, Scale, ScoreSummary, ScoreSums, summarise_moments
from survey.results.figures import NotShown
from survey.results.newest import NewestRun
from survey.results.quality_figures import FlaggedScore
from survey.rules.audience import Minima
from survey.rules.scoring.run import CountedCampaign, CountedCell
from survey.rules.scoring.suppression import is_shown, show_score


def flagged_scores(
    run: NewestRun, counted: CountedCampaign, questionnaire: Questionnaire, minima: Minima
) -> tuple[FlaggedScore, ...]:
    """Return each scale's score over the shown cells, with and without the flagged."""
    return tuple(
        _score(run, counted, questionnaire, scale, minima) for scale in questionnaire.scales
    )


def _score(
    run: NewestRun,
    counted: CountedCampaign,
    questionnaire: Questionnaire,
    scale: Scale,
    minima: Minima,
) -> FlaggedScore:
    if not counted.is_closed:
        return _hidden(scale, NotShown("before_close"))
    minimum = minima.subgroup or minima.shown
    cells = [cell for cell in counted.cells.values() if _is_told(cell, scale, minima)]
    if not cells:
        return _hidden(scale, NotShown("too_few", minimum))
    moments = [Moments.from_json(cell.moments[scale.id]) for cell in cells]
    whole = sum(moments[1:], start=moments[0])
    rest = _with_scores(whole, [_unflagged(cell, scale) for cell in cells])
    flagged = replace(
        whole,
        scores=tuple(_less(all_, few) for all_, few in zip(whole.scores, rest.scores, strict=True)),
    )
    everybody, others, careless = (summarise_moments(m, scale) for m in (whole, rest, flagged))
    if careless.n and not (
        _may_be_told(careless, minima, minimum) and _may_be_told(others, minima, minimum)
    ):
        return _hidden(scale, NotShown("few_flagged", minimum))
    return FlaggedScore(
        scale=scale.id,
        title=scale.title,
        n=everybody.n,
        mean_percent=everybody.mean_percent,
        ci95_percent=everybody.ci95_percent,
        n_without=others.n,
        mean_percent_without=others.mean_percent,
        ci95_percent_without=others.ci95_percent,
        not_shown=None,
    )


def _hidden(scale: Scale, reason: NotShown) -> FlaggedScore:
    return FlaggedScore(scale.id, scale.title, None, None, None, None, None, None, reason)


def _is_told(cell: CountedCell, scale: Scale, minima: Minima) -> bool:
    """Whether a cell's score on the scale is shown exactly, and known without the flagged."""
    if cell.sheets is None or not {scale.id} <= {*cell.moments} & {*cell.sheets.unflagged}:
        return False
    summary = summarise_moments(Moments.from_json(cell.moments[scale.id]), scale)
    return show_score(summary.n, summary.mean_percent, summary.sd_percent, minima).is_exact


def _may_be_told(group: ScoreSummary, minima: Minima, minimum: int) -> bool:
    showing = show_score(group.n, group.mean_percent, group.sd_percent, minima)
    return is_shown(group.n, minimum) and showing.is_exact


def _unflagged(cell: CountedCell, scale: Scale) -> tuple[ScoreSums, ...]:
    kept = cell.sheets.unflagged[scale.id] if cell.sheets is not None else ()
    return tuple(ScoreSums(*row) for row in kept)


def _with_scores(moments: Moments, groups: list[tuple[ScoreSums, ...]]) -> Moments:
    """Return moments with these score sums; only what is said of scores may be read off them."""
    total = groups[0]
    for group in groups[1:]:
        total = tuple(a + b for a, b in zip(total, group, strict=True))
    return replace(moments, scores=total)


def _less(all_: ScoreSums, some: ScoreSums) -> ScoreSums:
    return ScoreSums(
        all_.people - some.people,
        all_.points - some.points,
        all_.points_squared - some.points_squared,
        all_.percent - some.percent,
        all_.percent_squared - some.percent_squared,
    )
