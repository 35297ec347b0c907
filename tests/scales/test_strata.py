import numpy as np
import pytest

from scales import (
    GroupSummary,
    InvalidAnswer,
    MarginsContradict,
    Undefined,
    combine_groups,
    post_stratification_weights,
    t_interval,
    weighted_mean,
)

STAFF, PARTNER = GroupSummary(25, 80.0, 10.0), GroupSummary(16, 60.0, 8.0)


def test_audiences_count_by_their_weights_not_by_their_people():
    combined = combine_groups([STAFF, PARTNER], [3000, 1000])

    assert combined.mean == pytest.approx(75.0)
    # √(0.75²·100/25 + 0.25²·64/16) = √(2.25 + 0.25)
    assert combined.standard_error == pytest.approx(2.5**0.5)
    assert combined.used_weights == (0.75, 0.25)
    assert not combined.is_renormalised


def test_the_weight_of_a_missing_audience_goes_to_the_others_and_is_said():
    combined = combine_groups([STAFF, None, PARTNER], [1, 2, 1])

    assert combined.mean == pytest.approx(70.0)
    assert combined.used_weights == (0.5, 0.0, 0.5)
    assert combined.is_renormalised


def test_one_group_has_the_interval_it_has_alone():
    assert combine_groups([STAFF], [1]).ci95 == pytest.approx(t_interval(80.0, 10.0, 25))


def test_a_group_of_one_person_leaves_the_interval_open():
    combined = combine_groups([STAFF, GroupSummary(1, 60.0, 0.0)], [1, 1])

    assert (combined.mean, combined.standard_error, combined.ci95) == (70.0, None, None)


def test_groups_without_spread_have_an_interval_without_width():
    alike = GroupSummary(9, 50.0, 0.0)

    assert combine_groups([alike, alike], [1, 2]).ci95 == pytest.approx((50.0, 50.0))


def test_the_interval_holds_the_truth_as_often_as_it_says():
    random = np.random.default_rng(4)
    hits = 0
    for _ in range(1000):
        few, many = random.normal(60, 5, 6), random.normal(70, 20, 40)
        groups = [GroupSummary(len(x), x.mean(), x.std(ddof=1)) for x in (few, many)]
        low, high = combine_groups(groups, [1, 1]).ci95
        hits += low <= 65 <= high

    assert 0.93 <= hits / 1000 <= 0.97


def test_no_group_has_no_mean_and_a_bad_weight_is_refused():
    with pytest.raises(Undefined, match="nobody_scored"):
        combine_groups([None, None], [1, 2])
    for weights in ([1], [1, 0], [1, np.nan]):
        with pytest.raises(InvalidAnswer):
            combine_groups([STAFF, PARTNER], weights)


def test_strata_count_as_in_the_population():
    weights = post_stratification_weights(["a", "b", "b", "b"], {"a": 300, "b": 600})

    assert weights.tolist() == [300, 200, 200, 200]
    assert weighted_mean(np.array([0.0, 30, 30, 30]), weights) == pytest.approx(20)


def test_a_stratum_without_people_is_named():
    with pytest.raises(MarginsContradict, match="stratum: 'c': nobody"):
        post_stratification_weights(["a", "b"], {"a": 1, "b": 1, "c": 1})
    with pytest.raises(MarginsContradict, match="stratum: 'b': no_target"):
        post_stratification_weights(["a", "b"], {"a": 1})
