"""The page of a campaign's cards, also as it comes back when one of its forms was refused."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session
from starlette.responses import Response

from survey.distribute.cards import cards_for
from survey.errors import InputError
from survey.results import campaign_progress, code_ledger
from survey.rules.proposal import ProposalKind, ProposalState
from survey.rules.ways_in.link import LinkKind
from survey.storage.queries.campaigns import campaign_by_code
from survey.storage.queries.evaluations import evaluation_by_code
from survey.storage.queries.proposals import proposals_about
from web.dependencies import Templates
from web.error_pages import sentence_of
from web.forms import Form
from web.found import found


def cards_page(
    session: Session,
    templates: Templates,
    code: str,
    now: datetime,
    form: Form,
    problems: Sequence[InputError] = (),
) -> Response:
    """Show what was printed, what became of it, and what may be done."""
    campaign = found(campaign_by_code(session, code))
    progress = campaign_progress(session, campaign, now)
    stages = (ProposalState.OPEN, ProposalState.APPROVED)
    return templates.page(
        "console/cards.html",
        422 if problems else 200,
        campaign=progress,
        evaluation=found(evaluation_by_code(session, progress.evaluation)),
        ledger=code_ledger(session, campaign, LinkKind.CARD),
        cards_for=cards_for,
        more=proposals_about(session, code, ProposalKind.MORE_CARDS, *stages),
        counting=proposals_about(session, code, ProposalKind.VOID_CARDS, ProposalState.OPEN),
        form=form,
        problems=[sentence_of(problem, templates.locale) for problem in problems],
        here=f"/console/campaigns/{code}/cards",
    )
