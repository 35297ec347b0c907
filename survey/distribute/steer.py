"""Steer a campaign that stands: pause it, let it go on, give it more time, close it, lock it."""

from datetime import datetime

from sqlmodel import Session

from survey.errors import NotLater, SteerRefused
from survey.results import phase_of
from survey.rules.campaign import Act, Phase, is_over, may
from survey.rules.sheets.serving import LOCAL_TIME
from survey.storage.tables import Campaign

_REFUSALS = {
    Act.PAUSE: "steer_not_running",
    Act.RESUME: "steer_not_paused",
    Act.EXTEND: "steer_is_closed",
    Act.CLOSE: "steer_not_open_yet",
    Act.HEAD_COUNT: "steer_is_closed",
    Act.ENTER: "steer_not_open_yet",
    Act.VOID: "steer_not_open_yet",
    Act.WITHDRAW: "withdraw_not_open",
    Act.PREPARE: "steer_is_launched",
    Act.LOCK: "steer_not_scored",
}


def pause_campaign(session: Session, campaign: Campaign, now: datetime) -> None:
    """Take no answers until further notice."""
    check_may(session, campaign, Act.PAUSE, now)
    campaign.is_paused = True


def resume_campaign(session: Session, campaign: Campaign, now: datetime) -> None:
    """Take answers again."""
    check_may(session, campaign, Act.RESUME, now)
    campaign.is_paused = False


def extend_campaign(
    session: Session, campaign: Campaign, closes_at: datetime, now: datetime
) -> None:
    """Close later than planned; closed is final."""
    check_may(session, campaign, Act.EXTEND, now)
    if closes_at <= campaign.closes_at:
        present = campaign.closes_at.astimezone(LOCAL_TIME)
        raise NotLater(closes_at=f"{present:%Y-%m-%d %H:%M}")
    campaign.closes_at = closes_at


def close_campaign(session: Session, campaign: Campaign, now: datetime) -> None:
    """Close at this instant, for good."""
    check_may(session, campaign, Act.CLOSE, now)
    if now <= campaign.opens_at:
        raise SteerRefused("steer_not_open_yet")
    campaign.closes_at = now


def lock_campaign(session: Session, campaign: Campaign, now: datetime) -> None:
    """Lock a campaign that was scored: which of its sheets count changes no more, ever."""
    check_may(session, campaign, Act.LOCK, now)
    campaign.locked_at = now


def check_may(session: Session, campaign: Campaign, act: Act, now: datetime) -> Phase:
    """Return the campaign's state; raise `SteerRefused` where it does not allow this."""
    phase = phase_of(session, campaign, now)
    if may(act, phase):
        return phase
    if phase is Phase.LOCKED:
        raise SteerRefused("steer_is_locked")
    if phase is Phase.DRAFT:
        raise SteerRefused("steer_is_draft")
    if is_over(phase) and act is not Act.LOCK:
        raise SteerRefused("steer_is_closed")
    raise SteerRefused(_REFUSALS[act])
