"""The state of a campaign, which is scored once a run has counted it for good."""

from datetime import datetime

from sqlmodel import Session

from survey.rules.campaign import Phase, phase_at
from survey.storage.queries.figures import newest_run, read_run
from survey.storage.tables import Campaign


def phase_of(session: Session, campaign: Campaign, now: datetime) -> Phase:
    """Return where a campaign stands."""
    return phase_at(
        campaign.opens_at,
        campaign.closes_at,
        now,
        is_paused=campaign.is_paused,
        is_draft=campaign.is_draft,
        is_scored=_is_scored(session, campaign),
        is_locked=campaign.locked_at is not None,
    )


def _is_scored(session: Session, campaign: Campaign) -> bool:
    if campaign.wound_up_at is None:
        return False
    run = newest_run(session, campaign.evaluation_id)
    counted = read_run(run).inputs.campaigns.get(campaign.code) if run is not None else None
    return counted is not None and counted.is_closed
