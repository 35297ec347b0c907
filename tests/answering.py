"""A small evaluation to answer: one unit, asked about by citizens, staff and a partner office."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from builders import (
    NOON,
    QUESTIONNAIRE,
    a_campaign,
    a_partner_link,
    a_personal_link,
    a_questionnaire_version,
    a_rating_pair,
    a_unit,
    an_evaluation,
    an_open_link,
)
from sqlmodel import Session, select

from survey.rules.audience import Audience
from survey.rules.ways_in.link import new_token
from survey.settings import Settings
from survey.storage.database import open_database

UNIT = "市民服务局"
ANSWERS = {"Q1": "4", "Q2": "2", "Q3": "dk", "Q4": "窗口太少"}


@dataclass
class StandingClock:
    """A clock that stands at noon until a test moves it."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass(frozen=True)
class Codes:
    """Where the links of a small evaluation lead."""

    citizen: str
    partner: str
    staff: list[str] = field(default_factory=list)


def seed(settings: Settings, staff_count: int = 12) -> Codes:
    """Store an evaluation of one unit that citizens, staff and a partner are asked about."""
    database = open_database(settings)
    with database.writing() as session:
        codes = add_campaigns(session, settings.key("links"), staff_count)
    database.close()
    return codes


def add_campaigns(
    session: Session, link_key: bytes, staff_count: int = 1, content: bytes = QUESTIONNAIRE
) -> Codes:
    """Add the evaluation to a database that is open."""
    unit = a_unit(session, name=UNIT)
    common = {
        "evaluation_id": an_evaluation(session, [unit]).id,
        "questionnaire_version_id": a_questionnaire_version(session, content).id,
    }
    citizens = a_campaign(session, [unit], **common)
    staff = a_campaign(session, [unit], Audience.STAFF, **common)
    partners = a_campaign(session, [unit], Audience.PARTNER, **common)
    tokens = [new_token() for _ in range(staff_count)]
    for token in tokens:
        a_personal_link(session, staff, unit, token, link_key)
    pair = a_rating_pair(session, partners, unit, rater_name="市财政局")
    partner = new_token()
    a_partner_link(session, partners, unit, partner, link_key, pair=pair)
    citizen = an_open_link(session, citizens, unit, place="一楼大厅").code
    assert citizen
    return Codes(citizen, partner, tokens)


def form_of(html: str) -> dict[str, str]:
    """Return the hidden fields of a page's form."""
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', html))


def open_form(client, code, query=""):
    """Open a code's page and return the hidden fields of its form."""
    return form_of(client.get(f"/a/{code}{query}").text)


def send(client, code, answers=ANSWERS, form=None, query="", **headers):
    """Send answers, on a page opened before or on a fresh one."""
    fields = (form or open_form(client, code)) | answers
    return client.post(f"/a/{code}{query}", data=fields, headers=headers)


def rows(app, table):
    """Return every row the application's database holds of a table."""
    with app.state.database.reading() as session:
        return session.exec(select(table)).all()
