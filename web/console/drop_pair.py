"""Take a unit off an office's list in the console, as long as nothing has come about it."""

from fastapi import APIRouter, Depends
from starlette.responses import RedirectResponse, Response

from survey.audit import record
from survey.distribute.drop_pair import drop_pair
from survey.errors import ReturnRefused
from survey.storage.queries.campaigns import campaign_by_code
from web.console.offices import office_page
from web.dependencies import (
    FormDep,
    NowDep,
    OfficerDep,
    SessionDep,
    TemplatesDep,
    officer_for_this,
)
from web.found import found

router = APIRouter(
    prefix="/console/campaigns/{code}/offices/{rater}",
    dependencies=[Depends(officer_for_this)],
    include_in_schema=False,
)


@router.post("/drop")
def drop(
    code: str,
    rater: str,
    session: SessionDep,
    officer: OfficerDep,
    form: FormDep,
    templates: TemplatesDep,
    now: NowDep,
) -> Response:
    """Remove a pair that was listed by mistake; an office without any leaves the list."""
    campaign = found(campaign_by_code(session, code))
    unit, reason = form.text("unit"), form.text("reason")
    try:
        stays = drop_pair(
            session, campaign, rater_code=rater, unit_code=unit, reason=reason, now=now
        )
    except ReturnRefused as error:
        return office_page(session, templates, code, rater, now, form=form, problem=error)
    record(
        session,
        actor=officer.name,
        action="rating_pair.dropped",
        subject=code,
        now=now,
        details={"office": rater, "unit": unit, "reason": reason},
    )
    offices = f"/console/campaigns/{code}/offices"
    return RedirectResponse(f"{offices}/{rater}" if stays else offices, 303)
