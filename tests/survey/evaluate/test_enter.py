import math

import pytest
from builders import NOON, a_unit
from evaluation_builders import an_asked_evaluation

from survey.errors import ManualValueRefused
from survey.evaluate.enter import enter_manual_value
from survey.results import manual_entries


def enter(session, evaluation, unit_code, indicator_code, points, **given):
    values = {"entered_by": "officer", "now": NOON} | given
    return enter_manual_value(
        session,
        evaluation,
        unit_code=unit_code,
        indicator_code=indicator_code,
        points=points,
        **values,
    )


@pytest.mark.parametrize("points", [0, 30, 12.25])
def test_points_from_nothing_to_the_full_points_are_kept(session, points):
    unit = a_unit(session)
    evaluation, _ = an_asked_evaluation(session, [unit])

    enter(session, evaluation, unit.code, "A21", points, note="现场核查\0")

    (entry,) = manual_entries(session, evaluation)
    assert (entry.points, entry.note, entry.entered_by) == (points, "现场核查", "officer")


def test_entering_again_replaces_and_the_same_again_changes_nothing(session):
    unit = a_unit(session)
    evaluation, _ = an_asked_evaluation(session, [unit])

    changes = [
        enter(session, evaluation, unit.code, "A21", 10),
        enter(session, evaluation, unit.code, "A21", 10, entered_by="somebody else"),
        enter(session, evaluation, unit.code, "A21", 11),
    ]

    (entry,) = manual_entries(session, evaluation)
    assert changes == [1, 0, 1]
    assert entry.points == 11


@pytest.mark.parametrize(
    ("unit_code", "indicator", "points", "code"),
    [
        ("nobody", "A21", 1, "manual_unit_unknown"),
        (None, "Z", 1, "manual_indicator_unknown"),
        (None, "A2", 1, "manual_indicator_unknown"),
        (None, "A11", 1, "manual_not_by_hand"),
        (None, "A21", 30.01, "manual_points_range"),
        (None, "A21", -0.01, "manual_points_range"),
        (None, "A21", math.nan, "manual_points_range"),
    ],
)
def test_what_cannot_be_entered_is_refused_with_the_reason(
    session, unit_code, indicator, points, code
):
    unit = a_unit(session)
    evaluation, _ = an_asked_evaluation(session, [unit])

    with pytest.raises(ManualValueRefused) as refused:
        enter(session, evaluation, unit_code or unit.code, indicator, points)

    assert refused.value.code == code
    assert manual_entries(session, evaluation)[0].points is None


def test_points_for_a_unit_of_another_evaluation_are_refused(session):
    other = a_unit(session)
    evaluation, _ = an_asked_evaluation(session, [a_unit(session)])

    with pytest.raises(ManualValueRefused):
        enter(session, evaluation, other.code, "A21", 1)
