"""Take the words of offices apart from their sheets, once nothing can be replaced any more."""

import json
import secrets
from uuid import uuid4

from sqlalchemy import update
from sqlmodel import Session, col, select

from survey.collect.evidence import forget_unsigned_files
from survey.rules.audience import Audience
from survey.storage.queries.ratings import counting_sheets
from survey.storage.tables import Campaign, OfficeSheet, OpenAnswer, RatingPair

_random = secrets.SystemRandom()


def part_words(session: Session, campaign_id: int, unit_id: int) -> None:
    """Lay the words of the sheets that count away under random ids, and erase all others.

    A self-assessment keeps its words: they are signed, and the numbers of its evidence belong to
    its answers. Only files that nobody signed for are erased. Doing it again changes nothing.
    """
    if session.get_one(Campaign, campaign_id).audience == Audience.SELF:
        forget_unsigned_files(session, campaign_id, unit_id)
        return
    answers = [
        OpenAnswer(
            campaign_id=campaign_id, unit_id=unit_id, id=uuid4(), item_id=item_id, text=words
        )
        for sheet in counting_sheets(session, campaign_id, unit_id)
        for item_id, words in json.loads(sheet.texts or "{}").items()
    ]
    _random.shuffle(answers)
    session.add_all(answers)
    of_unit = select(RatingPair.id).where(
        RatingPair.campaign_id == campaign_id, RatingPair.unit_id == unit_id
    )
    session.execute(
        update(OfficeSheet)
        .where(col(OfficeSheet.rating_pair_id).in_(of_unit), col(OfficeSheet.texts).is_not(None))
        .values(texts=None)
    )
