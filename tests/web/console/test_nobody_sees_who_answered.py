"""A chief with an account looks everywhere; when other people have answered, it looks the same."""

import json
import re
from uuid import uuid4

import builders
import pytest
from builders import NOON
from console_visit import EVALUATION
from sqlalchemy import update
from sqlmodel import col, delete, select
from web_routes import console_routes

from survey.distribute.roster import Invitee, add_to_roster
from survey.rules.audience import Audience
from survey.rules.ways_in.invitation import Delivery
from survey.rules.ways_in.link import LinkKind, LinkState
from survey.storage.tables import (
    CampaignUnit,
    CodeBatch,
    Evaluation,
    InboxSheet,
    Link,
    Reminder,
    RosterEntry,
    Unit,
)

PEOPLE = 9  # under ten: nothing is mixed, and no run moves
CODE = "whoknows"
_EMPTY_WORKBOOK = f"/console/campaigns/{CODE}/offices/template"  # says when it was made
_RANDOM = re.compile(r'value="[0-9a-f-]{32,36}"')  # the id of an empty paper sheet


class Department:
    """A staff campaign of two units: one invited by e-mail, one with cards."""

    def __init__(self, officer) -> None:
        self.officer = officer
        self.database = officer.client.app.state.database
        with self.database.writing() as session:
            evaluation = session.exec(select(Evaluation).where(Evaluation.code == EVALUATION)).one()
            self.units = session.exec(select(Unit).where(col(Unit.code).in_(("U1", "U2")))).all()
            campaign = builders.a_campaign(
                session, self.units, Audience.STAFF, evaluation_id=evaluation.id, code=CODE
            )
            for row in session.exec(
                select(CampaignUnit).where(CampaignUnit.campaign_id == campaign.id)
            ):
                row.head_count = PEOPLE
            mailed = [Invitee("U1", f"staff{n}@example.cn") for n in range(PEOPLE)]
            add_to_roster(session, campaign, mailed, NOON)
            for entry in session.exec(select(RosterEntry)):
                entry.delivery, entry.delivered_on = Delivery.SENT, NOON.date()
            session.add(Reminder(campaign_id=campaign.id, due_at=NOON, begun_at=NOON, most_count=9))
            self._add_cards(session, campaign)
            self.campaign_id = campaign.id

    def let_answer(self, people) -> None:
        """In each unit these have answered, and nobody else."""
        with self.database.writing() as session:
            session.execute(
                delete(InboxSheet).where(col(InboxSheet.campaign_id) == self.campaign_id)
            )
            for unit in self.units:
                ids = session.exec(
                    select(Link.id)
                    .where(Link.campaign_id == self.campaign_id, Link.unit_id == unit.id)
                    .order_by(col(Link.id))
                ).all()
                used = [ids[n] for n in people]
                session.execute(
                    update(Link).where(col(Link.id).in_(ids)).values(state=LinkState.UNUSED)
                )
                session.execute(
                    update(Link).where(col(Link.id).in_(used)).values(state=LinkState.USED)
                )
                session.add_all(
                    InboxSheet(
                        campaign_id=self.campaign_id, unit_id=unit.id, id=uuid4(), packed=b"\4\2\4"
                    )
                    for _ in people
                )

    def look_everywhere(self) -> dict[str, str]:
        """Return every page and file of the campaign and of its evaluation."""
        named = {"/console/campaigns/{code}": CODE, "/console/evaluations/{code}": EVALUATION}
        seen = {}
        for path, methods in console_routes(self.officer.client.app):
            start = next((s for s in named if path.startswith(s)), None)
            if start is None or "GET" not in methods:
                continue
            address = path.replace("{code}", named[start]).replace("{unit}", "U1")
            if "{" not in address and address != _EMPTY_WORKBOOK:
                reply = self.officer.get(address)
                seen[address] = f"{reply.status_code} {_RANDOM.sub('', reply.text)}"
        return seen

    def _add_cards(self, session, campaign) -> None:
        unit = self.units[1]
        cards = PEOPLE + 2
        for _ in range(cards):
            builders.a_personal_link(session, campaign, unit, kind=LinkKind.CARD)
        session.add(
            CodeBatch(
                campaign_id=campaign.id,
                unit_id=unit.id,
                kind=LinkKind.CARD,
                count=cards,
                issued_by="王敏",
                issued_at=NOON,
            )
        )


@pytest.fixture
def department(officer):
    return Department(officer)


@pytest.mark.parametrize(
    ("some", "others"),
    [
        ((0, 1, 2, 3, 4, 5), (3, 4, 5, 6, 7, 8)),  # as many, but not the same people
        ((0, 1, 2, 3, 4), range(PEOPLE - 1)),  # within a step
        ((), (0, 1, 2, 3)),  # under the first step
        (range(PEOPLE - 1), range(PEOPLE)),  # never told that all have
    ],
    ids=["other people", "more of a step", "the first", "the last"],
)
def test_no_page_and_no_file_shows_who_has_answered(department, some, others):
    department.let_answer(some)
    before = department.look_everywhere()

    department.let_answer(others)
    after = department.look_everywhere()

    assert len(before) >= 12
    assert f"/console/campaigns/{CODE}/invitations" in before
    assert f"/console/campaigns/{CODE}/cards" in before
    assert [page for page in before if before[page] != after[page]] == []


def test_addresses_are_listed_only_where_no_mail_reached_them(department):
    department.let_answer(range(3))

    pages = json.dumps(department.look_everywhere())

    assert "@example.cn" not in pages


def test_paper_beside_cards_does_not_add_up_to_everybody(department):
    """Four on paper are known exactly; were five cards told as well, all nine would be known."""
    department.let_answer(range(5))
    with department.database.writing() as session:
        cell = session.get_one(CampaignUnit, (department.campaign_id, department.units[1].id))
        cell.paper_count = 4

    page = department.officer.get(f"/console/campaigns/{CODE}/cards").text

    assert "不公布" in page or "not-shown" in page
    assert "至少 5" not in page
