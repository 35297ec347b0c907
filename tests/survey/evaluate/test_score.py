import pytest
from builders import NOON, QUESTIONNAIRE, a_unit
from evaluation_builders import (
    CITIZEN,
    PARTNER,
    STAFF,
    an_asked_evaluation,
    answer,
    answer_as_offices,
    revise,
    score,
    varied_sheets,
    wind_up,
)

from survey.errors import PlanMissing, RunOvertaken
from survey.evaluate.enter import enter_manual_value
from survey.evaluate.plan import current_plan, save_plan
from survey.evaluate.score import keep_run, prepare_run
from survey.rules.audience import Audience
from survey.rules.scoring.scoring_plan import default_plan
from survey.storage.queries.figures import read_run
from survey.storage.queries.indicators import indicators_of
from survey.storage.tables import IndicatorValue, ScoringRun

HIGH, MIDDLE, LOW = bytes([5, 1, 5]), bytes([3, 3, 3]), bytes([1, 5, 1])


def figure(run, audience, unit, scale="ease"):
    return read_run(run).outputs.cells[f"camp-{audience}"][unit.code][scale]


def unit_figures(run, unit):
    return read_run(run).outputs.units[unit.code]


def enter(session, evaluation, unit, points):
    enter_manual_value(
        session,
        evaluation,
        unit_code=unit.code,
        indicator_code="A21",
        points=points,
        entered_by="officer",
        now=NOON,
    )


def test_a_cell_is_the_mean_of_its_people_with_reverse_items_turned_once(session):
    unit = a_unit(session)
    evaluation, campaigns = an_asked_evaluation(session, [unit])
    answer(session, campaigns[Audience.CITIZEN], unit, [HIGH] * 20 + [MIDDLE] * 8 + [LOW] * 4)

    run = score(session, evaluation)

    found = figure(run, Audience.CITIZEN, unit)
    assert found.n == 32
    assert found.mean_percent == pytest.approx((20 * 100 + 8 * 50) / 32, abs=1e-12)
    assert found.ci95_percent[0] < found.mean_percent < found.ci95_percent[1]


def test_dont_know_and_skipped_items_do_not_count_as_answers(session):
    unit = a_unit(session)
    evaluation, campaigns = an_asked_evaluation(session, [unit])
    lost = [bytes([5, 255, 0])] * 3  # one of three answered: no score
    partly = [bytes([5, 255, 5])] * 2  # two of three: enough
    answer(session, campaigns[Audience.STAFF], unit, [MIDDLE] * 4 + partly + lost)

    run = score(session, evaluation)

    found = figure(run, Audience.STAFF, unit)
    assert found.n == 6
    assert found.mean_percent == pytest.approx((4 * 50 + 2 * 100) / 6, abs=1e-12)
    counted = read_run(run).inputs.campaigns["camp-staff"].cells[unit.code]
    assert counted.sheet_count == 9


def test_a_sheet_that_an_option_ended_is_not_counted(session):
    content = (
        QUESTIONNAIRE
        + """
[[items]]
id = "Q0"
kind = "choice"
options = [
  { id = "yes", text = { zh-Hans = "办过", en = "Yes" } },
  { id = "never", text = { zh-Hans = "没有", en = "No" } },
]
ends = ["never"]
text = { zh-Hans = "最近一年办过事吗?", en = "Did you go there this year?" }
""".encode()
    )
    unit = a_unit(session)
    evaluation, campaigns = an_asked_evaluation(session, [unit], content=content)
    sheets = [*(s + b"\x01" for s in varied_sheets(30)), *[HIGH + b"\x02"] * 9]
    answer(session, campaigns[Audience.CITIZEN], unit, sheets)

    run = score(session, evaluation)

    assert figure(run, Audience.CITIZEN, unit).n == 30


