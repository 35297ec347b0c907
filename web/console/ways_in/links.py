"""Issue single-use links; their addresses leave once, as a file, and are kept nowhere."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from survey.audit import record
from survey.distribute.invite import MOST_LINKS, issue_personal_links
from survey.errors import FieldRefused, SurveyError
from survey.exchange.csv_export import columns, write_csv
from survey.storage.queries.campaigns import campaign_by_code, units_of_campaign
from web.console.campaign_page import ways_page
from web.console.downloads import csv_download
from web.console.fields import read_count
from web.console.unit_search import sought_in
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
        return ways_page(
            session, templates, settings, code, now, sought_in(form), form=form, problems=problems
        )
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


def _header(templates: Templates) -> list[str]:
    words = columns(("unit_code", "unit_name"), templates.locale)
    return [*words, templates.text("console.links.column_link")]


def _stamp(now: datetime) -> str:
    return now.astimezone(LOCAL).strftime("%Y%m%d-%H%M%S")
