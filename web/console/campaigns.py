"""One campaign: what arrives, its ways in, and steering it."""

from datetime import datetime

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from survey.audit import record
from survey.distribute.launch import open_links
from survey.distribute.steer import (
    close_campaign,
    extend_campaign,
    lock_campaign,
    pause_campaign,
    resume_campaign,
)
from survey.errors import FieldRefused, NotLater
from survey.results import campaign_progress
from survey.storage.queries.campaigns import campaign_by_code
from web.console.campaign_page import campaign_page, ways_page
from web.console.fields import read_local_time, read_places
from web.console.unit_search import SoughtDep, find_units, sought_in
from web.dependencies import (
    FormDep,
    NowDep,
    OfficerDep,
    SessionDep,
    SettingsDep,
    TemplatesDep,
    officer_for_this,
)
from web.found import found

router = APIRouter(
    prefix="/console/campaigns/{code}",
    dependencies=[Depends(officer_for_this)],
    include_in_schema=False,
)


@router.get("")
def show_campaign(
    code: str,
    session: SessionDep,
    templates: TemplatesDep,
    now: NowDep,
    settings: SettingsDep,
    sought: SoughtDep,
) -> Response:
    """Show what arrived, the ways in, and what may be done."""
    return campaign_page(session, templates, settings, code, now, sought=sought)


@router.get("/ways")
def show_ways(
    code: str,
    session: SessionDep,
    templates: TemplatesDep,
    now: NowDep,
    settings: SettingsDep,
    sought: SoughtDep,
) -> Response:
    """Show the ways in, and make more of them."""
    return ways_page(session, templates, settings, code, now, sought)


@router.get("/received")
def show_received(
    code: str, session: SessionDep, templates: TemplatesDep, now: NowDep, sought: SoughtDep
) -> Response:
    """Show the counts alone; the campaign's page asks again every few seconds."""
    progress = campaign_progress(session, found(campaign_by_code(session, code)), now)
    return templates.page(
        "console/_received.html", campaign=progress, units=find_units(progress.units, sought)
    )


@router.post("/places")
def add_places(
    code: str,
    session: SessionDep,
    officer: OfficerDep,
    form: FormDep,
    templates: TemplatesDep,
    now: NowDep,
    settings: SettingsDep,
) -> Response:
    """Make further open codes: one per unit chosen and place named."""
    campaign, sought = found(campaign_by_code(session, code)), sought_in(form)
    try:
        if not form.all("unit"):
            raise FieldRefused("launch_no_units")
        places = read_places(form.text("places"))
        made = open_links(session, campaign, dict.fromkeys(form.all("unit"), places))
    except FieldRefused as error:
        return ways_page(
            session, templates, settings, code, now, sought, form=form, problems=[error]
        )
    record(
        session,
        actor=officer.name,
        action="links.opened",
        subject=code,
        now=now,
        details={"codes": [link.code for link in made]},
    )
    return RedirectResponse(f"/console/campaigns/{code}/ways?{sought.query()}#codes", 303)


@router.post("/pause")
def pause(code: str, session: SessionDep, officer: OfficerDep, now: NowDep) -> Response:
    """Take no answers for now."""
    pause_campaign(session, found(campaign_by_code(session, code)), now)
    return _steered(session, officer.name, "campaign.paused", code, now)


@router.post("/resume")
def resume(code: str, session: SessionDep, officer: OfficerDep, now: NowDep) -> Response:
    """Take answers again."""
    resume_campaign(session, found(campaign_by_code(session, code)), now)
    return _steered(session, officer.name, "campaign.resumed", code, now)


@router.post("/extend")
def extend(
    code: str,
    session: SessionDep,
    officer: OfficerDep,
    form: FormDep,
    templates: TemplatesDep,
    now: NowDep,
    settings: SettingsDep,
) -> Response:
    """Close later."""
    campaign = found(campaign_by_code(session, code))
    before = campaign.closes_at
    try:
        after = read_local_time(form.text("closes_at"))
        extend_campaign(session, campaign, after, now)
    except (FieldRefused, NotLater) as error:
        return campaign_page(session, templates, settings, code, now, form=form, problems=[error])
    change = {"before": before.isoformat(), "after": after.isoformat()}
    return _steered(session, officer.name, "campaign.extended", code, now, change)


@router.post("/close")
def close(
    code: str,
    session: SessionDep,
    officer: OfficerDep,
    form: FormDep,
    templates: TemplatesDep,
    now: NowDep,
    settings: SettingsDep,
) -> Response:
    """Close at this instant, for good; only with the tick that says so."""
    campaign = found(campaign_by_code(session, code))
    if form.text("sure") != "yes":
        unsure = FieldRefused("field_sure")
        return campaign_page(session, templates, settings, code, now, form=form, problems=[unsure])
    change = {"before": campaign.closes_at.isoformat(), "after": now.isoformat()}
    close_campaign(session, campaign, now)
    return _steered(session, officer.name, "campaign.closed", code, now, change)


@router.post("/lock")
def lock(
    code: str,
    session: SessionDep,
    officer: OfficerDep,
    form: FormDep,
    templates: TemplatesDep,
    now: NowDep,
    settings: SettingsDep,
) -> Response:
    """Lock for good; only with the tick that says so."""
    campaign = found(campaign_by_code(session, code))
    if form.text("sure") != "yes":
        unsure = FieldRefused("field_sure_lock")
        return campaign_page(session, templates, settings, code, now, form=form, problems=[unsure])
    lock_campaign(session, campaign, now)
    return _steered(session, officer.name, "campaign.locked", code, now)


def _steered(
    session: Session,
    actor: str,
    action: str,
    code: str,
    now: datetime,
    details: dict[str, str] | None = None,
) -> Response:
    record(session, actor=actor, action=action, subject=code, now=now, details=details)
    return RedirectResponse(f"/console/campaigns/{code}", 303)
