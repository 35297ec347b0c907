"""Count cards: after the close, what two officers found left in the boxes."""

from collections.abc import Mapping

from sqlmodel import Session

from survey.errors import CodesRefused
from survey.rules.proposal import ProposalKind, ProposalState
from survey.rules.ways_in.link import LinkKind
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import units_of_campaign
from survey.storage.queries.code_batches import issued_by_unit
from survey.storage.queries.proposals import proposals_about
from survey.storage.tables import Campaign


def check_cards_left(
    session: Session, campaign: Campaign, counts: Mapping[str, int]
) -> dict[str, int]:
    """Return the cards left by unit code, or say which count cannot be right."""
    if campaign.wound_up_at is None:
        raise CodesRefused("cards_not_over")
    earlier = proposals_about(
        session,
        campaign.code,
        ProposalKind.VOID_CARDS,
        ProposalState.OPEN,
        ProposalState.APPROVED,
    )
    if earlier:
        raise CodesRefused("cards_counted")
    printed = issued_by_unit(session, key_of(campaign), LinkKind.CARD)
    left = {}
    for row, unit in units_of_campaign(session, key_of(campaign)):
        if row.unit_id not in printed:
            continue
        left[unit.code] = counts.get(unit.code, 0)
        if left[unit.code] > printed[row.unit_id]:
            raise CodesRefused(
                "cards_left_many",
                unit=unit.name,
                count=left[unit.code],
                printed=printed[row.unit_id],
            )
    if not left:
        raise CodesRefused("cards_none")
    return left
