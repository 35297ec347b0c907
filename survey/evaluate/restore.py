"""Restore a sheet that a rule rejects: it counts from the next run on that may move its unit."""

from datetime import datetime

from sqlmodel import Session

from survey.errors import RestoreRefused, SheetNotFound
from survey.evaluate.plan import plan_content
from survey.results import phase_of
from survey.results.newest import newest
from survey.results.quality_figures import RejectedSheet
from survey.results.rejected import FoundSheet, find_rejected, is_open_code
from survey.rules.campaign import Act, may
from survey.rules.sheets.serving import LOCAL_TIME
from survey.storage.keys import key_of
from survey.storage.queries.evaluations import evaluation_of_campaign
from survey.storage.tables import Campaign, RestoredSheet

SHORTEST_REASON, LONGEST_REASON = 4, 200


def restore_sheet(
    session: Session,
    campaign: Campaign,
    mark: str,
    reason: str,
    *,
    restored_by: str,
    key: bytes,
    now: datetime,
) -> RejectedSheet:
    """Let a rejected sheet count, for a reason that is kept; return it as it was listed.

    A sheet of a link cannot be restored once a run made after the close has counted its unit: the
    difference between two runs would be this one sheet.
    """
    if not may(Act.COUNT, phase_of(session, campaign, now)):
        raise RestoreRefused("restore_locked")
    if not is_open_code(campaign) and campaign.wound_up_at is None:
        raise RestoreRefused("restore_before_close")
    found = _find(session, campaign, mark, key)
    if found.sheet.restored_reason is not None:
        raise RestoreRefused("restore_twice")
    if not found.sheet.may_be_restored:
        raise RestoreRefused("restore_counted", unit=found.sheet.unit_name)
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        raise RestoreRefused("restore_reason", least=SHORTEST_REASON, most=LONGEST_REASON)
    session.add(
        RestoredSheet(
            campaign_id=key_of(campaign),
            unit_id=found.unit_id,
            sheet_id=found.sheet_id,
            reason=reason,
            restored_by=restored_by,
            restored_on=now.astimezone(LOCAL_TIME).date(),
        )
    )
    session.flush()
    return found.sheet


def _find(session: Session, campaign: Campaign, mark: str, key: bytes) -> FoundSheet:
    evaluation = evaluation_of_campaign(session, campaign)
    plan, run = plan_content(session, evaluation), newest(session, evaluation)
    for found in find_rejected(session, campaign, run, plan, key):
        if found.sheet.mark == mark:
            return found
    raise SheetNotFound
