"""Receipt codes of a citizens' campaign: hand them out as a file, and see what became of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.responses import Response

from survey.audit import record
from survey.distribute.receipts import MOST_CODES, issue_receipt_codes
from survey.errors import FieldRefused, SurveyError
from survey.exchange.csv_export import columns, write_csv
from survey.handed_out import HandedOut
from survey.results import campaign_progress, code_ledger
from survey.rules.ways_in.link import LinkKind
from survey.rules.ways_in.short_code import shown_short_code
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import campaign_by_code, units_of_campaign
from survey.storage.queries.code_batches import batches_of
from survey.storage.queries.evaluations import evaluation_by_code
from web.console.fields import LONGEST_PLACE, read_count, read_words
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
from web.error_pages import sentence_of
from web.forms import Form
from web.found import found

_MOST_LISTED = 50

router = APIRouter(
    prefix="/console/campaigns/{code}/receipts",
    dependencies=[Depends(officer_for_this)],
    include_in_schema=False,
)


@router.get("")
def show_receipts(
    code: str, session: SessionDep, templates: TemplatesDep, settings: SettingsDep, now: NowDep
) -> Response:
    """Show what was handed out, and how another system asks for codes."""
    return _page(session, templates, code, settings.public_origin, now, Form({}))


@router.post("")
def hand_out(
    code: str,
    session: SessionDep,
    officer: OfficerDep,
    form: FormDep,
    templates: TemplatesDep,
    settings: SettingsDep,
    now: NowDep,
) -> Response:
    """Hand out so many codes for each unit, and lead to their file."""
    campaign = found(campaign_by_code(session, code))
    units = {unit.code: unit for _, unit in units_of_campaign(session, key_of(campaign))}
    rows: list[tuple[str, ...]] = []
    try:
        counts = {
            unit.code: read_count(form.text(f"count-{unit.code}"), unit.name, MOST_CODES)
            for unit in units.values()
        }
        place = read_words(
            form.text("place"), templates.text("console.receipts.place"), LONGEST_PLACE
        )
        _check_counts(counts)
        with session.begin_nested():  # all batches or none
            for unit_code, count in counts.items():
                if count:
                    codes = issue_receipt_codes(
                        session,
                        campaign,
                        units[unit_code],
                        count,
                        settings.key("links"),
                        issued_by=officer.name,
                        now=now,
                        place=place or None,
                    )
                    rows += _rows(units[unit_code], place, codes, settings.public_origin)
            issued = {unit: count for unit, count in counts.items() if count}
            handed = HandedOut(
                "receipts",
                code,
                officer.name,
                stamped("receipts", code, now, "csv"),
                [(units[unit].name, count) for unit, count in issued.items()],
                write_csv(_header(templates), rows),
            )
            reply = lead_to_file(session, settings, handed, now)
    except SurveyError as error:
        return _page(session, templates, code, settings.public_origin, now, form, [error])
    record(
        session,
        actor=officer.name,
        action="receipts.issued",
        subject=code,
        now=now,
        details={"counts": issued},
    )
    return reply


def _check_counts(counts: dict[str, int]) -> None:
    if not any(counts.values()):
        raise FieldRefused("field_no_codes")
    if sum(counts.values()) > MOST_CODES:
        raise FieldRefused("field_too_many_codes", most=MOST_CODES, count=sum(counts.values()))


def _rows(unit: Any, place: str, codes: Sequence[str], origin: str) -> list[tuple[str, ...]]:
    return [
        (unit.code, unit.name, place, shown_short_code(code), f"{origin}/a/{code}")
        for code in codes
    ]


def _header(templates: Templates) -> list[str]:
    words = columns(("unit_code", "unit_name"), templates.locale)
    names = ("place", "code", "address")
    return [*words, *(templates.text(f"console.receipts.column_{name}") for name in names)]


def _page(
    session: Session,
    templates: Templates,
    code: str,
    origin: str,
    now: datetime,
    form: Form,
    problems: Sequence[SurveyError] = (),
) -> Response:
    campaign = found(campaign_by_code(session, code))
    progress = campaign_progress(session, campaign, now)
    names = {row.unit_id: unit.name for row, unit in units_of_campaign(session, key_of(campaign))}
    return templates.page(
        "console/receipts.html",
        422 if problems else 200,
        campaign=progress,
        evaluation=found(evaluation_by_code(session, progress.evaluation)),
        ledger=code_ledger(session, campaign, LinkKind.RECEIPT),
        batches=[
            (batch, names[batch.unit_id])
            for batch in reversed(batches_of(session, key_of(campaign), LinkKind.RECEIPT))
        ][:_MOST_LISTED],
        most=MOST_CODES,
        origin=origin,
        form=form,
        problems=[sentence_of(problem, templates.locale) for problem in problems],
        here=f"/console/campaigns/{code}/receipts",
    )
