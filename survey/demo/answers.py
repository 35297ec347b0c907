"""Lay simulated sheets down in the state the writer and the mixer would have left."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import numpy as np
from sqlalchemy import insert
from sqlmodel import Session, SQLModel, col, select, update

from scales import Questionnaire
from survey.demo.offices import PLACES, UNITS, WORDS
from survey.demo.respondents import Packed, simulate_sheets
from survey.rules.sheets.serving import day_of, seconds_bucket, ten_minutes_of
from survey.rules.ways_in.link import LinkState
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import MIX_AT_LEAST
from survey.storage.queries.questionnaires import questionnaire_of
from survey.storage.tables import (
    AnswerSheet,
    Campaign,
    InboxSheet,
    Link,
    OfficeSheet,
    OpenAnswer,
    RatingPair,
    Unit,
)

Random = np.random.Generator
Rows = list[dict[str, Any]]

_WORDS_SHARE = 0.06
_MERITS = {unit.code: unit.merit for unit in UNITS}
_STAFF_ANSWERS = {unit.code: unit.staff_answers for unit in UNITS}


def answer_as_citizens(
    session: Session,
    campaign: Campaign,
    units: Sequence[Unit],
    counts: Mapping[str, int],
    random: Random,
    since: datetime,
    until: datetime,
    *,
    has_gaps: bool = True,
) -> int:
    """Answer by open codes, `counts` sheets a unit, at any time from one instant to another."""
    questionnaire = questionnaire_of(session, campaign.questionnaire_version_id)
    rows: Rows = []
    for unit in units:
        packed = simulate_sheets(
            random, questionnaire, counts[unit.code], _MERITS[unit.code], has_gaps=has_gaps
        )
        moments = random.integers(0, int((until - since).total_seconds()), size=len(packed))
        places = random.choice(PLACES, size=len(packed), p=(0.8, 0.2))
        rows += [
            {
                **_sheet(campaign, unit, sheet, random, len(questionnaire.items)),
                "bucket_at": ten_minutes_of(since + timedelta(seconds=int(moment))),
                "place": str(place),
                "is_held": False,
            }
            for sheet, moment, place in zip(packed, moments, places, strict=True)
        ]
        _write(session, campaign, unit, questionnaire, len(packed), random)
    _insert(session, AnswerSheet, rows)
    return len(rows)


def answer_as_staff(
    session: Session, campaign: Campaign, units: Sequence[Unit], random: Random, now: datetime
) -> int:
    """Answer by personal links: whole batches are mixed, the last of them held, the rest waits."""
    questionnaire = questionnaire_of(session, campaign.questionnaire_version_id)
    mixed: Rows = []
    waiting: Rows = []
    for unit in units:
        count = _STAFF_ANSWERS[unit.code]
        packed = simulate_sheets(random, questionnaire, count, _MERITS[unit.code])
        mixed_count = count // MIX_AT_LEAST * MIX_AT_LEAST
        for number, sheet in enumerate(packed):
            row = _sheet(campaign, unit, sheet, random, len(questionnaire.items))
            if number >= mixed_count:
                waiting.append({**row, "texts": None})
                continue
            batches_ago = (mixed_count - 1 - number) // MIX_AT_LEAST
            mixed_on = day_of(now - timedelta(days=2 * batches_ago))
            row |= {"bucket_at": mixed_on, "place": None, "is_held": batches_ago == 0}
            mixed.append(row)
        _use_links(session, campaign, unit, count)
        _write(session, campaign, unit, questionnaire, mixed_count, random)
    _insert(session, AnswerSheet, mixed)
    _insert(session, InboxSheet, waiting)
    return len(mixed) + len(waiting)


def answer_as_offices(
    session: Session, campaign: Campaign, units: Sequence[Unit], random: Random, now: datetime
) -> int:
    """Answer by partner links, every office about every unit it works with."""
    questionnaire = questionnaire_of(session, campaign.questionnaire_version_id)
    screening = questionnaire.columns["P00"]
    rows: Rows = []
    for unit in units:
        pairs = session.exec(
            select(RatingPair.id)
            .where(RatingPair.campaign_id == campaign.id, RatingPair.unit_id == unit.id)
            .order_by(col(RatingPair.id))
        ).all()
        packed = simulate_sheets(random, questionnaire, len(pairs), _MERITS[unit.code])
        packed[:, screening] = random.integers(1, 4, size=len(pairs))  # everybody had dealings
        rows += [
            {
                "rating_pair_id": pair,
                "quota_place": 1,
                "revision": 1,
                "sheet_id": uuid4(),
                "packed": sheet.tobytes(),
                "received_at": now - timedelta(hours=int(random.integers(1, 300))),
                "seconds_bucket": seconds_bucket(int(random.integers(60, 400))),
            }
            for pair, sheet in zip(pairs, packed, strict=True)
        ]
        _write(session, campaign, unit, questionnaire, len(pairs), random)
    _insert(session, OfficeSheet, rows)
    return len(rows)


def _sheet(
    campaign: Campaign, unit: Unit, sheet: Packed, random: Random, item_count: int
) -> dict[str, Any]:
    seconds = int(item_count * random.lognormal(mean=2.0, sigma=0.4))
    return {
        "campaign_id": key_of(campaign),
        "unit_id": key_of(unit),
        "id": uuid4(),
        "packed": sheet.tobytes(),
        "seconds_bucket": seconds_bucket(seconds),
    }


def _use_links(session: Session, campaign: Campaign, unit: Unit, count: int) -> None:
    links = session.exec(
        select(Link.id)
        .where(Link.campaign_id == campaign.id, Link.unit_id == unit.id)
        .order_by(col(Link.id))
        .limit(count)
    ).all()
    session.execute(update(Link).where(col(Link.id).in_(links)).values(state=LinkState.USED))


def _write(
    session: Session,
    campaign: Campaign,
    unit: Unit,
    questionnaire: Questionnaire,
    sheet_count: int,
    random: Random,
) -> None:
    """Let some people write a few words; no sentence comes twice for a unit."""
    sentences = WORDS[campaign.audience]
    count = min(len(sentences), int(random.binomial(sheet_count, _WORDS_SHARE)))
    chosen = random.permutation(len(sentences))[:count]
    rows = [
        {
            "campaign_id": key_of(campaign),
            "unit_id": key_of(unit),
            "id": uuid4(),
            "item_id": questionnaire.text_items[0].id,
            "text": sentences[number],
        }
        for number in chosen
    ]
    _insert(session, OpenAnswer, rows)


def _insert(session: Session, table: type[SQLModel], rows: Rows) -> None:
    if rows:
        session.execute(insert(table), rows)
