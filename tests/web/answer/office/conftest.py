"""An office's link over HTTP: the units it rates, two quota places, and what the database keeps."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from answering import ANSWERS, StandingClock, form_of
from builders import (
    a_campaign,
    a_partner_link,
    a_questionnaire_version,
    a_rating_pair,
    a_unit,
    an_evaluation,
)
from sqlmodel import select
from starlette.testclient import TestClient

from survey.rules.audience import Audience
from survey.rules.ways_in.link import new_token
from survey.settings import Settings
from survey.storage.database import open_database
from survey.storage.tables import OfficeSheet
from web.app import create_app


@dataclass(frozen=True)
class Office:
    """A browser at the link of an office's first quota place."""

    client: TestClient
    token: str
    second: str  # the other quota place
    stranger: str  # another office, which rates the third unit only
    campaign_id: int

    def get(self, path="units", token=None):
        return self.client.get(f"/a/{token or self.token}/{path}")

    def post(self, path, fields=None, page="units", token=None):
        hidden = form_of(self.get(page, token).text)
        token = token or self.token
        return self.client.post(f"/a/{token}/{path}", data=hidden | (fields or {}))

    def rate(self, unit, answers=ANSWERS, token=None):
        """Fill in a unit's page to the end."""
        path = f"units/{unit}"
        return self.post(path, answers | {"@go": "send"}, path, token)

    def send(self, token=None):
        """Send all that is ready."""
        page = self.get("compare", token).text
        chosen = dict(re.findall(r'type="checkbox" name="([^"]+)" value="([0-9a-f]{32})"', page))
        return self.client.post(f"/a/{token or self.token}/send", data=chosen)

    def sheets(self):
        with self.client.app.state.database.reading() as session:
            order = (OfficeSheet.rating_pair_id, OfficeSheet.quota_place, OfficeSheet.revision)
            return session.exec(select(OfficeSheet).order_by(*order)).all()


@pytest.fixture
def office(sqlite_settings: Settings, clock: StandingClock) -> Iterator[Office]:
    database = open_database(sqlite_settings)
    key = sqlite_settings.key("links")
    tokens = [new_token() for _ in range(3)]
    with database.writing() as session:
        units = [a_unit(session, code=f"U{n}", name=f"被评{n}局") for n in (1, 2, 3)]
        campaign = a_campaign(
            session,
            units,
            Audience.PARTNER,
            evaluation_id=an_evaluation(session, units).id,
            questionnaire_version_id=a_questionnaire_version(session).id,
        )
        pairs = [
            a_rating_pair(session, campaign, unit, "市财政局", "CZ", quota=2) for unit in units[:2]
        ]
        other = a_rating_pair(session, campaign, units[2], "市审计局", "SJ")
        a_partner_link(session, campaign, units[0], tokens[0], key, pair=pairs[0])
        a_partner_link(session, campaign, units[0], tokens[1], key, pair=pairs[0], quota_place=2)
        a_partner_link(session, campaign, units[2], tokens[2], key, pair=other)
        campaign_id = campaign.id
    database.close()
    app = create_app(sqlite_settings, clock)
    origin = sqlite_settings.public_origin
    with TestClient(app, base_url=origin, follow_redirects=False) as client:
        yield Office(client, *tokens, campaign_id)
