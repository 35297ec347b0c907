import math
from fractions import Fraction

import numpy as np
import pytest
from scale_builders import a_scale, pack

from scales import Undefined, scale_moments, summarise_moments, summarise_scores, t_interval

GAP = np.nan


def test_the_interval_of_four_values_by_hand():
    # t(.975; 3) = 3.182446
    assert t_interval(50.0, 10.0, 4) == pytest.approx((50 - 15.91223, 50 + 15.91223), abs=1e-5)


def test_a_wider_level_gives_a_wider_interval():
    assert t_interval(50.0, 10.0, 30, 0.99)[0] < t_interval(50.0, 10.0, 30)[0]


def test_one_person_has_no_interval():
    with pytest.raises(Undefined, match="too_few_for_interval"):
        t_interval(50.0, 0.0, 1)


def test_the_summary_of_three_people_by_hand():
    scale = a_scale("ab", "b", min_answered=Fraction(1, 2))
    moments = scale_moments(pack([[5, 1], [1, 3], [4, GAP]], scale), scale)

    summary = summarise_moments(moments, scale)

    points = [5, 2, 4]
    assert summary.n == 3
    assert summary.mean_points == 11 / 3
    assert summary.sd_points == pytest.approx(np.std(points, ddof=1))
    assert summary.mean_percent == pytest.approx((100 + 25 + 75) / 3)
    assert summary.sd_percent == pytest.approx(25 * np.std(points, ddof=1))


def test_people_under_the_rule_are_not_in_the_summary():
    scale = a_scale("abc")

    summary = summarise_moments(
        scale_moments(pack([[5, 5, 5], [1, GAP, GAP]], scale), scale), scale
    )

    assert (summary.n, summary.mean_percent, summary.sd_percent) == (1, 100.0, None)
    assert summary.ci95_percent is None


def test_seven_points_have_exact_percent():
    scale = a_scale("a", points=7)

    summary = summarise_moments(scale_moments(pack([[2], [5]], scale), scale), scale)

    assert summary.mean_percent == pytest.approx(125 / 3, rel=1e-15)


def test_a_summary_of_scores_leaves_out_who_has_none():
    summary = summarise_scores(np.array([1.0, GAP, 3.0]), np.array([0.0, GAP, 50.0]))

    assert (summary.n, summary.mean_points, summary.mean_percent) == (2, 2.0, 25.0)
    assert summary.sd_points == pytest.approx(math.sqrt(2))


def test_a_summary_of_nobody_is_empty():
    summary = summarise_scores(np.array([GAP]), np.array([GAP]))

    assert (summary.n, summary.mean_points, summary.sd_points, summary.ci95_percent) == (
        0,
        None,
        None,
        None,
    )
