"""Withdraw and erase what a named office has sent, at its own request, from the console."""

from dataclasses import asdict

from fastapi import APIRouter, Depends
from starlette.responses import RedirectResponse, Response

from survey.audit import record
from survey.distribute.withdraw_rating import withdraw_ratings
from survey.errors import SteerRefused, WithdrawRefused
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

ALL = "*"  # every unit the office rates

router = APIRouter(
    prefix="/console/campaigns/{code}/offices/{rater}",
    dependencies=[Depends(officer_for_this)],
    include_in_schema=False,
)


@router.post("/withdraw")
def withdraw(
    code: str,
    rater: str,
    session: SessionDep,
    officer: OfficerDep,
    form: FormDep,
    templates: TemplatesDep,
    now: NowDep,
) -> Response:
    """Erase the ratings of one unit, or of all; the trail keeps who asked why, and counts."""
    campaign = found(campaign_by_code(session, code))
    try:
        erased = withdraw_ratings(
            session,
            campaign,
            rater_code=rater,
            unit_code=None if form.text("withdraw_unit") == ALL else form.text("withdraw_unit"),
            reason=form.text("withdraw_reason"),
            is_asked=form.text("withdraw_asked") == "yes",
            now=now,
        )
    except (SteerRefused, WithdrawRefused) as error:
        return office_page(session, templates, code, rater, now, form=form, problem=error)
    record(
        session,
        actor=officer.name,
        action="rating.withdrawn",
        subject=code,
        now=now,
        details={
            "office": rater,
            "reason": form.text("withdraw_reason").strip(),
            **asdict(erased),
            "unit_codes": list(erased.unit_codes),
        },
    )
    return RedirectResponse(f"/console/campaigns/{code}/offices/{rater}", 303)
