import numpy as np
import pytest
from scale_builders import a_scale, pack

from scales import (
    AGREEMENT_WARNING_CODES,
    UNIT_WARNING_CODES,
    InvalidAnswer,
    UnitAgreement,
    agreement_of_moments,
    agreement_of_points,
    agreement_of_units,
    scale_moments,
)

FIGURES = ("n", "n_complete", "means", "rwg", "ad", "alpha_complete", "shrunken_means")


def agreement(rows, units, **scale):
    chosen = a_scale("abc"[: len(rows[0])] if rows else "abc", **scale)
    return agreement_of_units(pack(rows, chosen), np.array(units, dtype=np.int64), chosen)


def test_figures_are_those_of_a_hand_computation():
    result = agreement([(4, 5), (2, 3), (3, 3), (1, 2), (1, 1)], [0, 0, 0, 1, 1])

    # Scores 4.5 2.5 3 | 1.5 1: means 10/3 and 5/4, centre 2.5; squares within 13/6 and 1/8.
    between = 3 * (10 / 3 - 2.5) ** 2 + 2 * (5 / 4 - 2.5) ** 2
    within = (13 / 6 + 1 / 8) / 3
    assert result.one_way.between == pytest.approx(between)
    assert result.one_way.within == pytest.approx(within)
    assert result.icc1 == pytest.approx((between - within) / (between + 1.5 * within))
    assert result.icc2 == pytest.approx((between - within) / between)
    # Unit 0: item variances 1 and 4/3 against 2; distances from the means 2/3 and 8/9 on average.
    agreed = 1 - (1 + 4 / 3) / 2 / 2
    assert result.rwg[0] == pytest.approx(2 * agreed / (2 * agreed + 1 - agreed))
    assert result.ad[0] == pytest.approx((2 / 3 + 8 / 9) / 2)
    # Totals 9 5 6: variance 13/3.
    assert result.alpha_complete[0] == pytest.approx(2 * (1 - (1 + 4 / 3) / (13 / 3)))
    pull = 3 * result.icc1 / (1 + 2 * result.icc1)
    assert result.reliability[0] == pytest.approx(pull)
    assert result.shrunken_means[0] == pytest.approx(2.5 + pull * (10 / 3 - 2.5))


def test_answers_needed_come_at_three_reliabilities():
    result = agreement([(4, 5), (2, 3), (3, 3), (1, 2), (1, 1)], [0, 0, 0, 1, 1])

    assert list(result.answers_needed) == ["0.7", "0.8", "0.9"]
    assert list(result.answers_needed.values()) == [2, 2, 4]


def test_perfect_agreement_gives_one_and_needs_one_answer():
    result = agreement([(4, 5)] * 3 + [(2, 3)] * 3, [0, 0, 0, 1, 1, 1])

    assert (result.icc1, result.icc2) == (1.0, 1.0)
    assert list(result.rwg) == [1.0, 1.0]
    assert list(result.ad) == [0.0, 0.0]
    assert list(result.shrunken_means) == [4.5, 2.5]
    assert set(result.answers_needed.values()) == {1}


def test_answers_further_apart_than_at_random_have_no_agreement():
    result = agreement([(1, 1), (5, 5), (3, 3), (3, 3)], [0, 0, 1, 1])

    assert result.rwg[0] == 0.0


@pytest.mark.parametrize(
    ("rows", "units", "warning"),
    [
        ([(4, 5), (2, 3)], [0, 0], "single_unit"),
        ([(4, 5), (2, 3)], [0, 1], "one_answer_per_unit"),
        ([(3, 3)] * 4, [0, 0, 1, 1], "everybody_scores_the_same"),
        ([(2, 2), (4, 4)] * 2, [0, 0, 1, 1], "units_do_not_differ"),
    ],
)
def test_a_figure_that_does_not_exist_says_why(rows, units, warning):
    result = agreement(rows, units)

    assert result.warnings == (warning,)
    assert warning in AGREEMENT_WARNING_CODES
    assert result.icc2 is None
    assert set(result.answers_needed.values()) == {None}


def test_units_that_differ_less_than_by_chance_are_drawn_to_the_centre():
    result = agreement([(1, 2), (5, 4), (2, 1), (4, 5)], [0, 0, 1, 1])

    assert result.icc1 < 0
    assert list(result.shrunken_means) == [3.0, 3.0]
    assert list(result.reliability) == [0.0, 0.0]


def test_a_unit_of_one_answer_counts_for_the_mean_and_says_what_it_lacks():
    unit = agreement([(4, 5), (2, 3), (3, 3), (1, 2)], [0, 0, 0, 1]).unit(1)

    assert (unit.n, unit.n_complete, unit.mean_points) == (1, 1, 1.5)
    assert (unit.rwg, unit.ad, unit.alpha_complete) == (None, None, None)
    assert unit.warnings == ("too_few_complete",)


