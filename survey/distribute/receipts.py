"""Receipts: hand out one-time codes in batches, to be printed on what a window gives people."""

from datetime import datetime

from sqlmodel import Session

from survey.distribute.invite import single_use_links
from survey.distribute.launch import check_may_link
from survey.errors import BatchHandedOut, CodesRefused, LaunchRefused
from survey.rules.ways_in.link import LinkKind
from survey.rules.ways_in.short_code import new_short_code
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import units_of_campaign
from survey.storage.queries.code_batches import batch_of_request, hold_campaign
from survey.storage.tables import Campaign, CodeBatch, Unit

MOST_CODES = 10_000  # in one batch


def issue_receipt_codes(
    session: Session,
    campaign: Campaign,
    unit: Unit,
    count: int,
    link_key: bytes,
    *,
    issued_by: str,
    now: datetime,
    place: str | None = None,
    request_key: str | None = None,
) -> list[str]:
    """Return fresh codes, which are kept as hashes only; a request is answered with codes once."""
    check_may_link(campaign, LinkKind.RECEIPT)
    if campaign.closes_at <= now:
        raise LaunchRefused("launch_is_over")
    if not 1 <= count <= MOST_CODES:
        raise CodesRefused("codes_count", count=count, most=MOST_CODES)
    if unit.id not in {asked.id for _, asked in units_of_campaign(session, key_of(campaign))}:
        raise LaunchRefused("launch_unit_not_in_campaign", unit=unit.code)
    hold_campaign(session, key_of(campaign))
    if request_key is not None and batch_of_request(session, key_of(campaign), request_key):
        raise BatchHandedOut(request=request_key)
    codes = _distinct_codes(count)
    single_use_links(session, campaign, unit, LinkKind.RECEIPT, codes, link_key, place=place)
    session.add(
        CodeBatch(
            campaign_id=key_of(campaign),
            unit_id=key_of(unit),
            kind=LinkKind.RECEIPT,
            place=place,
            count=count,
            request_key=request_key,
            issued_by=issued_by,
            issued_at=now,
        )
    )
    session.flush()
    return codes


def _distinct_codes(count: int) -> list[str]:
    codes: set[str] = set()
    while len(codes) < count:
        codes.add(new_short_code())
    return list(codes)
