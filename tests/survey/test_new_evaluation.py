"""Founding an evaluation, on both databases."""

from datetime import date

import pytest
from builders import NOON, a_cycle, a_unit
from evaluation_builders import CITIZEN, a_tree_definition, whole
from sqlmodel import select

from survey.errors import EvaluationNameTaken, TreeRefused, UnitsDiffer
from survey.evaluate.plan import current_plan
from survey.new_evaluation import found_evaluation
from survey.rules.scoring.scoring_plan import default_plan, write_plan
from survey.rules.unit import UnitDefinition
from survey.storage.queries.evaluations import units_of
from survey.storage.tables import Cycle, Evaluation, Unit

UNITS = (
    UnitDefinition("001", "市政务服务局", "政府部门", "市级"),
    UnitDefinition("002", "市图书馆", "事业单位"),
)
PLAN = default_plan([whole(CITIZEN)])


def found(session, **given):
    values = {
        "name": "2026年度评估",
        "year": 2026,
        "units": UNITS,
        "tree": a_tree_definition(),
        "plan": PLAN,
        "now": NOON,
    }
    return found_evaluation(session, **(values | given))


def test_an_evaluation_has_its_units_tree_plan_and_cycle(session):
    evaluation = found(session)

    units = units_of(session, evaluation.id)
    assert [(u.code, u.name, u.category, u.level) for u in units] == [
        ("001", "市政务服务局", "政府部门", "市级"),
        ("002", "市图书馆", "事业单位", ""),
    ]
    assert current_plan(session, evaluation).content == write_plan(PLAN)
    assert evaluation.tree_version_id is not None
    assert (len(evaluation.code), evaluation.is_demo) == (8, False)
    (cycle,) = session.exec(select(Cycle)).all()
    assert (cycle.starts_on, cycle.ends_on) == (date(2026, 1, 1), date(2030, 12, 31))


def test_next_year_reuses_the_cycle_the_tree_and_the_units(session):
    first = found(session)

    second = found(session, name="2027年度评估", year=2027, units=UNITS[:1])

    assert (second.cycle_id, second.tree_version_id) == (first.cycle_id, first.tree_version_id)
    assert len(session.exec(select(Unit)).all()) == 2
    assert [unit.code for unit in units_of(session, second.id)] == ["001"]


def test_a_new_cycle_ends_where_a_known_one_begins(session):
    found(session, year=2028)

    found(session, name="2026年度评估二", year=2026)

    cycles = session.exec(select(Cycle).order_by(Cycle.starts_on)).all()
    assert [(c.starts_on.year, c.ends_on.year) for c in cycles] == [(2026, 2027), (2028, 2032)]


def test_the_cycle_of_a_demo_is_not_used(session):
    cycle = a_cycle(session, name="演示")
    demo = found(session)
    demo.is_demo, demo.cycle_id = True, cycle.id
    session.flush()

    assert found(session, name="真的").cycle_id != cycle.id


def test_a_known_unit_under_another_name_is_refused_with_both(session):
    a_unit(session, code="001", name="市政务中心", category="政府部门")
    a_unit(session, code="002", name="市图书馆", category="政府部门")

    with session.begin_nested() as savepoint:
        with pytest.raises(UnitsDiffer) as refused:
            found(session)
        savepoint.rollback()

    assert [problem.values for problem in refused.value.problems] == [
        {"unit": "001", "known": "市政务中心", "given": "市政务服务局"},
        {"unit": "002", "known": "政府部门", "given": "事业单位"},
    ]
    assert session.exec(select(Evaluation)).all() == []


def test_the_same_name_twice_is_refused(session):
    found(session)

    with pytest.raises(EvaluationNameTaken):
        found(session, units=UNITS[:1])


def test_another_tree_under_a_published_version_is_refused(session):
    found(session)

    with pytest.raises(TreeRefused) as refused:
        found(session, name="另一个", tree=a_tree_definition(title={"zh-Hans": "x", "en": "y"}))

    assert refused.value.code == "tree_version_taken"
