"""Prepare a campaign step by step: a draft is kept after each, may be left, resumed, deleted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col

from survey.distribute.choose_units import add_units, check_draft
from survey.errors import LaunchRefused
from survey.results import sources_of
from survey.rules.audience import Audience
from survey.rules.scoring.reach import audience_written_for
from survey.rules.ways_in.link import WAYS_IN, LinkKind, new_code
from survey.storage.keys import key_of
from survey.storage.queries.drafts import newest_campaign
from survey.storage.queries.evaluations import evaluation_of_campaign, units_of
from survey.storage.queries.questionnaires import questionnaire_of
from survey.storage.tables import Campaign, CampaignUnit, Evaluation, QuestionnaireVersion

DAYS_OPEN, DAYS_KEPT = 14, 365


@dataclass(frozen=True, slots=True)
class Promise:
    """What the first page tells whoever answers, and the strictest mode."""

    asked_by: str
    legal_basis: str
    contact: str
    kept_until: date | None
    counts_only: bool


def begin_draft(
    session: Session,
    evaluation: Evaluation,
    version: QuestionnaireVersion,
    name: str,
    now: datetime,
) -> Campaign:
    """Begin with all units of the evaluation, and the promise of its campaign before."""
    before = newest_campaign(session, key_of(evaluation))
    closes_at = now + timedelta(days=DAYS_OPEN)
    draft = Campaign(
        code=new_code(),
        evaluation_id=key_of(evaluation),
        questionnaire_version_id=key_of(version),
        audience=_audience_meant(session, evaluation, version) or Audience.CITIZEN,
        name=name,
        opens_at=now,
        closes_at=closes_at,
        is_draft=True,
        asked_by=before.asked_by if before is not None else "",
        legal_basis=before.legal_basis if before is not None else "",
        contact=before.contact if before is not None else "",
        kept_until=(closes_at + timedelta(days=DAYS_KEPT)).date(),
    )
    session.add(draft)
    session.flush()
    add_units(session, draft, units_of(session, key_of(evaluation)))
    return draft


def choose_questionnaire(
    session: Session, draft: Campaign, version: QuestionnaireVersion, name: str
) -> None:
    """Ask with another questionnaire, of whom it is written for; or under another name."""
    check_draft(draft)
    is_another = draft.questionnaire_version_id != key_of(version)
    draft.questionnaire_version_id, draft.name = key_of(version), name
    session.flush()
    evaluation = evaluation_of_campaign(session, draft)
    meant = _audience_meant(session, evaluation, version) if is_another else None
    if meant is not None:
        choose_audience(session, draft, meant)


def _audience_meant(
    session: Session, evaluation: Evaluation, version: QuestionnaireVersion
) -> Audience | None:
    questionnaire = questionnaire_of(session, key_of(version))
    return audience_written_for(questionnaire, sources_of(session, evaluation))


def choose_audience(session: Session, draft: Campaign, audience: Audience) -> None:
    """Ask somebody else; ways in that were chosen for another audience are forgotten."""
    check_draft(draft)
    if draft.audience != audience:
        draft.audience, draft.draft_ways = audience, None
    session.flush()


def choose_ways(
    session: Session,
    draft: Campaign,
    kinds: Sequence[LinkKind],
    places: Sequence[str],
    kiosk_places: Sequence[str] = (),
) -> None:
    """Keep the ways in that will be made; `places` are those of open codes."""
    check_draft(draft)
    if not set(kinds) <= set(WAYS_IN[Audience(draft.audience)]):
        raise LaunchRefused("launch_wrong_audience", audience=draft.audience)
    draft.draft_ways = {
        "kinds": list(kinds),
        "places": list(places),
        "kiosk_places": list(kiosk_places),
    }
    session.flush()


def choose_window(
    session: Session, draft: Campaign, opens_at: datetime, closes_at: datetime, promise: Promise
) -> None:
    """Keep from when to when answers are taken, and what is promised to whoever answers."""
    check_draft(draft)
    if opens_at >= closes_at:
        raise LaunchRefused("launch_window")
    draft.opens_at, draft.closes_at = opens_at, closes_at
    draft.asked_by, draft.legal_basis = promise.asked_by, promise.legal_basis
    draft.contact, draft.kept_until = promise.contact, promise.kept_until
    draft.counts_only = promise.counts_only
    session.flush()


def delete_draft(session: Session, draft: Campaign) -> None:
    """Forget a draft; nobody was ever asked."""
    check_draft(draft)
    key = key_of(draft)
    session.connection().execute(delete(CampaignUnit).where(col(CampaignUnit.campaign_id) == key))
    session.delete(draft)
    session.flush()
