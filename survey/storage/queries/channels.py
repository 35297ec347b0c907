"""How many sheets came by which channel."""

from collections import Counter
from collections.abc import Sequence

from sqlmodel import Session, col, func, select, union_all

from survey.rules.ways_in.link import LinkKind, LinkState
from survey.storage.queries.tallies import tallied_channels
from survey.storage.tables import AnswerSheet, CampaignUnit, InboxSheet, Link

_OF_NO_CHANNEL = "open"  # sheets from before channels were kept
_STAFF_CHANNELS = {LinkKind.PERSONAL: "link", LinkKind.CARD: "card"}


def citizens_by_channel(session: Session, campaign_id: int) -> Sequence[tuple[int, str, int]]:
    """Return (unit id, channel, sheets) of a citizens' campaign, counted exactly."""
    parts = [
        select(
            table.unit_id.label("unit_id"),  # type: ignore[attr-defined]
            func.coalesce(table.channel, _OF_NO_CHANNEL).label("channel"),
        ).where(col(table.campaign_id) == campaign_id)
        for table in (AnswerSheet, InboxSheet)
    ]
    came = union_all(*parts).subquery()
    rows = session.execute(
        select(came.c.unit_id, came.c.channel, func.count())
        .group_by(came.c.unit_id, came.c.channel)
        .order_by(came.c.unit_id, came.c.channel)
    ).all()
    counts = Counter({(unit_id, channel): count for unit_id, channel, count in rows})
    counts.update(tallied_channels(session, campaign_id))
    return [(unit_id, channel, count) for (unit_id, channel), count in sorted(counts.items())]


def staff_by_channel(session: Session, campaign_id: int) -> dict[tuple[int, str], int]:
    """Return how many staff came by (unit id, channel), until marks of use are erased.

    Not to be shown: `survey.results` says over which units together, and in which steps.
    """
    rows = session.exec(
        select(Link.unit_id, Link.kind, func.count())
        .where(Link.campaign_id == campaign_id, Link.state == LinkState.USED)
        .group_by(col(Link.unit_id), col(Link.kind))
    ).all()
    counts = {(unit or 0, _STAFF_CHANNELS[LinkKind(kind)]): count for unit, kind, count in rows}
    entered = session.exec(
        select(CampaignUnit.unit_id, CampaignUnit.paper_count, CampaignUnit.imported_count).where(
            CampaignUnit.campaign_id == campaign_id
        )
    ).all()
    for unit_id, paper_count, imported_count in entered:
        counts |= {(unit_id, "paper"): paper_count, (unit_id, "imported"): imported_count}
    return {of_unit: count for of_unit, count in counts.items() if count}
