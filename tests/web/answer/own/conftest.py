"""A unit's own link over HTTP: it assesses itself with the shipped questionnaire."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from answering import StandingClock, form_of
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

from scales import shipped_questionnaires
from survey.rules.audience import Audience
from survey.rules.ways_in.link import new_token
from survey.settings import Settings
from survey.storage.database import open_database
from survey.storage.tables import EvidenceFile, OfficeSheet
from web.app import create_app

PDF = b"%PDF-1.7\nminutes of the meeting\n%%EOF"
SIGNATURE = {"@post": "局长", "@name": "赵方", "@true": "1"}


@dataclass(frozen=True)
class OwnUnit:
    """A browser at a unit's own link."""

    client: TestClient
    token: str
    other: str  # another unit's link
    campaign_id: int

    def get(self, path="own", token=None):
        return self.client.get(f"/a/{token or self.token}/{path}")

    def fill(self, answers, page=1, step="next", **more):
        """Post a page of the questionnaire."""
        path = f"own/answers?page={page}"
        hidden = form_of(self.get(path).text)
        fields = hidden | {"@go": step} | answers | more
        return self.client.post(f"/a/{self.token}/{path}", data=fields)

    def hand_in(self, item="U01", name="会议纪要.pdf", content=PDF, token=None):
        path = f"/a/{token or self.token}/own/files/{item}"
        return self.client.post(path, files={"file": (name, content)})

    def sign(self, **changed):
        hidden = form_of(self.get("own/sign").text)
        fields = hidden | SIGNATURE | changed
        return self.client.post(f"/a/{self.token}/own/sign", data=fields)

    def removable(self, item="U01"):
        return re.findall(r'name="digest" value="(\w+)"', self.get(f"own/files/{item}").text)

    def remove(self, digest, item="U01"):
        return self.client.post(f"/a/{self.token}/own/files/{item}/remove", data={"digest": digest})

    def sheets(self):
        with self.client.app.state.database.reading() as session:
            return session.exec(select(OfficeSheet).order_by(OfficeSheet.revision)).all()

    def files(self):
        with self.client.app.state.database.reading() as session:
            return session.exec(select(EvidenceFile).order_by(EvidenceFile.id)).all()


@pytest.fixture
def own(sqlite_settings: Settings, clock: StandingClock) -> Iterator[OwnUnit]:
    database = open_database(sqlite_settings)
    key = sqlite_settings.key("links")
    tokens = [new_token() for _ in range(2)]
    content = shipped_questionnaires()["unit-self"].read_bytes()
    with database.writing() as session:
        units = [a_unit(session, code=f"U{n}", name=f"自评{n}局") for n in (1, 2)]
        campaign = a_campaign(
            session,
            units,
            Audience.SELF,
            evaluation_id=an_evaluation(session, units).id,
            questionnaire_version_id=a_questionnaire_version(session, content).id,
        )
        for unit, token in zip(units, tokens, strict=True):
            pair = a_rating_pair(session, campaign, unit, unit.name, unit.code)
            a_partner_link(session, campaign, unit, token, key, pair=pair)
        campaign_id = campaign.id
    database.close()
    app = create_app(sqlite_settings, clock)
    origin = sqlite_settings.public_origin
    with TestClient(app, base_url=origin, follow_redirects=False) as client:
        yield OwnUnit(client, *tokens, campaign_id)
