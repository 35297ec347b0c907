"""Print cards: their codes stand in the file alone, which is there for a quarter of an hour."""

from collections.abc import Callable, Sequence
from datetime import datetime

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from sqlmodel import Session
from starlette.responses import Response

from survey.distribute.cards import CardOrder, issue_cards, order_first_cards, order_more_cards
from survey.distribute.print_cards import draw_card_file
from survey.errors import InputError, ProposalNotFound
from survey.handed_out import HandedOut
from survey.storage.queries.campaigns import campaign_by_code
from survey.storage.queries.evaluations import evaluation_of_campaign
from survey.storage.queries.proposals import proposal_by_code
from web.console.ways_in.cards_page import cards_page
from web.console.ways_in.handed_out import lead_to_file, stamped
from web.dependencies import (
    FormDep,
    NowDep,
    OfficerDep,
    Templates,
    TemplatesDep,
    officer_for_this,
    writing,
)
from web.forms import Form
from web.found import found

Planned = tuple[list[CardOrder], bytes]

router = APIRouter(
    prefix="/console/campaigns/{code}/cards",
    dependencies=[Depends(officer_for_this)],
    include_in_schema=False,
)


@router.post("/print")
async def print_cards(
    code: str,
    request: Request,
    officer: OfficerDep,
    form: FormDep,
    templates: TemplatesDep,
    now: NowDep,
) -> Response:
    """Print the first cards of the units ticked, and lead to their file."""

    def order(session: Session) -> list[CardOrder]:
        campaign = found(campaign_by_code(session, code))
        return order_first_cards(session, campaign, form.all("unit"), now)

    return await _printed(request, code, officer.name, form, templates, now, order)


@router.post("/print-more")
async def print_more(
    code: str,
    request: Request,
    officer: OfficerDep,
    form: FormDep,
    templates: TemplatesDep,
    now: NowDep,
) -> Response:
    """Print the further cards that two persons agreed on."""
    agreed = form.text("proposal")

    def order(session: Session) -> list[CardOrder]:
        proposal = proposal_by_code(session, agreed)
        if proposal is None or proposal.subject != code:
            raise ProposalNotFound
        return order_more_cards(session, found(campaign_by_code(session, code)), proposal, now)

    return await _printed(request, code, officer.name, form, templates, now, order, agreed)


async def _printed(
    request: Request,
    code: str,
    officer: str,
    form: Form,
    templates: Templates,
    now: datetime,
    order: Callable[[Session], list[CardOrder]],
    proposal_code: str | None = None,
) -> Response:
    """Draw the file before its codes are stored, so that answers never wait for a drawing."""
    state = request.app.state

    def plan() -> Planned:
        with state.database.reading() as session:
            orders = order(session)
            campaign = found(campaign_by_code(session, code))
            evaluation = evaluation_of_campaign(session, campaign)
            locale = templates.locale
            return orders, draw_card_file(orders, campaign, evaluation, state.settings, locale)

    def store(session: Session, orders: Sequence[CardOrder], drawn: bytes) -> Response:
        campaign, key = found(campaign_by_code(session, code)), state.settings.key("links")
        issue_cards(
            session,
            campaign,
            orders,
            key,
            issued_by=officer,
            now=now,
            proposal_code=proposal_code,
        )
        counts = [(order.unit.name, len(order.codes)) for order in orders]
        name = stamped("cards", code, now, "pdf")
        handed = HandedOut("cards", code, officer, name, counts, drawn)
        return lead_to_file(session, state.settings, handed, now)

    try:
        orders, drawn = await run_in_threadpool(plan)
        async with writing(request) as session:
            return await run_in_threadpool(store, session, orders, drawn)
    except InputError as error:
        return await run_in_threadpool(_refused, request, templates, code, now, form, error)


def _refused(
    request: Request, templates: Templates, code: str, now: datetime, form: Form, error: InputError
) -> Response:
    with request.app.state.database.reading() as session:
        return cards_page(session, templates, code, now, form, [error])
