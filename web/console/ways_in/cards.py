"""Cards of a staff campaign: what became of them, and the steps that need a second person."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from survey.distribute.cards import check_more_cards
from survey.distribute.count_cards import check_cards_left
from survey.errors import InputError
from survey.results import code_ledger
from survey.rules.proposal import ProposalKind
from survey.rules.ways_in.link import LinkKind
from survey.storage.queries.campaigns import campaign_by_code
from survey.two_person import propose
from web.console.fields import read_count
from web.console.ways_in.cards_page import cards_page
from web.dependencies import (
    FormDep,
    NowDep,
    OfficerDep,
    SessionDep,
    Templates,
    TemplatesDep,
    officer_for_this,
)
from web.forms import Form
from web.found import found

MOST_OF_A_UNIT = 5_000

router = APIRouter(
    prefix="/console/campaigns/{code}/cards",
    dependencies=[Depends(officer_for_this)],
    include_in_schema=False,
)


@router.get("")
def show_cards(code: str, session: SessionDep, templates: TemplatesDep, now: NowDep) -> Response:
    """Show what was printed, what became of it, and what may be done."""
    return cards_page(session, templates, code, now, Form({}))


@router.post("/more")
def propose_more(
    code: str,
    session: SessionDep,
    officer: OfficerDep,
    form: FormDep,
    templates: TemplatesDep,
    now: NowDep,
) -> Response:
    """Propose further cards to a second person."""

    def counts(campaign: Any, typed: Mapping[str, int]) -> Mapping[str, int]:
        return check_more_cards(session, campaign, typed, now)

    kind = ProposalKind.MORE_CARDS
    return _proposed(session, officer.name, code, form, templates, now, kind, counts)


@router.post("/left")
def propose_left(
    code: str,
    session: SessionDep,
    officer: OfficerDep,
    form: FormDep,
    templates: TemplatesDep,
    now: NowDep,
) -> Response:
    """After the close: put the count of cards left in the boxes before a second person."""

    def counts(campaign: Any, typed: Mapping[str, int]) -> Mapping[str, int]:
        return check_cards_left(session, campaign, typed)

    kind = ProposalKind.VOID_CARDS
    return _proposed(session, officer.name, code, form, templates, now, kind, counts)


def _proposed(
    session: Session,
    officer: str,
    code: str,
    form: Form,
    templates: Templates,
    now: datetime,
    kind: ProposalKind,
    check: Callable[[Any, Mapping[str, int]], Mapping[str, int]],
) -> Response:
    campaign = found(campaign_by_code(session, code))
    ledger = code_ledger(session, campaign, LinkKind.CARD)
    problems: list[InputError] = []
    typed: dict[str, int] = {}
    for unit in ledger.units:
        try:
            typed[unit.code] = read_count(
                form.text(f"{kind}-{unit.code}"), unit.name, MOST_OF_A_UNIT
            )
        except InputError as error:
            problems.append(error)
    if not problems:
        try:
            details = {"counts": dict(check(campaign, typed))}
            propose(session, kind, code, details, form.text(f"{kind}-reason"), officer, now)
            return RedirectResponse(f"/console/campaigns/{code}/cards#proposals", 303)
        except InputError as error:
            problems = [error]
    return cards_page(session, templates, code, now, form, problems)
