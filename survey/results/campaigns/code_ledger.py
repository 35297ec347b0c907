"""What became of the one-time codes of a campaign: printed = used + void + unused."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from survey.rules.audience import Audience
from survey.rules.proposal import ProposalKind, ProposalState
from survey.rules.scoring.suppression import is_too_small_for_progress, progress_shown
from survey.rules.ways_in.link import LinkKind, LinkState, is_open_to_all
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import units_of_campaign
from survey.storage.queries.code_batches import issued_by_unit, links_by_unit
from survey.storage.queries.links import link_counts
from survey.storage.queries.proposals import proposals_about
from survey.storage.tables import Campaign, CampaignUnit, Unit


@dataclass(frozen=True, slots=True)
class UnitCodes:
    """The codes of a unit; of staff `used_count` moves in steps, and the rest is not told."""

    code: str
    name: str
    head_count: int | None
    printed_count: int
    used_count: int | None
    void_count: int | None
    unused_count: int | None
    left_count: int | None  # cards left in the box, as two officers counted them after the close


@dataclass(frozen=True, slots=True)
class CodeLedger:
    """The codes of a campaign. `is_whole`: every code handed out is still accounted for."""

    units: tuple[UnitCodes, ...]
    printed_count: int
    used_count: int | None
    void_count: int | None
    unused_count: int | None
    left_count: int | None
    is_exact: bool
    is_closed: bool
    is_whole: bool
    counted_by: tuple[str, ...]  # the two who counted what was left


def code_ledger(session: Session, campaign: Campaign, kind: LinkKind) -> CodeLedger:
    """Return what became of the cards or receipt codes of a campaign."""
    campaign_id = key_of(campaign)
    printed = issued_by_unit(session, campaign_id, kind)
    live = link_counts(session, campaign_id)
    left, counted_by = _left(session, campaign)
    mailed = links_by_unit(session, campaign_id, LinkKind.PERSONAL)
    is_exact = is_open_to_all(Audience(campaign.audience))
    units = tuple(
        _unit_codes(
            row,
            unit,
            printed.get(row.unit_id, 0),
            _exact(row, live.get(row.unit_id, {}))
            if is_exact
            else _in_steps(row, live.get(row.unit_id, {}))
            if _came_by_codes_alone(row, printed, mailed)
            else {},
            left.get(unit.code),
        )
        for row, unit in units_of_campaign(session, campaign_id)
    )
    return CodeLedger(
        units=units,
        printed_count=sum(unit.printed_count for unit in units),
        used_count=_total([unit.used_count for unit in units]),
        void_count=_total([unit.void_count for unit in units]),
        unused_count=_total([unit.unused_count for unit in units]),
        left_count=sum(left.values()) if left else None,
        is_exact=is_exact,
        is_closed=campaign.wound_up_at is not None,
        is_whole=printed == links_by_unit(session, campaign_id, kind),
        counted_by=counted_by,
    )


def _unit_codes(
    row: CampaignUnit,
    unit: Unit,
    printed: int,
    states: Mapping[LinkState, int],
    left: int | None,
) -> UnitCodes:
    return UnitCodes(
        code=unit.code,
        name=unit.name,
        head_count=row.head_count,
        printed_count=printed,
        used_count=states.get(LinkState.USED),
        void_count=states.get(LinkState.VOID),
        unused_count=states.get(LinkState.UNUSED),
        left_count=left,
    )


def _exact(row: CampaignUnit, live: Mapping[LinkState, int]) -> dict[LinkState, int]:
    """Return how many links are in which state."""
    issued, used, void = _counts(row, live)
    return {LinkState.USED: used, LinkState.VOID: void, LinkState.UNUSED: issued - used - void}


def _in_steps(row: CampaignUnit, live: Mapping[LinkState, int]) -> dict[LinkState, int]:
    """Return of how many it may be told, in whole steps, that they were used."""
    issued, used, _ = _counts(row, live)
    people = min(row.head_count or issued, issued)
    shown = None if is_too_small_for_progress(people) else progress_shown(used, people)
    return {} if shown is None else {LinkState.USED: shown}


def _counts(row: CampaignUnit, live: Mapping[LinkState, int]) -> tuple[int, int, int]:
    """Return issued, used, void: the frozen counts once the campaign is wound up."""
    if row.issued_count is not None:
        return row.issued_count, row.used_count or 0, row.void_count or 0
    return sum(live.values()), live.get(LinkState.USED, 0), live.get(LinkState.VOID, 0)


def _came_by_codes_alone(
    row: CampaignUnit, printed: Mapping[int, int], mailed: Mapping[int, int]
) -> bool:
    """Whether a unit's staff had no other way in; else two counts would add up to everybody."""
    has_more = row.unit_id in mailed or row.paper_count + row.imported_count > 0
    return row.unit_id in printed and not has_more


def _left(session: Session, campaign: Campaign) -> tuple[Mapping[str, int], tuple[str, ...]]:
    """Return what two officers counted in the boxes after the close, and who they were."""
    agreed = proposals_about(
        session, campaign.code, ProposalKind.VOID_CARDS, ProposalState.APPROVED, ProposalState.DONE
    )
    if not agreed:
        return {}, ()
    last = agreed[-1]
    return last.details["counts"], (last.proposed_by, last.decided_by or "")


def _total(counts: list[int | None]) -> int | None:
    """Return the sum of what is told of the units, None where nothing is."""
    told = [count for count in counts if count is not None]
    return sum(told) if told else None
