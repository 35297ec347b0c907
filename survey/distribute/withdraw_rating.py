"""Erase what a named office has sent about a unit, or about all: the office asked for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from survey.distribute.return_rating import LONGEST_REASON
from survey.distribute.steer import check_may
from survey.errors import OfficeNotFound, WithdrawRefused
from survey.rules.campaign import Act
from survey.storage.keys import key_of
from survey.storage.queries.withdrawals import (
    erase_pair,
    erase_words_left,
    pairs_of_office,
)
from survey.storage.tables import Campaign


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What was erased, in counts."""

    unit_codes: tuple[str, ...]
    sheet_count: int
    file_count: int
    draft_count: int
    word_count: int
    restored_count: int


def withdraw_ratings(
    session: Session,
    campaign: Campaign,
    *,
    rater_code: str,
    unit_code: str | None,
    reason: str,
    is_asked: bool,
    now: datetime,
) -> Withdrawal:
    """Erase every revision, file and draft of one pair, or of all pairs of the office.

    Words are erased with the sheet until the close takes them apart; after it only where no other
    office's can be among them. What a run has counted moves with the next run.
    """
    session.refresh(campaign, with_for_update=True)  # nobody winds it up meanwhile
    check_may(session, campaign, Act.WITHDRAW, now)
    if not is_asked:
        raise WithdrawRefused("withdraw_not_asked")
    if not reason.strip():
        raise WithdrawRefused("withdraw_without_reason")
    if len(reason) > LONGEST_REASON:
        raise WithdrawRefused("return_reason_long", length=len(reason), longest=LONGEST_REASON)
    pairs = pairs_of_office(session, key_of(campaign), rater_code, unit_code)
    if not pairs:
        raise OfficeNotFound
    counts = []
    for pair, unit in pairs:
        erased = erase_pair(session, pair)
        if not any(erased):
            continue
        words = erase_words_left(session, pair) if campaign.wound_up_at is not None else 0
        pair.withdrawn_at, pair.is_scrub_due = now, True
        counts.append((unit.code, (*erased, words)))
    if not counts:
        raise WithdrawRefused("withdraw_nothing")
    session.flush()
    return _withdrawal(counts)


def _withdrawal(counts: Sequence[tuple[str, tuple[int, ...]]]) -> Withdrawal:
    sheets, restored, files, drafts, words = (
        sum(of_pair) for of_pair in zip(*(erased for _, erased in counts), strict=True)
    )
    return Withdrawal(tuple(code for code, _ in counts), sheets, files, drafts, words, restored)
