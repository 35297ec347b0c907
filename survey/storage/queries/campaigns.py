"""Campaigns: of an evaluation, by code, those to wind up, and what they have received."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select, union_all

from survey.storage.keys import may_be_code
from survey.storage.queries.tallies import tallied_sheets
from survey.storage.tables import (
    AnswerSheet,
    Campaign,
    CampaignUnit,
    InboxSheet,
    OfficeSheet,
    QuestionnaireVersion,
    Rater,
    RatingPair,
    Unit,
)

MIX_AT_LEAST = 10


def campaigns_of(session: Session, evaluation_id: int) -> Sequence[Campaign]:
    """Return the campaigns of an evaluation that are drafts no more, in the order they open."""
    return session.exec(
        select(Campaign)
        .where(Campaign.evaluation_id == evaluation_id, col(Campaign.is_draft).is_(False))
        .order_by(col(Campaign.opens_at), col(Campaign.id))
    ).all()


def campaign_by_code(session: Session, code: str) -> Campaign | None:
    """Return the campaign of that code, if there is one and it is a draft no more."""
    if not may_be_code(code):
        return None
    return session.exec(
        select(Campaign).where(Campaign.code == code, col(Campaign.is_draft).is_(False))
    ).one_or_none()


def units_of_campaign(session: Session, campaign_id: int) -> Sequence[tuple[CampaignUnit, Unit]]:
    """Return the units a campaign asks about, in the order of their codes."""
    return session.exec(
        select(CampaignUnit, Unit)
        .join(Unit, col(Unit.id) == CampaignUnit.unit_id)
        .where(CampaignUnit.campaign_id == campaign_id)
        .order_by(col(Unit.code))
    ).all()


def merged_units(session: Session, campaign: Campaign) -> dict[str, str]:
    """Return the units whose sheets joined a sibling's at the close: by code, the sibling's."""
    sibling = aliased(Unit)
    rows = session.exec(
        select(Unit.code, sibling.code)
        .join(CampaignUnit, col(CampaignUnit.unit_id) == Unit.id)
        .join(sibling, col(sibling.id) == CampaignUnit.merge_into_unit_id)
        .where(CampaignUnit.campaign_id == campaign.id, col(CampaignUnit.merged_count).is_not(None))
        .order_by(col(Unit.code))
    ).all()
    return dict(rows)


def campaigns_to_wind_up(session: Session, now: datetime) -> Sequence[Campaign]:
    """Return the campaigns that have closed and still keep marks of use or an inbox."""
    return session.exec(
        select(Campaign)
        .where(
            Campaign.closes_at <= now,
            col(Campaign.wound_up_at).is_(None),
            col(Campaign.is_draft).is_(False),
        )
        .order_by(col(Campaign.id))
    ).all()


def cells_ready_to_mix(
    session: Session, at_least: int = MIX_AT_LEAST
) -> Sequence[tuple[int, int, int]]:
    """Return (campaign id, unit id, sheets in the inbox) of every cell that has enough."""
    return session.exec(
        select(InboxSheet.campaign_id, InboxSheet.unit_id, func.count())
        .group_by(col(InboxSheet.campaign_id), col(InboxSheet.unit_id))
        .having(func.count() >= at_least)
    ).all()


def received_counts(session: Session, campaign_id: int) -> dict[int, int]:
    """Return, per unit of a campaign, how many sheets came, counted exactly.

    Sheets in the inbox count; of a partner office only one. For links this is not to be shown as
    it is: `survey.results` says in which steps.
    """
    counts = dict.fromkeys(
        session.exec(
            select(CampaignUnit.unit_id).where(CampaignUnit.campaign_id == campaign_id)
        ).all(),
        0,
    )
    mixed = (
        select(AnswerSheet.unit_id, func.count())
        .where(AnswerSheet.campaign_id == campaign_id)
        .group_by(col(AnswerSheet.unit_id))
    )
    waiting = (
        select(InboxSheet.unit_id, func.count())
        .where(InboxSheet.campaign_id == campaign_id)
        .group_by(col(InboxSheet.unit_id))
    )
    offices = (
        select(RatingPair.unit_id, func.count(func.distinct(OfficeSheet.rating_pair_id)))
        .join(OfficeSheet, col(OfficeSheet.rating_pair_id) == RatingPair.id)
        .where(RatingPair.campaign_id == campaign_id, col(OfficeSheet.void_reason).is_(None))
        .group_by(col(RatingPair.unit_id))
    )
    for unit_id, count in session.execute(union_all(mixed, waiting, offices)).all():
        counts[unit_id] = counts.get(unit_id, 0) + count
    for unit_id, count in tallied_sheets(session, campaign_id).items():
        counts[unit_id] = counts.get(unit_id, 0) + count
    return counts


def units_asked_by(
    session: Session, evaluation_id: int, audience: str, questionnaire_id: str
) -> set[int]:
    """Return the units an audience was asked about, in an evaluation with a questionnaire.

    Drafts ask nobody.
    """
    return set(
        session.exec(
            select(CampaignUnit.unit_id)
            .join(Campaign, col(Campaign.id) == CampaignUnit.campaign_id)
            .join(
                QuestionnaireVersion,
                col(QuestionnaireVersion.id) == Campaign.questionnaire_version_id,
            )
            .where(
                Campaign.evaluation_id == evaluation_id,
                Campaign.audience == audience,
                col(Campaign.is_draft).is_(False),
                QuestionnaireVersion.questionnaire_id == questionnaire_id,
            )
        ).all()
    )


def rating_pairs_of(session: Session, campaign_id: int) -> set[tuple[str, int]]:
    """Return (rater code, unit id) of every pair of a campaign."""
    rows = session.exec(
        select(Rater.code, RatingPair.unit_id)
        .join(RatingPair, col(RatingPair.rater_id) == Rater.id)
        .where(RatingPair.campaign_id == campaign_id)
    ).all()
    return set(rows)


def raters_of(session: Session, campaign_id: int) -> dict[str, Rater]:
    """Return the offices that rate in a campaign, by their code."""
    found = session.exec(
        select(Rater).where(Rater.campaign_id == campaign_id).order_by(col(Rater.code))
    )
    return {rater.code: rater for rater in found}
