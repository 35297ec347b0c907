"""The page after codes were made: download their file, again if need be, and erase it."""

from datetime import datetime

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from survey.audit import record
from survey.handed_out import HandedOut, erase_handed_out, hand_out, handed_out
from survey.settings import Settings
from survey.storage.queries.campaigns import campaign_by_code
from survey.storage.queries.evaluations import evaluation_of_campaign
from web.console.downloads import csv_download, pdf_download
from web.dependencies import (
    NowDep,
    OfficerDep,
    SessionDep,
    SettingsDep,
    TemplatesDep,
    officer_for_this,
)
from web.found import found
from web.templating import LOCAL

_PAGES = {"cards": "cards", "receipts": "receipts", "links": "ways", "offices": "offices"}

router = APIRouter(
    prefix="/console/campaigns/{code}/handed-out/{token}",
    dependencies=[Depends(officer_for_this)],
    include_in_schema=False,
)


def lead_to_file(
    session: Session, settings: Settings, handed: HandedOut, now: datetime
) -> Response:
    """Keep the file for its quarter of an hour, and lead the officer to its page."""
    token = hand_out(session, settings, handed, now)
    return RedirectResponse(f"/console/campaigns/{handed.campaign}/handed-out/{token}", 303)


def stamped(kind: str, code: str, now: datetime, ending: str) -> str:
    """Return the name of a file that is made now."""
    return f"{kind}-{code}-{now.astimezone(LOCAL).strftime('%Y%m%d-%H%M%S')}.{ending}"


@router.get("")
def show_file(
    code: str,
    token: str,
    session: SessionDep,
    templates: TemplatesDep,
    officer: OfficerDep,
    settings: SettingsDep,
    now: NowDep,
) -> Response:
    """Say what was made, and until when its file can be downloaded."""
    handed, until = handed_out(settings, token, code, officer.name, now)
    campaign = found(campaign_by_code(session, code))
    return templates.page(
        "console/handed_out.html",
        handed=handed,
        until=until,
        total=sum(count for _, count in handed.counts),
        token=token,
        page=_PAGES[handed.kind],
        campaign=campaign,
        evaluation=evaluation_of_campaign(session, campaign),
        here=f"/console/campaigns/{code}/handed-out/{token}",
    )


@router.get("/file")
def download(
    code: str, token: str, officer: OfficerDep, settings: SettingsDep, now: NowDep
) -> Response:
    """Send the file."""
    handed, _ = handed_out(settings, token, code, officer.name, now)
    send = pdf_download if handed.file_name.endswith(".pdf") else csv_download
    return send(handed.content, handed.file_name)


@router.post("/erase")
def erase(
    code: str,
    token: str,
    session: SessionDep,
    officer: OfficerDep,
    settings: SettingsDep,
    now: NowDep,
) -> Response:
    """Erase the file now that it was downloaded, and lead back to the page it came from."""
    handed, _ = handed_out(settings, token, code, officer.name, now)
    erase_handed_out(settings, token)
    details = {"file": handed.file_name}
    record(
        session,
        actor=officer.name,
        action="handed_out.erased",
        subject=code,
        now=now,
        details=details,
    )
    return RedirectResponse(f"/console/campaigns/{code}/{_PAGES[handed.kind]}", 303)
