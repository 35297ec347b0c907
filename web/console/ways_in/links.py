"""Issue single-use links; their addresses stand in one file, kept for a quarter of an hour."""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from survey.audit import record
from survey.distribute.invite import MOST_LINKS, issue_personal_links
from survey.errors import FieldRefused, JobRefused, SurveyError
from survey.exchange.csv_export import columns, write_csv
from survey.handed_out import HandedOut
from survey.storage.queries.campaigns import campaign_by_code, units_of_campaign
from web.console.campaign_page import ways_page
from web.console.fields import read_count
from web.console.unit_search import sought_in
from web.console.ways_in.handed_out import lead_to_file, stamped
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
    """Issue so many links for each unit and lead to the file of their addresses."""
    campaign = found(campaign_by_code(session, code))
    units = [unit for _, unit in units_of_campaign(session, campaign.id or 0)]
    counts, problems = _read_counts(units, form)
    if problems:
        return ways_page(
            session, templates, settings, code, now, sought_in(form), form=form, problems=problems
        )
    issued = {unit.code: counts[unit.code] for unit in units if counts[unit.code]}
    key, at = settings.key("links"), f"{settings.public_origin}/a/"
    try:
        with session.begin_nested():
            rows = [
                (unit.code, unit.name, at + token)
                for unit in units
                if unit.code in issued
                for token in issue_personal_links(session, campaign, unit, issued[unit.code], key)
            ]
            handed = HandedOut(
                "links",
                code,
                officer.name,
                stamped("links", code, now, "csv"),
                [(unit.name, issued[unit.code]) for unit in units if unit.code in issued],
                write_csv(_header(templates), rows),
            )
            reply = lead_to_file(session, settings, handed, now)
    except JobRefused as error:
        sought = sought_in(form)
        return ways_page(
            session, templates, settings, code, now, sought, form=form, problems=[error]
        )
    record(
        session,
        actor=officer.name,
        action="links.issued",
        subject=code,
        now=now,
        details={"counts": issued},
    )
    return reply


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
