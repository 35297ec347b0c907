"""Launch a campaign: one questionnaire version, one audience, many units, one window."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session

from survey.distribute.check_launch import check_launch
from survey.errors import LaunchRefused
from survey.rules.audience import Audience
from survey.rules.ways_in.link import WAYS_IN, LinkKind, LinkState, new_code
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import units_asked_by, units_of_campaign
from survey.storage.queries.evaluations import units_of
from survey.storage.tables import (
    Campaign,
    CampaignUnit,
    Evaluation,
    Link,
    QuestionnaireVersion,
    Unit,
)


def launch_campaign(
    session: Session,
    *,
    evaluation: Evaluation,
    questionnaire_version: QuestionnaireVersion,
    audience: Audience,
    name: str,
    units: Sequence[Unit],
    opens_at: datetime,
    closes_at: datetime,
    head_counts: Mapping[str, int] | None = None,
) -> Campaign:
    """Make a campaign for units of the evaluation; `head_counts` by unit code.

    An audience is asked about a unit with a questionnaire once in an evaluation.
    """
    if opens_at >= closes_at:
        raise LaunchRefused("launch_window")
    _check_units(session, evaluation, questionnaire_version, audience, units)
    campaign = Campaign(
        code=new_code(),
        evaluation_id=key_of(evaluation),
        questionnaire_version_id=key_of(questionnaire_version),
        audience=audience,
        name=name,
        opens_at=opens_at,
        closes_at=closes_at,
    )
    session.add(campaign)
    session.flush()
    for unit in units:
        head_count = (head_counts or {}).get(unit.code)
        session.add(
            CampaignUnit(campaign_id=key_of(campaign), unit_id=key_of(unit), head_count=head_count)
        )
    session.flush()
    return campaign


def open_draft(session: Session, draft: Campaign, now: datetime) -> Campaign:
    """Freeze a draft that the check lets pass, and make the public codes chosen for it.

    The kinds of ways in stay known: the others are made afterwards, each on its page.
    """
    if not draft.is_draft:
        raise LaunchRefused("launch_not_a_draft")
    if any(remark.stops for remark in check_launch(session, draft, now)):
        raise LaunchRefused("launch_not_ready")
    chosen = draft.draft_ways or {}
    draft.is_draft, draft.draft_ways = False, {"kinds": chosen["kinds"]}
    draft.opens_at = max(draft.opens_at, now)
    session.flush()
    _make_chosen_codes(session, draft, chosen)
    return draft


def _make_chosen_codes(session: Session, draft: Campaign, chosen: Mapping[str, Any]) -> None:
    codes = [unit.code for _, unit in units_of_campaign(session, key_of(draft))]
    places, kiosks = chosen["places"], chosen["kiosk_places"]
    if LinkKind.OPEN in chosen["kinds"]:
        open_links(session, draft, dict.fromkeys(codes, places or ([] if kiosks else [None])))
        open_links(session, draft, dict.fromkeys(codes, kiosks), is_kiosk=True)
    if LinkKind.ROTATING in chosen["kinds"]:
        open_links(session, draft, dict.fromkeys(codes, places or [None]), LinkKind.ROTATING)


def open_links(
    session: Session,
    campaign: Campaign,
    places: Mapping[str, Sequence[str | None]],
    kind: LinkKind = LinkKind.OPEN,
    *,
    is_kiosk: bool = False,
) -> list[Link]:
    """Make a public code per unit code and place of a citizen campaign."""
    check_may_link(campaign, kind)
    units = {unit.code: unit for _, unit in units_of_campaign(session, key_of(campaign))}
    links = []
    for unit_code, unit_places in places.items():
        if unit_code not in units:
            raise LaunchRefused("launch_unit_not_in_campaign", unit=unit_code)
        links += [
            Link(
                campaign_id=key_of(campaign),
                unit_id=key_of(units[unit_code]),
                kind=kind,
                state=LinkState.OPEN,
                code=new_code(),
                place=place,
                is_kiosk=is_kiosk,
            )
            for place in unit_places
        ]
    session.add_all(links)
    session.flush()
    return links


def check_may_link(campaign: Campaign, kind: LinkKind) -> None:
    """Refuse a kind of link that does not let the campaign's audience in, or comes too late."""
    if kind not in WAYS_IN[Audience(campaign.audience)]:
        raise LaunchRefused("launch_wrong_audience", audience=campaign.audience)
    if campaign.is_draft:
        raise LaunchRefused("launch_is_draft")
    if campaign.wound_up_at is not None:
        raise LaunchRefused("launch_is_over")


def _check_units(
    session: Session,
    evaluation: Evaluation,
    version: QuestionnaireVersion,
    audience: Audience,
    units: Sequence[Unit],
) -> None:
    if not units:
        raise LaunchRefused("launch_no_units")
    taking_part = {unit.id for unit in units_of(session, key_of(evaluation))}
    asked = units_asked_by(session, key_of(evaluation), audience, version.questionnaire_id)
    seen: set[int | None] = set()
    for unit in units:
        if unit.id not in taking_part:
            raise LaunchRefused("launch_unit_outside", unit=unit.name)
        if unit.id in asked or unit.id in seen:
            raise LaunchRefused(
                "launch_unit_asked", unit=unit.name, questionnaire=version.questionnaire_id
            )
        seen.add(unit.id)
