"""Give an office its sheet back with a reason: it does not count, and is to be answered again."""

from datetime import datetime

from sqlmodel import Session

from survey.distribute.steer import check_may
from survey.errors import OfficeNotFound, ReturnRefused
from survey.rules.campaign import Act
from survey.rules.ways_in.rating_pairs import RatingState
from survey.storage.keys import key_of
from survey.storage.queries.ratings import Rating, ratings_of, revisions_of
from survey.storage.tables import Campaign

LONGEST_REASON = 300


def return_rating(
    session: Session,
    campaign: Campaign,
    *,
    rater_code: str,
    unit_code: str,
    quota_place: int,
    reason: str,
    returned_by: str,
    now: datetime,
) -> Rating:
    """Void what a quota place has sent about a unit, every revision of it, and return what it was.

    Were only the newest voided, the one before it would count.
    """
    check_may(session, campaign, Act.VOID, now)
    if not reason.strip():
        raise ReturnRefused("return_without_reason")
    if len(reason) > LONGEST_REASON:
        raise ReturnRefused("return_reason_long", length=len(reason), longest=LONGEST_REASON)
    revisions = revisions_of(session, key_of(campaign), rater_code, unit_code, quota_place)
    rating = next(
        (
            found
            for found in ratings_of(session, key_of(campaign), rater_code)
            if (found.unit_code, found.quota_place) == (unit_code, quota_place)
        ),
        None,
    )
    if rating is None:
        raise OfficeNotFound
    if rating.state not in (RatingState.RATED, RatingState.NO_DEALINGS):
        raise ReturnRefused("return_nothing", rater=rating.rater_name, unit=rating.unit_name)
    for sheet in revisions:
        if sheet.void_reason is None:
            sheet.void_reason, sheet.voided_by = reason.strip(), returned_by
    session.flush()
    return rating
