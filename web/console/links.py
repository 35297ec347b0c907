"""Issue single-use links; their addresses leave once, as a file, and are kept nowhere."""

from datetime import datetime

from fastapi import APIRouter, Depends
from starlette.responses import Response

from survey.audit import record
from survey.distribute.invite import PartnerOffice, issue_partner_links, issue_personal_links
from survey.errors import FieldRefused
from survey.exchange.csv_export import write_csv
from survey.exchange.csv_rows import csv_rows
from survey.storage.queries.campaigns import campaign_by_code, units_of_campaign
from web.console.downloads import csv_download
from web.console.fields import read_count
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

MOST_AT_ONCE = 50_000

router = APIRouter(
    prefix="/console/campaigns/{code}",
    dependencies=[Depends(officer_for_this)],
    include_in_schema=False,
)


@router.post("/personal-links")
def issue_personal(
    code: str,
    session: SessionDep,
    officer: OfficerDep,
    form: FormDep,
    templates: TemplatesDep,
    now: NowDep,
    settings: SettingsDep,
) -> Response:
    """Issue so many links for each unit and answer with their addresses.

    The answer is the file itself instead of a redirect: the tokens exist nowhere else.
    """
    campaign = found(campaign_by_code(session, code))
    units = [unit for _, unit in units_of_campaign(session, campaign.id or 0)]
    counts = {u.code: read_count(form.text(f"count-{u.code}"), u.name) for u in units}
    if not 0 < sum(counts.values()) <= MOST_AT_ONCE:
        raise FieldRefused("field_no_links", most=MOST_AT_ONCE)
    rows = []
    for unit in units:
        if counts[unit.code]:
            key = settings.key("links")
            for token in issue_personal_links(session, campaign, unit, counts[unit.code], key):
                rows.append((unit.code, unit.name, f"{settings.public_origin}/a/{token}"))
    record(
        session,
        actor=officer.name,
        action="links.issued",
        subject=code,
        now=now,
        details={"counts": {unit: count for unit, count in counts.items() if count}},
    )
    header = [templates.text(f"console.links.column_{name}") for name in ("code", "unit", "link")]
    return csv_download(write_csv(header, rows), f"links-{code}-{_stamp(now)}.csv")


@router.post("/partner-links")
def issue_partner(
    code: str,
    session: SessionDep,
    officer: OfficerDep,
    form: FormDep,
    templates: TemplatesDep,
    now: NowDep,
    settings: SettingsDep,
) -> Response:
    """Issue one link per office and unit of the list, and answer with their addresses."""
    campaign = found(campaign_by_code(session, code))
    units = {unit.code: unit for _, unit in units_of_campaign(session, campaign.id or 0)}
    offices = []
    for row, (office_code, office_name, unit_code) in _office_rows(form.text("offices")):
        if unit_code not in units:
            raise FieldRefused("field_office_unit", row=row, unit=unit_code)
        offices.append(PartnerOffice(office_code, office_name, units[unit_code]))
    tokens = issue_partner_links(session, campaign, offices, settings.key("links"))
    record(
        session,
        actor=officer.name,
        action="links.issued",
        subject=code,
        now=now,
        details={"count": len(tokens)},
    )
    rows = [
        (o.code, o.name, o.unit.code, o.unit.name, f"{settings.public_origin}/a/{token}")
        for o, token in zip(offices, tokens, strict=True)
    ]
    names = ("office_code", "office", "code", "unit", "link")
    header = [templates.text(f"console.links.column_{name}") for name in names]
    return csv_download(write_csv(header, rows), f"links-{code}-{_stamp(now)}.csv")


def _office_rows(text: str) -> list[tuple[int, list[str]]]:
    """Return the rows of the list: office code, office name, unit code."""
    rows = [(n, [c.strip() for c in cells]) for n, cells in csv_rows("list", text.encode())]
    for number, cells in rows:
        if len(cells) != 3 or not all(cells):
            raise FieldRefused("field_office_row", row=number)
    if not rows:
        raise FieldRefused("field_office_row", row=1)
    return rows


def _stamp(now: datetime) -> str:
    return now.strftime("%Y%m%d%H%M%S")
