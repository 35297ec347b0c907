import pytest
from builders import NOON, a_unit
from evaluation_builders import (
    a_tree_definition,
    an_asked_evaluation,
    answer,
    score,
    varied_sheets,
)

from survey.distribute.publish import publish_tree
from survey.errors import ValueNotFound
from survey.evaluate.enter import enter_manual_value
from survey.results import evaluation_results, evidence_of, indicator_table, manual_entries
from survey.rules.audience import Audience


def enter(session, evaluation, unit, points, note=""):
    enter_manual_value(
        session,
        evaluation,
        unit_code=unit.code,
        indicator_code="A21",
        points=points,
        note=note,
        entered_by="officer",
        now=NOON,
    )


def a_scored_evaluation(session, points=(25, 10)):
    units = [a_unit(session) for _ in points]
    evaluation, campaigns = an_asked_evaluation(session, units)
    for unit, given in zip(units, points, strict=True):
        answer(session, campaigns[Audience.STAFF], unit, varied_sheets(12))
        answer(session, campaigns[Audience.CITIZEN], unit, varied_sheets(40))
        if given is not None:
            enter(session, evaluation, unit, given, "核查")
    score(session, evaluation)
    return evaluation, units


def test_branches_sum_their_leaves_and_the_tree_its_branches(session):
    evaluation, _ = a_scored_evaluation(session)

    table = indicator_table(session, evaluation)

    assert [node.code for node in table.nodes] == ["A", "A1", "A11", "A12", "A2", "A21"]
    row = table.categories[0].units[0]
    points = {value.indicator: value.points for value in row.values}
    assert points["A1"] == pytest.approx(points["A11"] + points["A12"], abs=1e-12)
    assert points["A"] == pytest.approx(points["A1"] + points["A2"], abs=1e-12)
    assert points["A"] == row.total_points


def test_units_stand_by_rank_and_those_without_a_total_last(session):
    evaluation, units = a_scored_evaluation(session, points=(10, None, 25, 10))

    rows = indicator_table(session, evaluation).categories[0].units

    assert [(row.code, row.rank, row.pending_count) for row in rows] == [
        (units[2].code, 1, 0),
        (units[0].code, 2, 0),
        (units[3].code, 2, 0),
        (units[1].code, None, 1),
    ]


def test_a_pending_leaf_leaves_its_branches_pending_and_the_others_not(session):
    evaluation, _ = a_scored_evaluation(session, points=(None,))

    (row,) = indicator_table(session, evaluation).categories[0].units

    pending = {value.indicator for value in row.values if value.not_shown is not None}
    assert pending == {"A", "A2", "A21"}


def test_before_the_first_run_the_table_shows_the_tree_and_no_points(session):
    unit = a_unit(session)
    evaluation, _ = an_asked_evaluation(session, [unit])

    table = indicator_table(session, evaluation)

    (row,) = table.categories[0].units
    assert (table.run, row.pending_count, row.total_points) == (None, 3, None)
    assert {value.not_shown.code for value in row.values} == {"no_run"}
    assert evaluation_results(session, evaluation).not_shown.code == "no_run"


def test_what_is_edited_later_does_not_change_a_run(session):
    evaluation, units = a_scored_evaluation(session)
    before = indicator_table(session, evaluation)

    units[0].name = "改名以后的单位"
    enter(session, evaluation, units[0], 1)
    other = publish_tree(session, a_tree_definition(tree_id="other"), NOON)
    evaluation.tree_version_id = other.id
    session.flush()

    assert indicator_table(session, evaluation) == before


def test_evidence_leads_from_the_points_to_cells_weights_and_digests(session):
    evaluation, (unit, _) = a_scored_evaluation(session)

    evidence = evidence_of(session, evaluation, unit.code, "A11")

    (source,) = evidence.sources
    assert [node.code for node in evidence.path] == ["A", "A1", "A11"]
    assert evidence.rule == "direct"
    assert evidence.value.points == pytest.approx(source.source.mean_percent / 100 * 50)
    assert evidence.formula == (
        f"{source.source.mean_percent:.4f} ÷ 100 × 50 = {evidence.value.points:.4f}"
    )
    assert (source.source.n, source.source.used_weight) == (40, 1.0)
    assert source.reliability.analysis.n == 80
    assert -1 < source.reliability.analysis.alpha <= 1
    assert source.campaign.questionnaire_digest.startswith("sha256:")
    assert evidence.run.inputs_digest != evidence.run.digest
    assert (evidence.run.plan_version, evidence.tree_version) == (1, 1)


def test_evidence_of_points_by_hand_names_who_entered_them_and_why(session):
    evaluation, (unit, _) = a_scored_evaluation(session)

    evidence = evidence_of(session, evaluation, unit.code, "A21")

    assert (evidence.rule, evidence.formula) == ("manual", "25")
    assert (evidence.manual_entered_by, evidence.manual_note) == ("officer", "核查")


def test_evidence_of_a_pending_leaf_says_which_source_is_missing(session):
    unit = a_unit(session)
    evaluation, campaigns = an_asked_evaluation(session, [unit], [Audience.STAFF])
    answer(session, campaigns[Audience.STAFF], unit, varied_sheets(4))
    score(session, evaluation)

    staff = evidence_of(session, evaluation, unit.code, "A12")
    citizens = evidence_of(session, evaluation, unit.code, "A11")

    assert staff.value.not_shown.code == "pending"
    assert staff.formula == ""
    assert staff.sources[0].source.not_shown.code == "too_few"
    assert citizens.sources[0].source.not_shown.code == "not_asked"


@pytest.mark.parametrize(("unit", "leaf"), [("nobody", "A11"), (None, "A1"), (None, "Z")])
def test_evidence_of_what_does_not_exist_is_refused(session, unit, leaf):
    evaluation, (first, _) = a_scored_evaluation(session)

    with pytest.raises(ValueNotFound):
        evidence_of(session, evaluation, unit or first.code, leaf)


def test_manual_entries_list_what_stands_and_what_is_still_open(session):
    evaluation, units = a_scored_evaluation(session, points=(25, None))

    entries = manual_entries(session, evaluation)

    assert [(e.unit_code, e.indicator, e.points, e.full_points) for e in entries] == [
        (units[0].code, "A21", 25, 30),
        (units[1].code, "A21", None, 30),
    ]
