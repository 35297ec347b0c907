"""Make the demo: publish, launch, let simulated people answer, score once."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
from sqlmodel import Session

from scales import shipped_questionnaires
from survey.collect.wind_up import wind_up
from survey.demo.answers import answer_as_citizens, answer_as_offices, answer_as_staff
from survey.demo.offices import OFFICES, PLACES, UNITS
from survey.demo.offices_at_work import open_to_offices
from survey.demo.promise import make_promise
from survey.demo.tree import PLAN, TREE
from survey.distribute.invite import issue_personal_links
from survey.distribute.launch import launch_campaign, open_links
from survey.distribute.pairs import issue_partner_links
from survey.distribute.publish import publish_questionnaire, publish_tree
from survey.errors import DemoExists
from survey.evaluate.enter import enter_manual_value
from survey.evaluate.plan import save_plan
from survey.evaluate.score import score_evaluation
from survey.rules.audience import Audience
from survey.rules.ways_in.link import new_code
from survey.rules.ways_in.rating_pairs import PairDefinition
from survey.settings import Settings
from survey.storage.database import Database
from survey.storage.keys import key_of
from survey.storage.queries.evaluations import evaluations
from survey.storage.tables import Campaign, Cycle, Evaluation, EvaluationUnit, Unit

_SEED = 20_260_601
_OPEN_FOR = timedelta(days=15)  # before now, and as long again after
_SCORED_BEFORE = timedelta(hours=2)
_OFFICES_CLOSED_BEFORE = timedelta(days=1)  # named offices count after their close only
_WAITING_COUNT = 9  # one fewer than a run needs, complete so that every scale moves with one more
_QUESTIONNAIRES = {
    Audience.STAFF: "staff-establishment",
    Audience.PARTNER: "partner-cooperation",
    Audience.CITIZEN: "citizen-service",
}
_NAMES = {
    Audience.STAFF: "职工问卷（演示）",
    Audience.PARTNER: "协作部门问卷（演示）",
    Audience.CITIZEN: "服务对象问卷（演示）",
}


@dataclass(frozen=True, slots=True)
class Demo:
    """What `make run` prints: the evaluation, an open code, and an office's link."""

    evaluation_code: str
    open_code: str
    unit_code: str
    unit_name: str
    sheet_count: int
    office_token: str
    office_name: str


def make_demo(database: Database, settings: Settings, now: datetime) -> Demo:
    """Make the demo evaluation with a first run; raise DemoExists where there is one."""
    random = np.random.default_rng(_SEED)
    with database.writing() as session:
        if any(evaluation.is_demo for evaluation in evaluations(session)):
            raise DemoExists
        units = _make_units(session)
        evaluation = _make_evaluation(session, units, now)
        campaigns = {
            audience: _launch(session, evaluation, audience, units, now)
            for audience in _QUESTIONNAIRES
        }
        citizens = campaigns[Audience.CITIZEN]
        codes = open_links(session, citizens, {unit.code: PLACES for unit in units})
        _invite(session, campaigns, units, settings.key("links"))
        before = now - _SCORED_BEFORE
        sheet_count = answer_as_staff(session, campaigns[Audience.STAFF], units, random, before)
        offices = campaigns[Audience.PARTNER]
        sheet_count += answer_as_offices(session, offices, units, random, offices.closes_at)
        wind_up(session, offices, offices.closes_at)
        counts = {unit.code: unit.citizen_answers for unit in UNITS}
        sheet_count += answer_as_citizens(
            session, citizens, units, counts, random, citizens.opens_at, before
        )
        _enter_points(session, evaluation, units, random, before)
        office_token = open_to_offices(session, evaluation, units, settings.key("links"), now)
        plan = save_plan(session, evaluation, PLAN, before)
        score_evaluation(session, evaluation, plan, before)
        waiting = {units[0].code: _WAITING_COUNT}
        sheet_count += answer_as_citizens(
            session, citizens, units[:1], waiting, random, before, now, has_gaps=False
        )
        return Demo(
            evaluation_code=evaluation.code,
            open_code=codes[0].code or "",
            unit_code=units[0].code,
            unit_name=units[0].name,
            sheet_count=sheet_count,
            office_token=office_token,
            office_name=OFFICES[0][1],
        )


def _make_units(session: Session) -> list[Unit]:
    units = [
        Unit(code=unit.code, name=unit.name, category=unit.category, level="市级") for unit in UNITS
    ]
    session.add_all(units)
    session.flush()
    return units


def _make_evaluation(session: Session, units: list[Unit], now: datetime) -> Evaluation:
    cycle = Cycle(
        name=f"{now.year - 1}–{now.year + 3}年周期（演示）",
        starts_on=date(now.year - 1, 1, 1),
        ends_on=date(now.year + 3, 12, 31),
    )
    session.add(cycle)
    session.flush()
    started_at = now - _OPEN_FOR - timedelta(days=5)
    evaluation = Evaluation(
        code=new_code(),
        name=f"{now.year}年度机构编制使用效益评估（演示）",
        year=now.year,
        cycle_id=key_of(cycle),
        tree_version_id=publish_tree(session, TREE, started_at).id,
        is_demo=True,
        created_at=started_at,
    )
    session.add(evaluation)
    session.flush()
    session.add_all(
        EvaluationUnit(evaluation_id=key_of(evaluation), unit_id=key_of(unit)) for unit in units
    )
    session.flush()
    return evaluation


def _launch(
    session: Session, evaluation: Evaluation, audience: Audience, units: list[Unit], now: datetime
) -> Campaign:
    content = shipped_questionnaires()[_QUESTIONNAIRES[audience]].read_bytes()
    is_staff, is_partner = audience is Audience.STAFF, audience is Audience.PARTNER
    campaign = launch_campaign(
        session,
        evaluation=evaluation,
        questionnaire_version=publish_questionnaire(session, content, evaluation.created_at),
        audience=audience,
        name=_NAMES[audience],
        units=units,
        opens_at=now - _OPEN_FOR,
        closes_at=now + (-_OFFICES_CLOSED_BEFORE if is_partner else _OPEN_FOR),
        head_counts={unit.code: unit.head_count for unit in UNITS} if is_staff else None,
    )
    return make_promise(campaign)


def _invite(
    session: Session, campaigns: dict[Audience, Campaign], units: list[Unit], link_key: bytes
) -> None:
    for unit, demo_unit in zip(units, UNITS, strict=True):
        issue_personal_links(
            session, campaigns[Audience.STAFF], unit, demo_unit.head_count, link_key
        )
        pairs = [
            PairDefinition(code, name, unit.code)
            for code, name in OFFICES[: demo_unit.partner_offices]
        ]
        issue_partner_links(session, campaigns[Audience.PARTNER], pairs, link_key)


def _enter_points(
    session: Session,
    evaluation: Evaluation,
    units: list[Unit],
    random: np.random.Generator,
    now: datetime,
) -> None:
    for leaf in TREE.indicators:
        if leaf.source != "manual" or leaf.points_bp is None:
            continue
        for unit in units:
            lost = random.integers(0, 1 + leaf.points_bp // 400) / 4
            enter_manual_value(
                session,
                evaluation,
                unit_code=unit.code,
                indicator_code=leaf.code,
                points=leaf.points_bp / 100 - float(lost),
                note="演示数据" if not lost else "演示数据：核查中发现问题，酌情扣分",
                entered_by="demo",
                now=now,
            )
