"""Issue single-use links; their addresses leave once, as a file, and are kept nowhere."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from survey.audit import record
from survey.distribute.invite import (
    MOST_LINKS,
    PartnerOffice,
    issue_partner_links,
    issue_personal_links,
)
from survey.errors import FieldRefused, LaunchRefused, SurveyError, TableUnreadable
from survey.exchange.csv_export import columns, write_csv
from survey.exchange.csv_rows import csv_rows
from survey.storage.queries.campaigns import campaign_by_code, units_of_campaign
from web.console.campaign_page import campaign_page
from web.console.downloads import csv_download
from web.console.fields import read_count
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
from web.forms import Form
from web.found import found
from web.templating import LOCAL

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
    counts, problems = _read_counts(units, form)
    if problems:
        return campaign_page(session, templates, settings, code, now, form=form, problems=problems)
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
    return csv_download(write_csv(_header(templates), rows), f"links-{code}-{_stamp(now)}.csv")


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
    offices, problems = _read_offices(units, form.text("offices"))
    if not problems:
        try:
            tokens = issue_partner_links(session, campaign, offices, settings.key("links"))
        except LaunchRefused as error:
            problems = [error]
    if problems:
        return campaign_page(session, templates, settings, code, now, form=form, problems=problems)
    record(
        session,
        actor=officer.name,
        action="links.issued",
        subject=code,
        now=now,
        details={"count": len(tokens)},
    )
    names = {office.code: office.name for office in offices}
    rows = [
        (code, names[code], f"{settings.public_origin}/a/{token}") for code, token in tokens.items()
    ]
    header = [
        templates.text(f"console.links.column_{name}") for name in ("office_code", "office", "link")
    ]
    content = write_csv(header, rows)
    return csv_download(content, f"links-{code}-{_stamp(now)}.csv")


def _read_counts(units: Sequence[Any], form: Form) -> tuple[dict[str, int], list[SurveyError]]:
    """Return how many links each unit is to get, and every field that is wrong."""
    counts: dict[str, int] = {}
    problems: list[SurveyError] = []
    for unit in units:
        try:
            counts[unit.code] = read_count(form.text(f"count-{unit.code}"), unit.name, MOST_LINKS)
        except FieldRefused as error:
            problems.append(error)
    if not problems and not any(counts.values()):
        problems.append(FieldRefused("field_no_links"))
    if sum(counts.values()) > MOST_AT_ONCE:
        problems.append(FieldRefused("field_too_many_links", most=MOST_AT_ONCE))
    return counts, problems


def _read_offices(
    units: Mapping[str, Any], text: str
) -> tuple[list[PartnerOffice], list[SurveyError]]:
    """Return the rows of the list (office code, office name, unit code), and every wrong one."""
    offices: list[PartnerOffice] = []
    problems: list[SurveyError] = []
    try:
        rows = list(csv_rows("list", text.encode()))
    except TableUnreadable:
        return [], [FieldRefused("field_offices_unreadable")]
    for row, cells in rows or [(1, [])]:
        texts = [cell.strip() for cell in cells]
        if len(texts) != 3 or not all(texts):
            problems.append(FieldRefused("field_office_row", row=row))
        elif texts[2] not in units:
            problems.append(FieldRefused("field_office_unit", row=row, unit=texts[2]))
        else:
            offices.append(PartnerOffice(texts[0], texts[1], units[texts[2]]))
    return offices, problems


def _header(templates: Templates) -> list[str]:
    words = columns(("unit_code", "unit_name"), templates.locale)
    return [*words, templates.text("console.links.column_link")]


def _stamp(now: datetime) -> str:
    return now.astimezone(LOCAL).strftime("%Y%m%d-%H%M%S")
