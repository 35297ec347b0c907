"""Counter screens of a citizens' campaign: their secret addresses, new ones, replaced ones."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from survey.audit import record
from survey.distribute.screens import add_screens, replace_screen
from survey.errors import InputError
from survey.results import campaign_progress
from survey.rules.ways_in.rotating import screen_secret
from survey.settings import Settings
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import campaign_by_code, units_of_campaign
from survey.storage.queries.evaluations import evaluation_by_code
from survey.storage.queries.links import screens_of
from web.console.fields import read_places
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
    prefix="/console/campaigns/{code}/screens",
    dependencies=[Depends(officer_for_this)],
    include_in_schema=False,
)


@router.get("")
def show_screens(
    code: str, session: SessionDep, templates: TemplatesDep, settings: SettingsDep, now: NowDep
) -> Response:
    """Show every screen with its address."""
    return _page(session, templates, settings, code, now, Form({}))


@router.post("")
def make_screens(
    code: str,
    session: SessionDep,
    officer: OfficerDep,
    form: FormDep,
    templates: TemplatesDep,
    settings: SettingsDep,
    now: NowDep,
) -> Response:
    """Make a screen for each unit ticked and place named."""
    campaign = found(campaign_by_code(session, code))
    try:
        places = read_places(form.text("places"))
        made = add_screens(session, campaign, form.all("unit"), places)
    except InputError as error:
        return _page(session, templates, settings, code, now, form, [error])
    details = {"codes": [link.code for link in made]}
    return _done(session, officer.name, "screens.made", code, now, details)


@router.post("/replace")
def give_new_address(
    code: str, session: SessionDep, officer: OfficerDep, form: FormDep, now: NowDep
) -> Response:
    """Give a screen another address, because the old one got about."""
    campaign = found(campaign_by_code(session, code))
    old = form.text("screen")
    new = replace_screen(session, campaign, old)
    details = {"before": old, "after": new.code}
    return _done(session, officer.name, "screens.replaced", code, now, details)


def _done(
    session: Session,
    actor: str,
    action: str,
    code: str,
    now: datetime,
    details: Mapping[str, object],
) -> Response:
    record(session, actor=actor, action=action, subject=code, now=now, details=details)
    return RedirectResponse(f"/console/campaigns/{code}/screens", 303)


def _page(
    session: Session,
    templates: Templates,
    settings: Settings,
    code: str,
    now: datetime,
    form: Form,
    problems: Sequence[InputError] = (),
) -> Response:
    campaign = found(campaign_by_code(session, code))
    progress = campaign_progress(session, campaign, now)
    names = {row.unit_id: unit.name for row, unit in units_of_campaign(session, key_of(campaign))}
    key = settings.key("screens")
    return templates.page(
        "console/screens.html",
        422 if problems else 200,
        campaign=progress,
        evaluation=found(evaluation_by_code(session, progress.evaluation)),
        screens=[
            (
                link,
                names[link.unit_id or 0],
                f"/s/{link.code}.{screen_secret(key, link.code or '')}",
            )
            for link in screens_of(session, key_of(campaign))
        ],
        origin=settings.public_origin,
        form=form,
        problems=[sentence_of(problem, templates.locale) for problem in problems],
        here=f"/console/campaigns/{code}/screens",
    )
