import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reference_cases import cases
from reference_raking import margins, targets

from scales import (
    InvalidAnswer,
    MarginsContradict,
    Undefined,
    clustered_standard_error,
    design_effect,
    effective_n,
    rake,
    raked_standard_error,
    weighted_standard_error,
)

SEX = ["f", "f", "f", "m"]
AGE = ["old", "young", "young", "old"]
BOTH = {"sex": {"f": 50, "m": 50}, "age": {"old": 60, "young": 40}}


def contradiction(rows, wanted):
    with pytest.raises(MarginsContradict) as caught:
        rake(rows, wanted)
    return caught.value.margin, caught.value.level, caught.value.reason


def test_weights_of_the_reference_meet_every_target():
    case = next(cases("raking"))
    raked = rake(margins(case), targets())

    for margin, levels in targets().items():
        for level, target in levels.items():
            here = [row[margin] == level for row in case.rows]
            assert raked.weights[here].sum() == pytest.approx(target, rel=1e-10)
    assert raked.effective_n == effective_n(raked.weights)
    assert raked.design_effect == design_effect(raked.weights)
    assert raked.largest_gap <= 1e-11


def test_four_people_by_hand():
    # one man: 50; he is old, so 10 are left for the old woman, and 20 for each young one
    raked = rake({"sex": SEX, "age": AGE}, BOTH)

    assert raked.weights == pytest.approx([10, 20, 20, 50])


def test_the_order_of_margins_and_the_sum_do_not_matter():
    case = next(cases("raking"))
    rows = margins(case)
    backwards = {margin: rows[margin] for margin in reversed(rows)}
    shares = {m: {k: v / 100_000 for k, v in levels.items()} for m, levels in targets().items()}

    straight = rake(rows, targets()).weights

    assert rake(backwards, {m: targets()[m] for m in backwards}).weights == pytest.approx(straight)
    assert rake(rows, shares).weights * 100_000 == pytest.approx(straight)


def test_weights_to_begin_with_keep_their_proportions_inside_a_cell():
    start = np.array([1.0, 1.0, 3.0, 1.0])

    raked = rake({"sex": SEX, "age": AGE}, BOTH, start=start)

    assert raked.weights == pytest.approx([10, 10, 30, 50])


@pytest.mark.parametrize(
    ("rows", "wanted", "expected"),
    [
        (
            {"sex": SEX},
            {"sex": {"f": 50, "m": 0}},
            ("sex", "m", "target_not_positive"),
        ),
        ({"sex": SEX}, {"sex": {"f": 50, "m": math.nan}}, ("sex", "m", "target_not_positive")),
        ({"sex": SEX}, {"sex": {}}, ("sex", None, "target_not_positive")),
        (
            {"sex": SEX, "age": AGE},
            BOTH | {"age": {"old": 60, "young": 50}},
            ("age", None, "totals_differ"),
        ),
        ({"sex": SEX}, {"sex": {"f": 50}}, ("sex", "m", "no_target")),
        ({"sex": SEX}, {"sex": {"f": 50, "m": 40, "x": 10}}, ("sex", "x", "nobody")),
        (
            {"sex": SEX, "age": AGE},  # the only man is old: the old are 50 at least
            BOTH | {"age": {"old": 40, "young": 60}},
            ("sex", "f", "never_met"),
        ),
    ],
)
def test_margins_that_contradict_are_named(rows, wanted, expected):
    assert contradiction(rows, wanted) == expected


def test_the_message_names_margin_and_level():
    with pytest.raises(MarginsContradict, match="sex: 'x': nobody"):
        rake({"sex": SEX}, {"sex": {"f": 50, "m": 40, "x": 10}})


def test_what_does_not_belong_together_is_refused():
    for wrong in (
        lambda: rake({"sex": SEX}, BOTH),
        lambda: rake({"sex": SEX, "age": AGE[:3]}, BOTH),
        lambda: rake({"sex": []}, {"sex": {"f": 1}}),
        lambda: rake({}, {}),
        lambda: rake({"sex": SEX}, {"sex": BOTH["sex"]}, start=np.ones(3)),
        lambda: rake({"sex": SEX}, {"sex": BOTH["sex"]}, start=np.array([1, 1, 1, 0.0])),
        lambda: raked_standard_error(np.ones(4), np.ones(4), {"sex": SEX[:3]}),
        lambda: clustered_standard_error(np.ones(4), np.ones(4), SEX[:3]),
    ):
        with pytest.raises(InvalidAnswer):
            wrong()


def test_margins_that_explain_the_scores_leave_no_error():
    values = np.array([10.0, 10.0, 10.0, 90.0])
    weights = rake({"sex": SEX}, {"sex": BOTH["sex"]}).weights

    assert raked_standard_error(values, weights, {"sex": SEX}) == pytest.approx(0, abs=1e-12)
    assert weighted_standard_error(values, weights, 4) > 10


def test_the_error_after_raking_is_what_new_samples_show():
    random = np.random.default_rng(8)
    means, errors = [], []
    for _ in range(400):
        sex, age = random.random(300) < 0.6, random.random(300) < 0.3
        values = 50 + 20 * sex + 10 * age + random.normal(0, 5, 300)
        rows = {"sex": sex.astype(str), "age": age.astype(str)}
        wanted = {"sex": {"True": 50, "False": 50}, "age": {"True": 40, "False": 60}}
        weights = rake(rows, wanted).weights
        means.append(weights @ values / weights.sum())
        errors.append(raked_standard_error(values, weights, rows))

    assert np.mean(errors) == pytest.approx(np.std(means), rel=0.1)
    assert np.mean(means) == pytest.approx(64, abs=0.1)


def test_people_each_in_a_cluster_of_their_own_are_people():
    values, weights = np.array([10.0, np.nan, 30.0, 80.0]), np.array([1.0, 2.0, 1.0, 2.0])

    assert clustered_standard_error(values, weights, list("abcd")) == pytest.approx(
        weighted_standard_error(values, weights, 4)
    )
    with pytest.raises(Undefined, match="too_few_for_interval"):
        clustered_standard_error(values, weights, list("aaaa"))
    with pytest.raises(Undefined, match="too_few_for_interval"):
        raked_standard_error(np.array([1.0, np.nan]), np.ones(2), {"sex": ["f", "m"]})


levels = st.lists(st.sampled_from("abc"), min_size=12, max_size=60)


@given(levels, st.data())
def test_whatever_population_people_can_stand_for_is_met(first, data):
    size = len(first)
    second = data.draw(st.lists(st.sampled_from("xy"), min_size=size, max_size=size))
    truth = np.array(data.draw(st.lists(st.integers(1, 50), min_size=size, max_size=size)))
    rows = {"first": first, "second": second}
    wanted = {
        margin: {
            level: float(truth[[each == level for each in values]].sum()) for level in set(values)
        }
        for margin, values in rows.items()
    }

    weights = rake(rows, wanted).weights

    for margin, values in rows.items():
        for level, target in wanted[margin].items():
            here = [each == level for each in values]
            assert weights[here].sum() == pytest.approx(target, rel=1e-9)
    cells = list(zip(first, second, strict=True))
    for one, two in combinations(range(size), 2):
        if cells[one] == cells[two]:
            assert weights[one] == pytest.approx(weights[two])