def test_offices_count_once_each_with_their_latest_revision(session):
    unit = a_unit(session)
    evaluation, campaigns = an_asked_evaluation(session, [unit])
    pairs = answer_as_offices(session, campaigns[Audience.PARTNER], unit, [LOW] * 5 + [MIDDLE])
    revise(session, pairs[0], HIGH, 2)
    revise(session, pairs[0], MIDDLE, 3)
    wind_up(session, campaigns[Audience.PARTNER])

    run = score(session, evaluation)

    found = figure(run, Audience.PARTNER, unit)
    assert (found.n, found.mean_percent) == (6, pytest.approx(100 / 6, abs=1e-12))


def test_held_sheets_wait_for_the_close(session):
    unit = a_unit(session)
    evaluation, campaigns = an_asked_evaluation(session, [unit])
    answer(session, campaigns[Audience.STAFF], unit, varied_sheets(10))
    answer(session, campaigns[Audience.STAFF], unit, varied_sheets(12), is_held=True)

    before = figure(score(session, evaluation), Audience.STAFF, unit).n
    wind_up(session, campaigns[Audience.STAFF])
    after = figure(score(session, evaluation), Audience.STAFF, unit).n

    assert (before, after) == (10, 22)


def test_the_unit_score_weighs_the_groups_as_planned(session):
    unit = a_unit(session)
    evaluation, campaigns = an_asked_evaluation(session, [unit])
    answer(session, campaigns[Audience.STAFF], unit, varied_sheets(12, seed=1))
    answer_as_offices(session, campaigns[Audience.PARTNER], unit, varied_sheets(6, seed=2))
    answer(session, campaigns[Audience.CITIZEN], unit, varied_sheets(40, seed=3))
    wind_up(session, campaigns[Audience.PARTNER])

    run = score(session, evaluation)

    means = [figure(run, a, unit).mean_percent for a in ("staff", "partner", "citizen")]
    found = unit_figures(run, unit).score
    assert found.value == pytest.approx(0.25 * means[0] + 0.25 * means[1] + 0.5 * means[2])
    assert not found.is_renormalised


def test_with_partners_too_few_staff_and_citizens_weigh_a_third_and_two_thirds(session):
    unit = a_unit(session)
    evaluation, campaigns = an_asked_evaluation(session, [unit])
    answer(session, campaigns[Audience.STAFF], unit, varied_sheets(12))
    answer_as_offices(session, campaigns[Audience.PARTNER], unit, varied_sheets(4))
    answer(session, campaigns[Audience.CITIZEN], unit, varied_sheets(40))
    wind_up(session, campaigns[Audience.PARTNER])

    run = score(session, evaluation)

    found = unit_figures(run, unit).score
    weights = {source.source: source.used_weight for source in found.sources}
    assert weights == {STAFF: pytest.approx(1 / 3), PARTNER: 0.0, CITIZEN: pytest.approx(2 / 3)}
    assert found.is_renormalised
    assert unit.code not in read_run(run).inputs.campaigns["camp-partner"].cells


def test_a_leaf_has_the_share_of_its_points_and_a_total_sums_the_leaves(session):
    unit = a_unit(session)
    evaluation, campaigns = an_asked_evaluation(session, [unit])
    answer(session, campaigns[Audience.STAFF], unit, [HIGH, *varied_sheets(11)])
    answer(session, campaigns[Audience.CITIZEN], unit, varied_sheets(40))
    enter(session, evaluation, unit, 27.125)

    run = score(session, evaluation)

    found = unit_figures(run, unit)
    citizens = figure(run, Audience.CITIZEN, unit).mean_percent
    staff = figure(run, Audience.STAFF, unit).mean_percent
    assert found.leaves["A11"].value == pytest.approx(citizens / 100 * 50, abs=1e-12)
    assert found.leaves["A12"].value == pytest.approx(staff / 100 * 20, abs=1e-12)
    assert found.total_points == pytest.approx(citizens / 2 + staff / 5 + 27.125, abs=1e-12)
    assert found.rank == 1


