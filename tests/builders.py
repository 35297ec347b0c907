"""What tests build on: small, valid, and different from each other where it must be.

Each function adds to the session, flushes, and returns the row.
"""

import itertools
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import TypeVar
from uuid import UUID, uuid4

from sqlmodel import Session, SQLModel, select

from survey.rules.audience import Audience
from survey.rules.ways_in.link import LinkKind, LinkState, Way, new_code, new_token, token_hash
from survey.storage.queries.links import way_by_code
from survey.storage.tables import (
    AnswerSheet,
    Campaign,
    CampaignUnit,
    Cycle,
    Evaluation,
    EvaluationUnit,
    InboxSheet,
    Link,
    LinkToken,
    OfficeSheet,
    OpenAnswer,
    QuestionnaireVersion,
    Rater,
    RatingPair,
    Unit,
)
from survey.storage.writer import WaitingSheet

NOON = datetime(2026, 6, 1, 4, tzinfo=UTC)  # noon in Shanghai
LINK_KEY = b"the key of links in these tests."

QUESTIONNAIRE = """
id = "service"
version = 1
title = { zh-Hans = "服务满意度", en = "Service satisfaction" }
opening = { zh-Hans = "请您评价{unit}。", en = "Please rate {unit}." }

[formats.AG5]
labels.zh-Hans = ["非常不同意", "不同意", "一般", "同意", "非常同意"]
labels.en = ["Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree"]
dont_know = true

[[scales]]
id = "ease"
title = { zh-Hans = "便捷", en = "Ease" }

[[items]]
id = "Q1"
scale = "ease"
format = "AG5"
required = true
text = { zh-Hans = "在{unit}办事方便。", en = "It is easy to get things done at {unit}." }

[[items]]
id = "Q2"
scale = "ease"
format = "AG5"
keyed = "-"
text = { zh-Hans = "我多跑了好几趟。", en = "I had to make extra trips." }

[[items]]
id = "Q3"
scale = "ease"
format = "AG5"
text = { zh-Hans = "要交的材料说得清楚。", en = "It was clear which papers to bring." }

[[items]]
id = "Q4"
kind = "text"
max_length = 200
text = { zh-Hans = "您有什么建议?", en = "What do you suggest?" }
""".encode()

_numbers = itertools.count(1)
Row = TypeVar("Row", bound=SQLModel)


def a_unit(session: Session, **given: object) -> Unit:
    """A unit with a code and a name of its own."""
    number = next(_numbers)
    values = {"code": f"U{number:03}", "name": f"第{number}局", "category": "政府部门"}
    return _kept(session, Unit(**(values | given)))


def a_cycle(session: Session, **given: object) -> Cycle:
    """A cycle of five years."""
    values = {
        "name": f"周期{next(_numbers)}",
        "starts_on": date(2024, 1, 1),
        "ends_on": date(2028, 12, 31),
    }
    return _kept(session, Cycle(**(values | given)))


def an_evaluation(session: Session, units: Sequence[Unit] = (), **given: object) -> Evaluation:
    """An evaluation of 2026 with the units, in a cycle of its own unless one is given."""
    values: dict[str, object] = {
        "code": new_code(),
        "name": "2026年度评估",
        "year": 2026,
        "created_at": NOON - timedelta(days=30),
    }
    if "cycle_id" not in given:
        values["cycle_id"] = a_cycle(session).id
    evaluation = _kept(session, Evaluation(**(values | given)))
    for unit in units:
        _kept(session, EvaluationUnit(evaluation_id=evaluation.id, unit_id=unit.id))
    return evaluation


def a_questionnaire_version(
    session: Session, content: bytes = QUESTIONNAIRE, **given: object
) -> QuestionnaireVersion:
    """A published questionnaire; the same one again where it is there already."""
    values = {
        "questionnaire_id": f"questionnaire-{next(_numbers)}",
        "version": 1,
        "digest": f"sha256:{sha256(content).hexdigest()}",
        "content": content,
        "published_at": NOON - timedelta(days=30),
    }
    return _kept(session, QuestionnaireVersion(**(values | given)))


def a_campaign(
    session: Session,
    units: Sequence[Unit] | None = None,
    audience: Audience = Audience.CITIZEN,
    **given: object,
) -> Campaign:
    """A campaign that opened a day before NOON and closes a week after; one unit unless given."""
    units = [a_unit(session)] if units is None else units
    values: dict[str, object] = {
        "code": new_code(),
        "audience": audience.value,
        "name": "问卷调查",
        "opens_at": NOON - timedelta(days=1),
        "closes_at": NOON + timedelta(days=7),
    }
    if "evaluation_id" not in given:
        values["evaluation_id"] = an_evaluation(session, units).id
    if "questionnaire_version_id" not in given:
        values["questionnaire_version_id"] = a_questionnaire_version(session).id
    campaign = _kept(session, Campaign(**(values | given)))
    for unit in units:
        _kept(session, CampaignUnit(campaign_id=campaign.id, unit_id=unit.id))
    return campaign


def an_open_link(
    session: Session, campaign: Campaign, unit: Unit, place: str | None = None, **given: object
) -> Link:
    """An open code of a unit; its `code` stands in the address."""
    values = {"kind": LinkKind.OPEN, "state": LinkState.OPEN, "code": new_code(), "place": place}
    return _a_link(session, campaign, unit, values | given)


