"""Paper: sheets filled in on paper, which an officer keys in one at a time, for good."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from survey.collect.mix import lock_campaign
from survey.errors import FieldRefused
from survey.results import phase_of
from survey.rules.audience import Audience
from survey.rules.campaign import Act, may
from survey.rules.sheets.answers import FilledSheet
from survey.rules.sheets.serving import day_of, ten_minutes_of
from survey.rules.ways_in.channel import Channel
from survey.storage.keys import key_of
from survey.storage.queries.channels import citizens_by_channel
from survey.storage.tables import (
    AnswerSheet,
    Campaign,
    CampaignUnit,
    InboxSheet,
    OpenAnswer,
    SpentChallenge,
)

PAPER_AUDIENCES = (Audience.STAFF, Audience.CITIZEN)
_PAGE_REMEMBERED_FOR = timedelta(days=2)  # from the day's beginning: a day or more
_INSERTS: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def check_paper_is_taken(session: Session, campaign: Campaign, now: datetime) -> None:
    """Refuse paper of named offices, and of a campaign that does not run."""
    if campaign.audience not in PAPER_AUDIENCES:
        raise FieldRefused("paper_wrong_audience")
    if not may(Act.ENTER, phase_of(session, campaign, now)):
        raise FieldRefused("paper_not_open")


def enter_paper_sheet(
    session: Session,
    campaign: Campaign,
    unit_id: int,
    place: str | None,
    sheet: FilledSheet,
    *,
    page_id: UUID,
    now: datetime,
) -> bool:
    """Store a sheet from paper; False where the same page was saved before, and nothing changes.

    Staff's sheets wait in the inbox like those of links and are counted apart from their content;
    citizens' keep the channel, the place and the ten minutes in which they were keyed in, but
    where only counts are kept they wait in the inbox too.
    """
    lock_campaign(session, key_of(campaign))
    session.refresh(campaign)
    check_paper_is_taken(session, campaign, now)
    if campaign.wound_up_at is not None:
        raise FieldRefused("paper_not_open")
    if sheet.is_blank:
        raise FieldRefused("paper_blank")
    if not _is_first_from(session, page_id, now):
        return False
    if campaign.audience == Audience.STAFF:
        _count_staff(session, key_of(campaign), unit_id)
        _store_in_inbox(session, key_of(campaign), unit_id, sheet, None)
    elif campaign.counts_only:
        _store_in_inbox(session, key_of(campaign), unit_id, sheet, Channel.PAPER)
    else:
        _store_of_citizen(session, key_of(campaign), unit_id, place, sheet, now)
    session.flush()
    return True


def paper_counts(session: Session, campaign: Campaign) -> dict[int, int]:
    """Return how many sheets of each unit were keyed in from paper."""
    campaign_id = key_of(campaign)
    if campaign.audience == Audience.STAFF:
        rows = session.exec(
            select(CampaignUnit.unit_id, CampaignUnit.paper_count).where(
                CampaignUnit.campaign_id == campaign_id
            )
        ).all()
        return dict(rows)
    came = citizens_by_channel(session, campaign_id)
    return {unit_id: count for unit_id, channel, count in came if channel == Channel.PAPER}


def _is_first_from(session: Session, page_id: UUID, now: datetime) -> bool:
    """Note that a page was saved, and tell whether it is the first time; the database decides."""
    connection = session.connection()
    noted = connection.execute(
        _INSERTS[connection.dialect.name](SpentChallenge)
        .values(
            challenge_hash=hashlib.sha256(b"paper" + page_id.bytes).digest(),
            expires_at=day_of(now) + _PAGE_REMEMBERED_FOR,  # no finer time beside a sheet
        )
        .on_conflict_do_nothing()
        .returning(col(SpentChallenge.challenge_hash))
    )
    return noted.first() is not None


def _count_staff(session: Session, campaign_id: int, unit_id: int) -> None:
    cell = session.get_one(CampaignUnit, (campaign_id, unit_id))
    if cell.head_count is not None and cell.paper_count >= cell.head_count:
        raise FieldRefused("paper_more_than_people", count=cell.head_count)
    cell.paper_count += 1


def _store_in_inbox(
    session: Session,
    campaign_id: int,
    unit_id: int,
    sheet: FilledSheet,
    channel: Channel | None,
) -> None:
    texts = json.dumps(dict(sheet.texts), ensure_ascii=False) if sheet.texts else None
    session.add(
        InboxSheet(
            campaign_id=campaign_id,
            unit_id=unit_id,
            id=uuid4(),
            packed=sheet.packed,
            channel=channel,
            texts=texts,
        )
    )


def _store_of_citizen(
    session: Session,
    campaign_id: int,
    unit_id: int,
    place: str | None,
    sheet: FilledSheet,
    now: datetime,
) -> None:
    session.add(
        AnswerSheet(
            campaign_id=campaign_id,
            unit_id=unit_id,
            id=uuid4(),
            packed=sheet.packed,
            bucket_at=ten_minutes_of(now),
            place=place,
            channel=Channel.PAPER,
        )
    )
    session.add_all(
        OpenAnswer(campaign_id=campaign_id, unit_id=unit_id, id=uuid4(), item_id=item_id, text=text)
        for item_id, text in sheet.texts.items()
    )
