"""Launch a campaign: one questionnaire version, one audience, many units, one window."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from survey.errors import LaunchRefused
from survey.rules.audience import Audience
from survey.rules.link import ADMITTED_BY, LinkKind, LinkState, new_code
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


def open_links(
    session: Session, campaign: Campaign, places: Mapping[str, Sequence[str | None]]
) -> list[Link]:
    """Make an open code per unit code and place of a citizen campaign."""
    check_may_link(campaign, LinkKind.OPEN)
    units = {unit.code: unit for _, unit in units_of_campaign(session, key_of(campaign))}
    links = []
    for unit_code, unit_places in places.items():
        if unit_code not in units:
            raise LaunchRefused("launch_unit_not_in_campaign", unit=unit_code)
        links += [
            Link(
                campaign_id=key_of(campaign),
                unit_id=key_of(units[unit_code]),
                kind=LinkKind.OPEN,
                state=LinkState.OPEN,
                code=new_code(),
                place=place,
            )
            for place in unit_places
        ]
    session.add_all(links)
    session.flush()
    return links


def check_may_link(campaign: Campaign, kind: LinkKind) -> None:
    """Refuse a kind of link that does not let the campaign's audience in, or comes too late."""
    if ADMITTED_BY[Audience(campaign.audience)] is not kind:
        raise LaunchRefused("launch_wrong_audience", audience=campaign.audience)
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
