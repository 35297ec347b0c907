"""What must be stored so that a respondent can come to every page there is."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from ipaddress import ip_network
from typing import Any

from answering import UNIT
from builders import (
    NOON,
    a_campaign,
    a_partner_link,
    a_personal_link,
    a_questionnaire_version,
    a_rating_pair,
    a_unit,
    an_evaluation,
    an_open_link,
)
from fastapi import FastAPI
from paged_answering import thirty_items
from sqlmodel import Session, select

from scales import shipped_questionnaires
from survey.rules.audience import Audience
from survey.rules.ways_in.link import LinkKind, LinkState, new_token
from survey.rules.ways_in.rotating import new_ticket, screen_secret
from survey.storage.tables import CampaignUnit

SHIPPED = {name: path.read_bytes() for name, path in shipped_questionnaires().items()}
TOLD: dict[str, Any] = {
    "asked_by": "市绩效评估领导小组办公室",
    "legal_basis": "《机关绩效评估办法》第六条",
    "contact": "评估科，12345",
    "kept_until": date(2027, 6, 30),
}
LOOPBACK = (ip_network("127.0.0.1/32"),)
STATEMENT = "今年把三个窗口并成了一个，办件时间平均缩短两天；电话预约还没有做好，正在改。"


@dataclass(frozen=True)
class Doors:
    """The addresses of the campaigns, by what they are for, and how they are to look."""

    url: str
    paths: dict[str, str]
    look: str = ""

    def __getitem__(self, name: str) -> str:
        return f"{self.url}{self.paths[name]}{self.look}"


def open_doors(app: FastAPI, url: str, look: str = "") -> Doors:
    """Store a campaign for each state, while the service runs."""
    app.state.settings = replace(app.state.settings, trusted_proxies=LOOPBACK)
    key = app.state.settings.key
    with app.state.database.writing() as session:
        paths = (
            _open_codes(session) | _links(session, key("links")) | _office(session, key("links"))
        )
        paths |= _screen(paths.pop("rotating"), key("screens"))
    fixed = {"enter": "/a", "return": "/a/return", "unknown": "/a/zzzzzzzz"}
    return Doors(url, fixed | paths, look)


def _asked(
    session: Session, audience=Audience.CITIZEN, content=SHIPPED["citizen-service"], **given
):
    unit = a_unit(session, name=UNIT)
    common = {
        "evaluation_id": an_evaluation(session, [unit]).id,
        "questionnaire_version_id": a_questionnaire_version(session, content).id,
    }
    campaign = a_campaign(session, [unit], audience, **common | TOLD | given)
    row = session.exec(select(CampaignUnit).where(CampaignUnit.campaign_id == campaign.id)).one()
    row.statement = STATEMENT
    return campaign, unit


def _open_codes(session: Session) -> dict[str, str]:
    hour, day = timedelta(hours=1), timedelta(days=1)
    made = {
        "short": _asked(session),
        "thirty": _asked(session, content=thirty_items()),
        "screened": _asked(session, content=thirty_items(screening=True)),
        "closed": _asked(session, closes_at=NOON - hour),
        "upcoming": _asked(session, opens_at=NOON + day),
        "paused": _asked(session, is_paused=True),
        "doubted": _asked(session),
    }
    codes = {name: an_open_link(session, *way, place="一楼大厅").code for name, way in made.items()}
    codes["kiosk"] = an_open_link(session, *_asked(session), is_kiosk=True).code
    rotating = {"kind": LinkKind.ROTATING, "place": "3 号窗口"}
    codes["rotating"] = an_open_link(session, *_asked(session), **rotating).code
    return {name: f"/a/{code}" for name, code in codes.items()}


def _links(session: Session, key: bytes) -> dict[str, str]:
    paths = {}
    for name, state in (("link", "UNUSED"), ("used", "USED"), ("void", "VOID")):
        token = new_token()
        campaign, unit = _asked(session, Audience.STAFF, SHIPPED["staff-establishment"])
        a_personal_link(session, campaign, unit, token, key, state=LinkState[state])
        paths[name] = f"/a/{token}"
    return paths


def _office(session: Session, key: bytes) -> dict[str, str]:
    campaign, unit = _asked(session, Audience.PARTNER, SHIPPED["partner-cooperation"])
    office = {"rater_name": "市财政局", "rater_code": "R-finance"}
    pair = a_rating_pair(session, campaign, unit, **office)
    for name in ("市政务服务和数据管理局", "市图书馆"):
        other = a_unit(session, name=name)
        session.add(CampaignUnit(campaign_id=campaign.id, unit_id=other.id))
        a_rating_pair(session, campaign, other, **office)
    token = new_token()
    a_partner_link(session, campaign, unit, token, key, pair=pair)
    return {"office": f"/a/{token}/units"}


def _screen(path: str, key: bytes) -> dict[str, str]:
    code = path.rpartition("/")[2]
    return {
        "screen": f"/s/{code}.{screen_secret(key, code)}",
        "scanned": f"/a/{code}.{new_ticket(key, code, NOON)}",
        "photographed": f"/a/{code}.{new_ticket(key, code, NOON - timedelta(hours=1))}",
    }
