"""Take a pair off the list that was listed by mistake: nothing has come for it yet."""

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from survey.distribute.return_rating import LONGEST_REASON
from survey.distribute.steer import check_may
from survey.errors import OfficeNotFound, ReturnRefused
from survey.rules.campaign import Act
from survey.storage.keys import key_of
from survey.storage.queries.withdrawals import erase_pair, pairs_of_office
from survey.storage.tables import Campaign, Link, LinkToken, OfficeSheet, Rater, RatingPair


def drop_pair(
    session: Session,
    campaign: Campaign,
    *,
    rater_code: str,
    unit_code: str,
    reason: str,
    now: datetime,
) -> bool:
    """Remove a pair with its drafts, and the office with its links where none of its pairs is left.

    Refused once a sheet has come, even one that was withdrawn since. Tell whether the office stays.
    """
    check_may(session, campaign, Act.LINK, now)
    if not reason.strip():
        raise ReturnRefused("drop_without_reason")
    if len(reason) > LONGEST_REASON:
        raise ReturnRefused("return_reason_long", length=len(reason), longest=LONGEST_REASON)
    pairs = pairs_of_office(session, key_of(campaign), rater_code, unit_code)
    if not pairs:
        raise OfficeNotFound
    pair, unit = pairs[0]
    rater = session.get_one(Rater, pair.rater_id)
    of_pair = select(OfficeSheet.sheet_id).where(OfficeSheet.rating_pair_id == key_of(pair))
    if pair.withdrawn_at is not None or session.exec(of_pair).first() is not None:
        raise ReturnRefused("drop_has_sheet", rater=rater.name, unit=unit.name)
    erase_pair(session, pair)
    session.delete(pair)
    session.flush()
    return _keep_or_forget(session, rater)


def _keep_or_forget(session: Session, rater: Rater) -> bool:
    """Forget an office that has nothing to rate; return whether it stays."""
    of_rater = RatingPair.rater_id == key_of(rater)
    if session.exec(select(RatingPair.id).where(of_rater)).first() is not None:
        return True
    links = select(Link.id).where(Link.rater_id == key_of(rater))
    connection = session.connection()
    connection.execute(delete(LinkToken).where(col(LinkToken.link_id).in_(links)))
    connection.execute(delete(Link).where(col(Link.rater_id) == key_of(rater)))
    session.delete(rater)
    session.flush()
    return False
