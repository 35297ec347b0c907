"""One unit: what its scores are worth, how many more answers it needs, where it stands."""

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from survey.results import unit_report
from survey.storage.queries.evaluations import evaluation_by_code
from web.console.figures.standing import alike_names, chosen_ranking, places_of, ranking_key
from web.console.figures.worth import rests_on_weak_means, worth_of
from web.dependencies import SessionDep, TemplatesDep, officer_for_this
from web.found import found

router = APIRouter(
    prefix="/console/evaluations/{code}/units",
    dependencies=[Depends(officer_for_this)],
    include_in_schema=False,
)


@router.get("/{unit}")
def show_unit(
    code: str, unit: str, request: Request, session: SessionDep, templates: TemplatesDep
) -> Response:
    """Show a unit's scores beside those of its category."""
    report = unit_report(session, found(evaluation_by_code(session, code)), unit)
    ranking = chosen_ranking(report, request.query_params.get("by"))
    worth = worth_of(report, templates.locale)
    return templates.page(
        "console/unit.html",
        report=report,
        unit=report.unit,
        rankings=[(ranking_key(each), each) for each in report.rankings],
        chosen=ranking,
        chosen_key=ranking_key(ranking),
        places=places_of(ranking, unit),
        alike=alike_names(ranking, unit),
        worth=worth,
        is_hint=rests_on_weak_means(worth),
        is_hint_chosen=rests_on_weak_means(worth, ranking),
    )
