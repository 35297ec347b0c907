"""Found an evaluation: its cycle, units, indicator tree and scoring plan, all or nothing."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlmodel import Session

from survey.distribute.publish import publish_tree
from survey.errors import EvaluationNameTaken, UnitRefused, UnitsDiffer
from survey.evaluate.plan import save_plan
from survey.rules.indicator import TreeDefinition
from survey.rules.scoring.scoring_plan import PlanContent
from survey.rules.unit import UnitDefinition
from survey.rules.ways_in.link import new_code
from survey.storage.keys import key_of
from survey.storage.queries.evaluations import cycle_covering, cycles, evaluations, units_by_code
from survey.storage.tables import Cycle, Evaluation, EvaluationUnit, Unit
from survey.storage.turns import Turn, wait_for_turn

CYCLE_YEARS = 5


def found_evaluation(
    session: Session,
    *,
    name: str,
    year: int,
    units: Sequence[UnitDefinition],
    tree: TreeDefinition,
    plan: PlanContent,
    now: datetime,
) -> Evaluation:
    """Make an evaluation of these units; a unit that is known by its code keeps its words."""
    wait_for_turn(session, Turn.FOUNDING)
    if any(evaluation.name == name for evaluation in evaluations(session)):
        raise EvaluationNameTaken(name=name)
    taking_part = _units(session, units)
    evaluation = Evaluation(
        code=new_code(),
        name=name,
        year=year,
        cycle_id=key_of(cycle_covering(session, year) or _new_cycle(session, year)),
        tree_version_id=key_of(publish_tree(session, tree, now)),
        created_at=now,
    )
    session.add(evaluation)
    session.flush()
    session.add_all(
        EvaluationUnit(evaluation_id=key_of(evaluation), unit_id=key_of(unit))
        for unit in taking_part
    )
    save_plan(session, evaluation, plan, now)
    session.flush()
    return evaluation


def _units(session: Session, definitions: Sequence[UnitDefinition]) -> list[Unit]:
    known = units_by_code(session, (definition.code for definition in definitions))
    problems = [
        UnitRefused("unit_differs", unit=definition.code, known=before, given=now)
        for definition in definitions
        if definition.code in known
        for before, now in _differences(known[definition.code], definition)
    ]
    if problems:
        raise UnitsDiffer(problems)
    new = [
        Unit(code=d.code, name=d.name, category=d.category, level=d.level)
        for d in definitions
        if d.code not in known
    ]
    session.add_all(new)
    session.flush()
    return [*(known[d.code] for d in definitions if d.code in known), *new]


def _differences(unit: Unit, definition: UnitDefinition) -> list[tuple[str, str]]:
    """Return what is known and what is given; a level left out says nothing."""
    pairs = [(unit.name, definition.name), (unit.category, definition.category)]
    if definition.level and unit.level:
        pairs.append((unit.level, definition.level))
    return [(known, given) for known, given in pairs if known != given]


def _new_cycle(session: Session, year: int) -> Cycle:
    """Make a cycle from this year on that ends before the next known one begins."""
    starts_on, ends_on = date(year, 1, 1), date(year + CYCLE_YEARS - 1, 12, 31)
    later = [cycle.starts_on for cycle in cycles(session) if cycle.starts_on > starts_on]
    if later and min(later) > date(year, 12, 31):
        ends_on = min(ends_on, min(later) - timedelta(days=1))
    cycle = Cycle(name=f"{year}–{ends_on.year}年周期", starts_on=starts_on, ends_on=ends_on)
    session.add(cycle)
    session.flush()
    return cycle
