"""Before and after: an evaluation beside another one, unit by unit."""

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from survey.results import evaluation_changes, evaluation_list
from survey.storage.queries.evaluations import evaluation_by_code
from web.console.changing import change_views, chosen_view, other_evaluation
from web.dependencies import SessionDep, TemplatesDep, officer_for_this
from web.found import found

router = APIRouter(
    prefix="/console/evaluations/{code}/changes",
    dependencies=[Depends(officer_for_this)],
    include_in_schema=False,
)


@router.get("")
def show_changes(
    code: str, request: Request, session: SessionDep, templates: TemplatesDep
) -> Response:
    """Show which units rose or fell since another evaluation, as far as it can be told."""
    evaluation = found(evaluation_by_code(session, code))
    listed = evaluation_list(session)
    wanted = request.query_params.get("with")
    other = other_evaluation(listed, code, wanted)
    if wanted:
        found(other)
    changes = views = None
    if other is not None:
        changes = evaluation_changes(
            session, evaluation, found(evaluation_by_code(session, other.code))
        )
        views = change_views(changes, templates.locale)
    return templates.page(
        "console/changes.html",
        evaluation=next(each for each in listed if each.code == code),
        others=[each for each in listed if each.code != code],
        other=other,
        changes=changes,
        views=views,
        chosen=chosen_view(views or [], request.query_params.get("scale")),
    )