def a_personal_link(
    session: Session,
    campaign: Campaign,
    unit: Unit,
    token: str | None = None,
    link_key: bytes = LINK_KEY,
    **given: object,
) -> Link:
    """A single-use link of a member of staff; give a token to know its address."""
    values = {"kind": LinkKind.PERSONAL, "state": LinkState.UNUSED}
    link = _a_link(session, campaign, unit, values | given)
    return _with_token(session, link, token, link_key)


def a_rating_pair(
    session: Session,
    campaign: Campaign,
    unit: Unit,
    rater_name: str | None = None,
    rater_code: str | None = None,
    **given: object,
) -> RatingPair:
    """A partner office, a new one unless its code is known, that rates the unit."""
    number = next(_numbers)
    code = rater_code or f"R{number:03}"
    known = select(Rater).where(Rater.campaign_id == campaign.id, Rater.code == code)
    rater = session.exec(known).one_or_none() or _kept(
        session,
        Rater(campaign_id=campaign.id, code=code, name=rater_name or f"第{number}协作部门"),
    )
    values = {"campaign_id": campaign.id, "unit_id": unit.id, "rater_id": rater.id}
    return _kept(session, RatingPair(**(values | given)))


def a_partner_link(
    session: Session,
    campaign: Campaign,
    unit: Unit,
    token: str | None = None,
    link_key: bytes = LINK_KEY,
    pair: RatingPair | None = None,
    **given: object,
) -> Link:
    """A quota place's link, with a rating pair of its own unless one is given."""
    pair = pair or a_rating_pair(session, campaign, unit)
    values: dict[str, object] = {
        "campaign_id": campaign.id,
        "kind": LinkKind.PARTNER,
        "state": LinkState.UNUSED,
        "rater_id": pair.rater_id,
        "quota_place": 1,
    }
    link = _kept(session, Link(**(values | given)))
    return _with_token(session, link, token, link_key)


def _with_token(session: Session, link: Link, token: str | None, link_key: bytes) -> Link:
    hashed = token_hash(link_key, token or new_token())
    _kept(session, LinkToken(token_hash=hashed, link_id=link.id))
    return link


def an_answer_sheet(
    session: Session,
    campaign: Campaign,
    unit: Unit,
    packed: bytes = bytes([4, 2, 4]),
    **given: object,
) -> AnswerSheet:
    """A stored sheet: agree, disagree, agree."""
    values = {
        "campaign_id": campaign.id,
        "unit_id": unit.id,
        "id": uuid4(),
        "packed": packed,
        "bucket_at": NOON,
    }
    return _kept(session, AnswerSheet(**(values | given)))


def an_inbox_sheet(
    session: Session,
    campaign: Campaign,
    unit: Unit,
    packed: bytes = bytes([4, 2, 4]),
    **given: object,
) -> InboxSheet:
    """A sheet that waits to be mixed."""
    values = {"campaign_id": campaign.id, "unit_id": unit.id, "id": uuid4(), "packed": packed}
    return _kept(session, InboxSheet(**(values | given)))


def an_office_sheet(
    session: Session,
    rating_pair: RatingPair,
    packed: bytes = bytes([4, 2, 4]),
    **given: object,
) -> OfficeSheet:
    """A partner office's first revision."""
    values = {
        "rating_pair_id": rating_pair.id,
        "quota_place": 1,
        "revision": 1,
        "sheet_id": uuid4(),
        "packed": packed,
        "received_at": NOON,
    }
    return _kept(session, OfficeSheet(**(values | given)))


def an_open_answer(
    session: Session, campaign: Campaign, unit: Unit, text: str, item_id: str = "Q4"
) -> OpenAnswer:
    """Words somebody wrote."""
    row = OpenAnswer(
        campaign_id=campaign.id, unit_id=unit.id, id=uuid4(), item_id=item_id, text=text
    )
    return _kept(session, row)


def a_way(
    session: Session,
    campaign: Campaign,
    unit: Unit,
    kind: LinkKind = LinkKind.OPEN,
    place: str | None = None,
) -> Way:
    """Where a new link of the kind leads."""
    token = new_token()
    if kind is LinkKind.OPEN:
        return way_by_code(session, an_open_link(session, campaign, unit, place).code, LINK_KEY)
    make = a_personal_link if kind is LinkKind.PERSONAL else a_partner_link
    make(session, campaign, unit, token)
    return way_by_code(session, token, LINK_KEY)


def a_waiting_sheet(way: Way, packed: bytes = bytes([4, 2, 4]), **given: object) -> WaitingSheet:
    """A sheet that came by the way at NOON and waits for the writer."""
    values = {
        "sheet_id": uuid4(),
        "texts": {},
        "seconds_bucket": 30,
        "bucket_at": NOON,
        "received_at": NOON,
    }
    return WaitingSheet(way=way, packed=packed, **(values | given))


def a_sheet_id(number: int) -> UUID:
    """The same id for the same number."""
    return UUID(int=number)


def _a_link(session: Session, campaign: Campaign, unit: Unit, values: dict[str, object]) -> Link:
    return _kept(session, Link(campaign_id=campaign.id, unit_id=unit.id, **values))


def _kept(session: Session, row: Row) -> Row:
    session.add(row)
    session.flush()
    return row
