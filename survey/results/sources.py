"""What a source of a unit score or a leaf took: its score, or why there is none."""

from survey.results.figures import NotShown, ScaleScore, UsedSource
from survey.results.newest import NewestRun
from survey.results.trust import with_trust
from survey.results.unfed import has_unfed_answers
from survey.rules.audience import Audience
from survey.rules.scoring.run import ScaleFigure, SourceFigure
from survey.rules.scoring.scoring_plan import Source
from survey.rules.scoring.suppression import Showing, show_figure

_NOTHING_COUNTED = ("too_few", "not_asked")


def scale_score(
    run: NewestRun, audience: Audience, questionnaire: str, scale: str, figure: ScaleFigure | None
) -> ScaleScore:
    """Return what may be shown of a cell's score on a scale."""
    minima = run.plan.minima[audience]
    showing = Showing(False, None, False)
    if figure is not None:
        showing = show_figure(figure, minima)
    return ScaleScore(
        scale=scale,
        title=run.scale_title(audience, questionnaire, scale),
        n=figure.n if figure is not None and showing.is_shown else None,
        mean_percent=figure.mean_percent if figure is not None and showing.is_exact else None,
        ci95_percent=figure.ci95_percent if figure is not None and showing.is_exact else None,
        band_percent=showing.band_percent,
        is_enough_for_grade=showing.is_enough_for_grade,
        not_shown=None if showing.is_shown else NotShown("too_few", minima.shown),
        interval_not_shown=NotShown("counts_only")
        if showing.is_shown and figure is not None and figure.is_alike is not None
        else None,
    )


def used_source(run: NewestRun, unit_code: str, figure: SourceFigure) -> UsedSource:
    """Return a source with what may be shown of the score it took."""
    source = figure.source
    score = source_score(run, unit_code, figure)
    not_shown = score.not_shown
    if not run.has_asked(source.audience, source.questionnaire, unit_code):
        not_shown = NotShown("not_asked")
    elif _has_joined(run, source, unit_code):
        not_shown = NotShown("merged")
    if not_shown is not None and not_shown.code in _NOTHING_COUNTED:
        is_unfed = has_unfed_answers(run, source.audience, unit_code)
        not_shown = NotShown("not_fed") if is_unfed else not_shown
    return UsedSource(
        audience=source.audience,
        questionnaire=source.questionnaire,
        scale=source.scale,
        title=score.title,
        weight_bp=source.weight_bp,
        used_weight=figure.used_weight,
        n=score.n,
        mean_percent=score.mean_percent,
        band_percent=score.band_percent,
        not_shown=not_shown,
    )


def _has_joined(run: NewestRun, source: Source, unit_code: str) -> bool:
    return any(
        (each.audience, each.questionnaire) == (source.audience, source.questionnaire)
        and unit_code in each.merged
        for each in run.content.inputs.campaigns.values()
    )


def source_score(run: NewestRun, unit_code: str, figure: SourceFigure) -> ScaleScore:
    """Return what may be shown of the score a source took."""
    source = figure.source
    cell = None
    if figure.campaign is not None:
        cell = run.content.outputs.cells[figure.campaign][unit_code][source.scale]
    score = scale_score(run, source.audience, source.questionnaire, source.scale, cell)
    return with_trust(score, run, figure.campaign, unit_code)


def source_interval(
    run: NewestRun, unit_code: str, figure: SourceFigure
) -> tuple[float, float] | None:
    """Return the interval of the score a source took, where it may be shown."""
    return source_score(run, unit_code, figure).ci95_percent
