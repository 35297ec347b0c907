"""Give an office its sheet back from the console, with a reason."""

from fastapi import APIRouter, Depends
from starlette.responses import RedirectResponse, Response

from survey.audit import record
from survey.distribute.return_rating import return_rating
from survey.errors import FieldRefused, ReturnRefused
from survey.rules.audience import Audience
from survey.storage.queries.campaigns import campaign_by_code
from web.console.fields import read_count
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


@router.post("/return")
def return_sheet(
    code: str,
    rater: str,
    session: SessionDep,
    officer: OfficerDep,
    form: FormDep,
    templates: TemplatesDep,
    now: NowDep,
) -> Response:
    """Void what the office sent about one unit; it reads the reason at its link."""
    campaign = found(campaign_by_code(session, code))
    try:
        place = read_count(form.text("place"), templates.text("console.offices.place"), 10_000)
        rating = return_rating(
            session,
            campaign,
            rater_code=rater,
            unit_code=form.text("unit"),
            quota_place=place,
            reason=form.text("reason"),
            returned_by=officer.name,
            now=now,
        )
    except (FieldRefused, ReturnRefused) as error:
        return office_page(session, templates, code, rater, now, form=form, problem=error)
    record(
        session,
        actor=officer.name,
        action="rating.returned",
        subject=code,
        now=now,
        details={
            "office": rater,
            "unit": rating.unit_code,
            "place": rating.quota_place,
            "revision": rating.revision,
            "reason": form.text("reason"),
        },
    )
    is_own = campaign.audience == Audience.SELF
    page = f"self-assessments/{rating.unit_code}" if is_own else f"offices/{rater}"
    return RedirectResponse(f"/console/campaigns/{code}/{page}", 303)
