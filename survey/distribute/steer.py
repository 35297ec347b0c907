"""Steer a campaign that stands: pause it, let it go on, give it more time, close it now."""

from datetime import datetime

from survey.errors import NotLater, SteerRefused
from survey.rules.campaign import Phase, phase_at
from survey.rules.serving import LOCAL_TIME
from survey.storage.tables import Campaign


def pause_campaign(campaign: Campaign, now: datetime) -> None:
    """Take no answers until further notice."""
    if _phase(campaign, now) not in (Phase.OPEN, Phase.UPCOMING):
        raise SteerRefused("steer_not_running")
    campaign.is_paused = True


def resume_campaign(campaign: Campaign, now: datetime) -> None:
    """Take answers again."""
    if not campaign.is_paused or _phase(campaign, now) is Phase.CLOSED:
        raise SteerRefused("steer_not_paused")
    campaign.is_paused = False


def extend_campaign(campaign: Campaign, closes_at: datetime, now: datetime) -> None:
    """Close later than planned; closed is final."""
    if _phase(campaign, now) is Phase.CLOSED:
        raise SteerRefused("steer_is_closed")
    if closes_at <= campaign.closes_at:
        present = campaign.closes_at.astimezone(LOCAL_TIME)
        raise NotLater(closes_at=f"{present:%Y-%m-%d %H:%M}")
    campaign.closes_at = closes_at


def close_campaign(campaign: Campaign, now: datetime) -> None:
    """Close at this instant, for good."""
    if _phase(campaign, now) is Phase.CLOSED:
        raise SteerRefused("steer_is_closed")
    if now <= campaign.opens_at:
        raise SteerRefused("steer_not_open_yet")
    campaign.closes_at = now


def _phase(campaign: Campaign, now: datetime) -> Phase:
    return phase_at(campaign.opens_at, campaign.closes_at, now, is_paused=campaign.is_paused)
