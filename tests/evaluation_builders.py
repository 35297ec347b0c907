"""Whole evaluations for tests: published, launched, answered, with a tree and a plan."""

import random
from collections.abc import Sequence
from dataclasses import replace
from uuid import uuid4

from builders import NOON, QUESTIONNAIRE, an_evaluation
from sqlalchemy import insert
from sqlmodel import Session, select

from survey.distribute.launch import launch_campaign
from survey.distribute.pairs import issue_partner_links
from survey.distribute.publish import publish_questionnaire, publish_tree
from survey.evaluate.plan import current_plan, save_plan
from survey.evaluate.score import score_evaluation
from survey.results import UnitResult
from survey.rules.audience import Audience
from survey.rules.indicator import IndicatorDefinition, TreeDefinition
from survey.rules.scoring.scoring_plan import Source, default_plan
from survey.rules.ways_in.rating_pairs import PairDefinition
from survey.storage.tables import AnswerSheet, Evaluation, OfficeSheet, RatingPair, Unit

STAFF = Source(Audience.STAFF, "service", "ease", 2_500)
PARTNER = Source(Audience.PARTNER, "service", "ease", 2_500)
CITIZEN = Source(Audience.CITIZEN, "service", "ease", 5_000)
LINK_KEY = b"the key of links in these tests."


def whole(source: Source) -> Source:
    """The same source with all the weight."""
    return Source(source.audience, source.questionnaire, source.scale, 10_000)


def a_tree_definition(**given: object) -> TreeDefinition:
    """Citizens 50, staff 20, by hand 30 points; two branches on the second level."""

    def node(code: str, *rest: object) -> IndicatorDefinition:
        return IndicatorDefinition(code, {"zh-Hans": f"指标{code}", "en": f"Node {code}"}, *rest)

    values: dict[str, object] = {
        "tree_id": "tree",
        "version": 1,
        "title": {"zh-Hans": "指标体系", "en": "Indicators"},
        "indicators": (
            node("A"),
            node("A1", "A"),
            node("A11", "A1", 5_000, (whole(CITIZEN),)),
            node("A12", "A1", 2_000, (whole(STAFF),)),
            node("A2", "A"),
            node("A21", "A2", 3_000),
        ),
    }
    return TreeDefinition(**(values | given))


def an_asked_evaluation(
    session: Session,
    units: Sequence[Unit],
    audiences: Sequence[Audience] = (Audience.STAFF, Audience.PARTNER, Audience.CITIZEN),
    content: bytes = QUESTIONNAIRE,
    has_plan: bool = True,
    prefix: str = "camp",
    **given: object,
):
    """An evaluation with a tree, a plan and a campaign an audience; codes are fixed.

    Returns the evaluation and its campaigns by audience.
    """
    tree = publish_tree(session, a_tree_definition(), NOON)
    evaluation = an_evaluation(session, units, tree_version_id=tree.id, **given)
    if has_plan:
        save_plan(session, evaluation, default_plan([STAFF, PARTNER, CITIZEN]), NOON)
    version = publish_questionnaire(session, content, NOON)
    campaigns = {}
    for audience in audiences:
        campaign = launch_campaign(
            session,
            evaluation=evaluation,
            questionnaire_version=version,
            audience=audience,
            name="问卷调查",
            units=units,
            opens_at=NOON.replace(day=1),
            closes_at=NOON.replace(day=28),
        )
        campaign.code = f"{prefix}-{audience}"
        campaigns[audience] = campaign
    session.flush()
    return evaluation, campaigns


def varied_sheets(count: int, seed: int = 1) -> list[bytes]:
    """Answers that differ between people and hang together within a person."""
    chance = random.Random(seed)
    sheets = []
    for number in range(count):
        level = 2 + number % 3
        near = [min(5, max(1, level + chance.choice((-1, 0, 0, 1)))) for _ in range(3)]
        sheets.append(bytes([near[0], 6 - near[1], near[2]]))
    return sheets


def answer(session: Session, campaign, unit: Unit, sheets: Sequence[bytes], is_held=False) -> None:
    """Lay sheets down as the writer or the mixer leaves them."""
    rows = [
        {
            "campaign_id": campaign.id,
            "unit_id": unit.id,
            "id": uuid4(),
            "packed": sheet,
            "bucket_at": NOON,
            "is_held": is_held,
        }
        for sheet in sheets
    ]
    if rows:
        session.execute(insert(AnswerSheet), rows)


def answer_as_offices(
    session: Session, campaign, unit: Unit, sheets: Sequence[bytes], invited: int = 0
) -> list[int]:
    """Invite new offices and let as many as there are sheets rate the unit; return their pairs."""
    of_cell = (
        select(RatingPair.id)
        .where(RatingPair.campaign_id == campaign.id, RatingPair.unit_id == unit.id)
        .order_by(RatingPair.id)
    )
    have = len(session.exec(of_cell).all())
    offices = [
        PairDefinition(f"R{have + n:03}", f"第{have + n}协作部门", unit.code)
        for n in range(max(invited, len(sheets)))
    ]
    issue_partner_links(session, campaign, offices, LINK_KEY)
    pairs = session.exec(of_cell).all()[have : have + len(sheets)]
    for pair, sheet in zip(pairs, sheets, strict=True):
        revise(session, pair, sheet, 1)
    return pairs


def revise(session: Session, pair: int, sheet: bytes, revision: int) -> None:
    """Let an office send a revision."""
    session.add(
        OfficeSheet(
            rating_pair_id=pair,
            quota_place=1,
            revision=revision,
            sheet_id=uuid4(),
            packed=sheet,
            received_at=NOON,
        )
    )
    session.flush()


def wind_up(session: Session, campaign) -> None:
    """Close a campaign for good."""
    campaign.wound_up_at = NOON.replace(day=28)
    session.add(campaign)
    session.flush()


def score(session: Session, evaluation: Evaluation, plan=None):
    """Make a run by the newest plan."""
    return score_evaluation(session, evaluation, plan or current_plan(session, evaluation), NOON)


def own_figures(unit: UnitResult) -> UnitResult:
    """A unit's result without what the other units make of it: its place, its shrunken means."""
    beside = dict.fromkeys(("reliability", "more_answers", "shrunken_percent", "standing"))
    cells = tuple(
        replace(cell, scores=tuple(replace(score, **beside) for score in cell.scores))
        for cell in unit.cells
    )
    score = replace(unit.score, standing=None)
    return replace(unit, cells=cells, score=score, total_standing=None)
