"""Print cards: the answer is the file itself, since the codes stand nowhere else."""

from collections.abc import Callable, Sequence
from datetime import datetime

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from sqlmodel import Session
from starlette.responses import Response

from survey.distribute.cards import CardOrder, issue_cards, order_first_cards, order_more_cards
from survey.distribute.print_cards import draw_card_file
from survey.errors import InputError, ProposalNotFound
from survey.storage.queries.campaigns import campaign_by_code
from survey.storage.queries.evaluations import evaluation_of_campaign
from survey.storage.queries.proposals import proposal_by_code
from web.console.downloads import pdf_download
from web.console.ways_in.cards_page import cards_page
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
from web.templating import LOCAL

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
    """Print the first cards of the units ticked; the answer is the file, which is kept nowhere."""

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

    def store(session: Session, orders: Sequence[CardOrder]) -> None:
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

    try:
        orders, drawn = await run_in_threadpool(plan)
        async with writing(request) as session:
            await run_in_threadpool(store, session, orders)
    except InputError as error:
        return await run_in_threadpool(_refused, request, templates, code, now, form, error)
    stamp = now.astimezone(LOCAL).strftime("%Y%m%d-%H%M%S")
    return pdf_download(drawn, f"cards-{code}-{stamp}.pdf")


def _refused(
    request: Request, templates: Templates, code: str, now: datetime, form: Form, error: InputError
) -> Response:
    with request.app.state.database.reading() as session:
        return cards_page(session, templates, code, now, form, [error])
