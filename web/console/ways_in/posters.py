"""Posters of a campaign's open codes: choose how, order them, find what was made."""

from collections.abc import Sequence
from datetime import datetime

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from survey.audit import record
from survey.distribute.posters import FORMS, POSTERS, order_posters, posters_of
from survey.errors import InputError
from survey.results import campaign_progress
from survey.storage.queries.campaigns import campaign_by_code
from survey.storage.queries.evaluations import evaluation_by_code
from survey.storage.queries.jobs import jobs_of_officer
from web.dependencies import (
    FormDep,
    NowDep,
    OfficerDep,
    SessionDep,
    SettingsDep,
    Templates,
    TemplatesDep,
    officer_for_this,
)
from web.error_pages import sentence_of
from web.forms import Form
from web.found import found

router = APIRouter(
    prefix="/console/campaigns/{code}/posters",
    dependencies=[Depends(officer_for_this)],
    include_in_schema=False,
)


@router.get("")
def show_posters(
    code: str,
    session: SessionDep,
    templates: TemplatesDep,
    officer: OfficerDep,
    settings: SettingsDep,
    now: NowDep,
) -> Response:
    """Show the layouts to choose from, and what this officer had made."""
    campaign = found(campaign_by_code(session, code))
    count = len(posters_of(session, settings, campaign))
    return _page(session, templates, code, officer.name, count, now, Form({}))


@router.post("")
def order(
    code: str,
    session: SessionDep,
    templates: TemplatesDep,
    officer: OfficerDep,
    settings: SettingsDep,
    form: FormDep,
    now: NowDep,
) -> Response:
    """Order the posters and lead to their progress."""
    campaign = found(campaign_by_code(session, code))
    try:
        job = order_posters(
            session,
            settings,
            campaign,
            form=form.text("form"),
            locale=form.text("locale"),
            units=form.all("unit"),
            ordered_by=officer.name,
            now=now,
        )
    except InputError as error:
        count = len(posters_of(session, settings, campaign))
        said = [sentence_of(error, templates.locale)]
        return _page(session, templates, code, officer.name, count, now, form, said)
    record(
        session,
        actor=officer.name,
        action="posters.ordered",
        subject=code,
        now=now,
        details={"form": form.text("form"), "units": len(form.all("unit")) or "all"},
    )
    return RedirectResponse(f"/console/jobs/{job.code}", 303)


def _page(
    session: Session,
    templates: Templates,
    code: str,
    officer: str,
    count: int,
    now: datetime,
    form: Form,
    problems: Sequence[str] = (),
) -> Response:
    campaign = campaign_progress(session, found(campaign_by_code(session, code)), now)
    return templates.page(
        "console/posters.html",
        422 if problems else 200,
        campaign=campaign,
        evaluation=found(evaluation_by_code(session, campaign.evaluation)),
        poster_count=count,
        forms=[str(each) for each in FORMS],
        jobs=[job for job in jobs_of_officer(session, officer, code) if job.kind == POSTERS],
        form=form,
        problems=problems,
        here=f"/console/campaigns/{code}/posters",
    )