def test_a_unit_of_nobody_is_empty_and_leaves_the_others_alone():
    rows, units = [(4, 5), (2, 3), (1, 1), (1, 2)], [0, 0, 2, 2]

    result = agreement(rows, units)

    assert result.unit(1) == UnitAgreement(
        0, 0, None, None, None, None, None, None, UNIT_WARNING_CODES
    )
    assert result.icc1 == agreement(rows, [0, 0, 1, 1]).icc1


def test_rows_of_no_unit_are_left_out():
    rows, units = [(4, 5), (2, 3), (1, 1), (1, 2)], [0, 0, 1, 1]

    result = agreement([(5, 5), *rows], [-1, *units])

    assert result.icc1 == agreement(rows, units).icc1
    assert result.mean_points == agreement(rows, units).mean_points


def test_agreement_is_of_complete_people_and_means_are_of_all_with_a_score():
    gap = float("nan")

    result = agreement([(4, 5, 5), (2, 3, 2), (5, 5, gap), (1, gap, gap), (1, 1, 1)], [0] * 4 + [1])

    assert (result.n[0], result.n_complete[0]) == (3, 2)
    assert result.means[0] == pytest.approx((14 / 3 + 7 / 3 + 5) / 3)
    assert result.ad[0] == pytest.approx((1 + 1 + 1.5) / 3)


@pytest.mark.parametrize("units", [0, 3])
def test_nobody_at_all_gives_empty_figures(units):
    scale = a_scale("abc")

    result = agreement_of_units(
        np.empty((0, 3), np.uint8), np.empty(0, np.int64), scale, unit_count=units
    )

    assert result.mean_points is None
    assert result.warnings == ("single_unit",)
    assert list(result.n) == [0] * units


def test_a_single_item_has_agreement_but_no_alpha():
    result = agreement([(4,), (2,), (1,), (1,)], [0, 0, 1, 1])

    assert list(result.rwg) == [0.0, 1.0]
    assert np.isnan(result.alpha_complete).all()


def test_eleven_points_from_zero_keep_their_range():
    scale = {"lowest": 0, "points": 11}

    result = agreement([(0, 10), (0, 10), (10, 10), (9, 10)], [0, 0, 1, 1], **scale)

    assert list(result.means) == [5.0, 9.75]
    assert result.rwg[1] == pytest.approx(2 * (1 - 0.25 / 10) / (2 * (1 - 0.25 / 10) + 0.25 / 10))


def test_answers_in_fractions_have_the_same_figures():
    scale = a_scale("ab", "b", fractional=True)
    raw = np.array([(1.5, 4.25), (2.5, 3.0), (3.1, 3.1), (3.1, 3.1)])

    result = agreement_of_points(raw, np.array([0, 0, 1, 1]), scale)

    assert result.means == pytest.approx([(1.625 + 2.75) / 2, 3.0])
    assert result.rwg[1] == 1.0
    assert result.ad == pytest.approx([(0.5 + 0.625) / 2, 0.0], abs=0)


def test_a_thousand_small_units_are_counted_like_each_alone():
    random = np.random.default_rng(5)
    scale = a_scale("abcde", "bd")
    packed = random.choice(np.array([0, 1, 2, 3, 4, 5, 255], np.uint8), (40_000, 5))
    unit_of_row = random.integers(-1, 1_000, len(packed))

    together = agreement_of_units(packed, unit_of_row, scale)

    alone = [scale_moments(packed[unit_of_row == unit], scale) for unit in range(1_000)]
    apart = agreement_of_moments(alone, scale)
    for name in FIGURES:
        np.testing.assert_array_equal(getattr(together, name), getattr(apart, name))


@pytest.mark.parametrize("points", [2, 5, 11])
def test_a_few_large_units_are_counted_like_each_alone(points):
    random = np.random.default_rng(6)
    scale = a_scale("abc", "b", points=points)
    answers = np.arange(1, points + 1, dtype=np.uint8)
    packed = np.stack([random.choice(answers[: points - shift], 30_000) for shift in (0, 1, 0)], 1)
    unit_of_row = random.integers(0, 3, len(packed))

    together = agreement_of_units(packed, unit_of_row, scale)

    alone = [scale_moments(packed[unit_of_row == unit], scale) for unit in range(3)]
    apart = agreement_of_moments(alone, scale)
    for name in FIGURES:
        np.testing.assert_array_equal(getattr(together, name), getattr(apart, name))


@pytest.mark.parametrize(
    ("packed", "units"), [([[1, 6]], [0]), ([[1, 200]], [0]), ([[1, 2]], [0, 1]), ([[1, 2]], [9])]
)
def test_what_does_not_fit_is_refused(packed, units):
    with pytest.raises(InvalidAnswer):
        agreement_of_units(np.array(packed, np.uint8), np.array(units), a_scale("ab"), unit_count=3)


def test_moments_of_another_scale_are_refused():
    moments = scale_moments(np.array([[1, 2]], np.uint8), a_scale("ab"))

    with pytest.raises(InvalidAnswer):
        agreement_of_moments([moments], a_scale("abc"))
