import numpy as np
import pytest

from scales import InvalidAnswer, Undefined, compare_loadings, congruence

STAFF, CITIZEN = np.array([0.8, 0.7, 0.6]), np.array([0.8, 0.7, 0.1])


def test_congruence_by_hand():
    assert congruence(np.array([3.0, 4.0]), np.array([4.0, 3.0])) == pytest.approx(24 / 25)


def test_only_the_proportions_count_and_no_sign():
    assert congruence(STAFF, -0.5 * STAFF) == pytest.approx(1.0)


def test_the_item_that_differs_most_is_named():
    (pair,) = compare_loadings({"staff": STAFF, "citizen": -CITIZEN}, "abc")

    assert (pair.first, pair.second, pair.most_different_item) == ("staff", "citizen", "c")
    assert pair.differences["c"] == pytest.approx(-0.5)
    assert pair.congruence == pytest.approx(congruence(STAFF, CITIZEN))


def test_every_two_groups_are_compared():
    pairs = compare_loadings({"a": STAFF, "b": CITIZEN, "c": STAFF}, "abc")

    assert [(pair.first, pair.second) for pair in pairs] == [("a", "b"), ("a", "c"), ("b", "c")]


def test_what_cannot_be_compared_says_why():
    with pytest.raises(InvalidAnswer):
        congruence(STAFF, STAFF[1:])
    with pytest.raises(InvalidAnswer):
        compare_loadings({"a": STAFF, "b": STAFF[1:]}, "abc")
    with pytest.raises(Undefined, match="one_group"):
        compare_loadings({"a": STAFF}, "abc")
    for empty in (np.zeros(3), np.array([0.5, np.nan, 0.5])):
        with pytest.raises(Undefined, match="no_variance"):
            congruence(STAFF, empty)
