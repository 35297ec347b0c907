"""Two hundred staff who answer one after the other, by link, by card and on paper."""

import random
from dataclasses import dataclass, field
from uuid import uuid4

import builders
from answering import open_form
from builders import NOON
from console_visit import NAME, PASSWORD, Visit
from starlette.testclient import TestClient

from survey.collect.mix import mix_ready_cells
from survey.collect.wind_up import WAIT_AFTER_CLOSE, wind_up_closed
from survey.distribute.invite import single_use_links
from survey.people import Role, add_officer
from survey.rules.audience import Audience
from survey.rules.ways_in.link import LinkKind, new_token
from survey.rules.ways_in.short_code import new_short_code

SIZES = (60, 60, 12, 12, 12, 12, 6, 6, 6, 6, 3, 3, 3)
_MIX_EVERY = 20


@dataclass
class Person:
    """Somebody who answers; what is ticked and written tells them apart, and nothing else."""

    unit: int
    number: int  # in the unit
    token: str | None  # None: on paper
    words: str = field(default_factory=lambda: f"话{uuid4().hex[:12]}")

    @property
    def ticked(self) -> dict[str, str]:
        """What the person answers."""
        packed = self.packed
        return {f"Q{n}": str(position) for n, position in enumerate(packed, 1)} | {"Q4": self.words}

    @property
    def packed(self) -> bytes:
        """The same as it is stored."""
        return bytes([1 + self.number // 25, 1 + self.number // 5 % 5, 1 + self.number % 5])


class Staff:
    """A campaign of several units, and its people in the order in which they answer."""

    def __init__(self, client: TestClient, clock, seed: int = 1) -> None:
        self.client, self.clock = client, clock
        self.chance = random.Random(seed)
        self.people: list[Person] = []
        app = client.app
        with app.state.database.writing() as session:
            units = [builders.a_unit(session) for _ in SIZES]
            self.campaign = builders.a_campaign(session, units, Audience.STAFF)
            add_officer(
                session, name=NAME, password=PASSWORD, role=Role.EVALUATOR, now=NOON, actor="test"
            )
            for unit, size in zip(units, SIZES, strict=True):
                self._invite(session, unit, size, app.state.settings.key("links"))
        self.unit_ids = [unit.id for unit in units]
        self._unit_codes = [unit.code for unit in units]
        self.chance.shuffle(self.people)

    def answer_in_order(self) -> None:
        """Let everybody answer, one after the other; what is ready is mixed in between."""
        officer = Visit(self.client)
        assert officer.sign_in().status_code == 303
        for number, person in enumerate(self.people, 1):
            self.clock.move(seconds=self.chance.randint(5, 17))
            self._answer(person, officer)
            if number % _MIX_EVERY == 0:
                mix_ready_cells(self.client.app.state.database, self.clock())

    def close(self) -> None:
        """Put the clock forward and wind the campaign up."""
        self.clock.now = self.campaign.closes_at + WAIT_AFTER_CLOSE
        wind_up_closed(self.client.app.state.database, self.clock())

    def in_unit(self, unit: int) -> list[Person]:
        """Return the people of a unit in the order in which they answered."""
        return [person for person in self.people if person.unit == unit]

    def _invite(self, session, unit, size, key) -> None:
        place = len({person.unit for person in self.people})
        cards = [new_short_code() for _ in range(size)]
        links = [new_token() for _ in range(size)]
        single_use_links(session, self.campaign, unit, LinkKind.CARD, cards, key)
        single_use_links(session, self.campaign, unit, LinkKind.PERSONAL, links, key)
        self.people += [Person(place, n, (links[n], cards[n], None)[n % 3]) for n in range(size)]

    def _answer(self, person: Person, officer: Visit) -> None:
        if person.token is None:
            fields = {"page": str(uuid4()), "unit": self._unit_codes[person.unit]} | person.ticked
            reply = officer.post(f"/console/campaigns/{self.campaign.code}/paper", fields)
            assert "saved=yes" in reply.headers["location"]
        else:
            form = open_form(self.client, person.token)
            self.clock.move(seconds=self.chance.randint(20, 90))
            reply = self.client.post(f"/a/{person.token}", data=form | person.ticked)
        assert reply.status_code == 303, reply.text
