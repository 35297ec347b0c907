"""Addresses, tokens, networks, browsers, times and drafts are planted; nothing of them stays."""

import logging
from dataclasses import replace
from datetime import timedelta
from ipaddress import ip_network
from uuid import uuid4

import pytest
from answering import StandingClock, form_of
from builders import a_campaign, a_questionnaire_version, a_unit
from paged_answering import thirty_items
from raw_storage import RawStorage
from real_mail_server import a_mail_server, token_in
from starlette.testclient import TestClient

from survey.collect.wind_up import WAIT_AFTER_CLOSE, wind_up_closed
from survey.distribute.remind import begin_due_reminders, plan_reminder
from survey.distribute.roster import Invitee, add_to_roster, send_invitations
from survey.postman import Postman
from survey.rules.audience import Audience
from survey.storage.tables import Campaign
from web.app import create_app

PEOPLE = 40
OURS = ("survey", "web", "fastapi", "starlette")
WORDS_FIRST = """
[[items]]
id = "W1"
kind = "text"
max_length = 100
text = { zh-Hans = "您有什么建议？", en = "What do you suggest?" }
"""


class Planted:
    """What must not be found, by sort."""

    def __init__(self) -> None:
        self.by_sort: dict[str, set[bytes]] = {}

    def plant(self, sort: str, *needles: str | bytes) -> None:
        found = self.by_sort.setdefault(sort, set())
        found |= {n.encode() if isinstance(n, str) else n for n in needles}

    def plant_time(self, instant) -> None:
        """The instant in every shape in which it might be kept."""
        micros = int(instant.timestamp()) * 1_000_000
        local = instant + timedelta(hours=8)
        self.plant(
            "time",
            *(micros.to_bytes(8, order) for order in ("big", "little")),
            (micros // 1_000_000).to_bytes(6, "big"),
            str(micros // 1_000_000),
            *(
                f"{at:%Y-%m-%d}{between}{at:%H:%M:%S}"
                for at in (instant, local)
                for between in "T "
            ),
        )

    @property
    def count(self) -> int:
        return sum(len(found) for found in self.by_sort.values())

    def left_in(self, search) -> dict[str, set[bytes]]:
        """Return what is found of each sort, nothing of those of which nothing is."""
        found = search(sorted(set().union(*self.by_sort.values())))
        return {sort: found & needles for sort, needles in self.by_sort.items() if found & needles}


class Respondent:
    """One of the staff, with a browser and a network of their own."""

    def __init__(self, number: int, planted: Planted) -> None:
        self.email = f"staff{number}.{uuid4().hex[:8]}@example.cn"
        self.draft = f"草稿{uuid4().hex}"
        self.headers = {
            "x-forwarded-for": f"203.0.{113 + number // 20}.{number + 17}",
            "user-agent": f"Browser-{uuid4().hex[:12]}",
            "referer": f"https://chat.example.cn/{uuid4().hex}",
        }
        planted.plant("e-mail", self.email)
        planted.plant("network", self.headers["x-forwarded-for"])
        planted.plant("browser", self.headers["user-agent"], self.headers["referer"])


class Office:
    """The service, its postman, and a staff campaign with a long questionnaire."""

    def __init__(self, client, clock, postbox) -> None:
        self.client, self.clock, self.postbox = client, clock, postbox
        self.planted = Planted()
        self.people = [Respondent(number, self.planted) for number in range(PEOPLE)]
        state = client.app.state
        self.database = state.database
        self.postman = Postman(self.database, state.settings, clock)
        head, _, items = thirty_items(required="false").decode().partition("[[items]]")
        content = f"{head}{WORDS_FIRST}\n[[items]]{items}".encode()
        with self.database.writing() as session:
            unit = a_unit(session)
            version = a_questionnaire_version(session, content)
            self.campaign = a_campaign(
                session, [unit], Audience.STAFF, questionnaire_version_id=version.id
            )
            invitees = [Invitee(unit.code, person.email) for person in self.people]
            add_to_roster(session, self.campaign, invitees, clock())
            send_invitations(session, self.campaign, clock())
        self.postman.deliver()

    def remind(self) -> None:
        with self.database.writing() as session:
            campaign = session.get_one(Campaign, self.campaign.id)
            plan_reminder(session, campaign, self.clock(), is_to_all=False, now=self.clock())
        begin_due_reminders(self.database, self.clock())
        self.postman.deliver()

    def begin(self, person: Respondent) -> dict[str, str]:
        """Turn the first page, on which words stand; return the fields of the second."""
        token = self._token(person)
        self.clock.move(seconds=61)
        self.planted.plant_time(self.clock())
        form = form_of(self._get(person, token))
        self.planted.plant("sheet", form["@sheet"], bytes.fromhex(form["@sheet"]))
        self.planted.plant("stamp", form["@served"])
        fields = form | {"W1": person.draft, "Q1": "4", "@go": "next"}
        reply = self.client.post(f"/a/{token}", data=fields, headers=person.headers)
        assert reply.status_code == 303, reply.text
        return form_of(self._get(person, token, "?page=2"))

    def finish(self, person: Respondent, form: dict[str, str]) -> None:
        """Send everything from the second page on."""
        self.clock.move(seconds=83)
        self.planted.plant_time(self.clock())
        fields = form | {"Q7": "2", "@go": "send"}
        token = self._token(person)
        reply = self.client.post(f"/a/{token}", data=fields, headers=person.headers)
        assert reply.status_code == 303, reply.text

    def close(self) -> None:
        self.clock.now = self.campaign.closes_at + WAIT_AFTER_CLOSE
        wind_up_closed(self.database, self.clock())

    def _token(self, person: Respondent) -> str:
        return self.postbox.token_to(person.email)

    def _get(self, person: Respondent, token: str, query: str = "") -> str:
        return self.client.get(f"/a/{token}{query}", headers=person.headers).text


@pytest.fixture
def office(settings, caplog):
    clock = StandingClock()
    for name in OURS:
        caplog.set_level(logging.DEBUG, logger=name)
    with a_mail_server() as (postbox, server):
        settings = replace(
            settings, mail_server=server, trusted_proxies=(ip_network("10.0.0.0/8"),)
        )
        with TestClient(
            create_app(settings, clock),
            base_url=settings.public_origin,
            follow_redirects=False,
            client=("10.0.0.1", 40_000),
        ) as client:
            yield Office(client, clock, postbox)


def test_of_everything_planted_nothing_is_left_in_database_or_logs(office, settings, caplog):
    planted, raw = office.planted, RawStorage(settings)
    half = PEOPLE // 2
    for person in office.people[:half]:
        office.finish(person, office.begin(person))
    office.clock.move(days=3)
    office.remind()
    for person in office.people[half:]:
        office.begin(person)  # and never goes on
        planted.plant("draft", person.draft)
    planted.plant("token", *(token_in(mail) for mail in office.postbox.mails))
    assert len(office.postbox.mails) == PEOPLE + half
    assert planted.count >= 200
    before = planted.left_in(raw.found)
    assert set(before) == {"e-mail"}  # the roster; drafts are sealed, and the rest is never kept
    assert len(before["e-mail"]) == PEOPLE

    raw.gather_statistics()
    office.close()

    assert planted.left_in(raw.found) == {}
    never_kept = {sort for sort in planted.by_sort if sort != "e-mail"}
    assert not never_kept & set(planted.left_in(raw.found_in_server_log))
    logged = [r.getMessage() for r in caplog.records if r.name.startswith(OURS)]
    told = "\n".join(logged).encode()
    assert told
    assert planted.left_in(lambda needles: {n for n in needles if n in told}) == {}
    said = {person.draft.encode() for person in office.people[:half]}
    assert raw.found(sorted(said)) == said  # what was sent is kept, apart from its sheet
