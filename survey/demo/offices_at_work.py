"""A partner campaign that is still open in the demo: some offices are done, some have not begun."""

from datetime import datetime, timedelta
from uuid import uuid4

import numpy as np
from sqlalchemy import insert
from sqlmodel import Session, col, select

from scales import shipped_questionnaires
from survey.demo.offices import OFFICES
from survey.demo.promise import make_promise
from survey.demo.respondents import simulate_sheets
from survey.distribute.launch import launch_campaign
from survey.distribute.pairs import issue_partner_links
from survey.distribute.publish import publish_questionnaire
from survey.rules.audience import Audience
from survey.rules.ways_in.rating_pairs import PairDefinition
from survey.storage.keys import key_of
from survey.storage.queries.questionnaires import questionnaire_of
from survey.storage.tables import Evaluation, OfficeSheet, Rater, RatingPair, Unit, table_of

_SEED = 20_260_602
_FOR = timedelta(days=10)  # before now, and as long again after
_NAME = "协作部门问卷，正在填（演示）"
_UNIT_COUNT = 8
_QUOTA = {"DEMO-P1": 2}  # two people of the first office rate, each by a link
_DONE = {"DEMO-P2": 8, "DEMO-P3": 5, "DEMO-P4": 8, "DEMO-P6": 2}  # ratings that have come


def open_to_offices(
    session: Session,
    evaluation: Evaluation,
    units: list[Unit],
    link_key: bytes,
    now: datetime,
) -> str:
    """Open the campaign and return the token of an office that has not begun.

    A unit is asked about by a questionnaire once, so this is a questionnaire of its own id.
    """
    random = np.random.default_rng(_SEED)
    content = shipped_questionnaires()["partner-cooperation"].read_bytes()
    content = content.replace(b'id = "partner-cooperation"', b'id = "partner-next"', 1)
    campaign = launch_campaign(
        session,
        evaluation=evaluation,
        questionnaire_version=publish_questionnaire(session, content, evaluation.created_at),
        audience=Audience.PARTNER,
        name=_NAME,
        units=units[:_UNIT_COUNT],
        opens_at=now - _FOR,
        closes_at=now + _FOR,
    )
    make_promise(campaign)
    pairs = [
        PairDefinition(code, name, unit.code, _QUOTA.get(code, 1))
        for code, name in OFFICES
        for unit in units[:_UNIT_COUNT]
    ]
    issued = issue_partner_links(session, campaign, pairs, link_key)
    questionnaire = questionnaire_of(session, campaign.questionnaire_version_id)
    for code, count in _DONE.items():
        of_office = (
            select(RatingPair.id)
            .join(Rater)
            .where(Rater.campaign_id == key_of(campaign), Rater.code == code)
        )
        found = session.exec(of_office.order_by(col(RatingPair.unit_id))).all()[:count]
        packed = simulate_sheets(random, questionnaire, len(found), 0.0)
        packed[:, questionnaire.columns["P00"]] = random.integers(1, 4, size=len(found))
        session.connection().execute(
            insert(table_of(OfficeSheet)),
            [
                {
                    "rating_pair_id": pair,
                    "quota_place": 1,
                    "revision": 1,
                    "sheet_id": uuid4(),
                    "packed": bytes(len(sheet)) if number == len(found) - 1 else sheet.tobytes(),
                    "received_at": now - timedelta(hours=int(random.integers(1, 200))),
                    "has_no_dealings": number == len(found) - 1,
                }
                for number, (pair, sheet) in enumerate(zip(found, packed, strict=True))
            ],
        )
    return issued[0].token