def test_a_unit_with_a_pending_leaf_has_neither_total_nor_rank(session):
    units = [a_unit(session), a_unit(session)]
    evaluation, campaigns = an_asked_evaluation(session, units)
    for unit in units:
        answer(session, campaigns[Audience.STAFF], unit, varied_sheets(12))
        answer(session, campaigns[Audience.CITIZEN], unit, varied_sheets(40))
    enter(session, evaluation, units[0], 20)

    run = score(session, evaluation)

    assert unit_figures(run, units[0]).rank == 1
    assert unit_figures(run, units[1]).leaves["A21"].value is None
    assert unit_figures(run, units[1]).total_points is None
    assert unit_figures(run, units[1]).rank is None


def test_two_categories_never_share_a_ranking(session):
    units = [a_unit(session), a_unit(session), a_unit(session, category="事业单位")]
    evaluation, campaigns = an_asked_evaluation(session, units)
    for points, unit in zip((10, 20, 5), units, strict=True):
        answer(session, campaigns[Audience.STAFF], unit, varied_sheets(12))
        answer(session, campaigns[Audience.CITIZEN], unit, varied_sheets(40))
        enter(session, evaluation, unit, points)

    run = score(session, evaluation)

    assert [unit_figures(run, unit).rank for unit in units] == [2, 1, 1]


def test_the_points_of_a_run_stand_in_the_table_of_indicator_values(session):
    unit = a_unit(session)
    evaluation, campaigns = an_asked_evaluation(session, [unit])
    answer(session, campaigns[Audience.CITIZEN], unit, varied_sheets(40))

    run = score(session, evaluation)

    codes = {n.id: n.code for n in indicators_of(session, evaluation.tree_version_id)}
    kept = {
        codes[value.indicator_id]: value.points
        for value in (
            session.get(IndicatorValue, (run.id, indicator, unit.id)) for indicator in codes
        )
        if value is not None
    }
    assert kept == {"A11": unit_figures(run, unit).leaves["A11"].value, "A12": None, "A21": None}


def test_runs_are_numbered_and_the_old_one_stays_as_it_was(session):
    unit = a_unit(session)
    evaluation, _ = an_asked_evaluation(session, [unit])
    first = score(session, evaluation)
    kept = first.content
    enter(session, evaluation, unit, 12)

    second = score(session, evaluation)

    assert (first.number, second.number) == (1, 2)
    assert session.get(ScoringRun, first.id).content == kept
    assert second.inputs_digest != first.inputs_digest


def test_a_new_plan_makes_a_new_run_of_the_same_sheets(session):
    unit = a_unit(session)
    evaluation, campaigns = an_asked_evaluation(session, [unit])
    answer(session, campaigns[Audience.CITIZEN], unit, varied_sheets(40))
    first = score(session, evaluation)
    same = save_plan(session, evaluation, default_plan([STAFF, PARTNER, CITIZEN]), NOON)
    whole = type(CITIZEN)(CITIZEN.audience, CITIZEN.questionnaire, CITIZEN.scale, 10_000)

    plan = save_plan(session, evaluation, default_plan([whole]), NOON)
    second = score(session, evaluation)

    assert (same.version, plan.version) == (1, 2)
    assert second.plan_id == plan.id != first.plan_id
    assert not unit_figures(second, unit).score.is_renormalised


def test_without_a_plan_nothing_is_scored(session):
    evaluation = an_asked_evaluation(session, [a_unit(session)], has_plan=False)[0]

    with pytest.raises(PlanMissing):
        current_plan(session, evaluation)


def test_a_run_is_computed_by_reading_only_and_kept_unless_another_came_before(database):
    with database.writing() as session:
        unit = a_unit(session)
        evaluation, campaigns = an_asked_evaluation(session, [unit])
        answer(session, campaigns[Audience.CITIZEN], unit, varied_sheets(40))
        plan = current_plan(session, evaluation)

    with database.reading() as session:
        prepared = prepare_run(session, evaluation, plan)
    with database.writing() as session:
        kept = keep_run(session, prepared, NOON)
        with pytest.raises(RunOvertaken):
            keep_run(session, prepared, NOON)

    assert kept.number == 1
