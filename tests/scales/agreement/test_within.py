import numpy as np
import pytest

from scales import (
    InvalidAnswer,
    a_wg,
    ad_mean,
    ad_median,
    item_variances,
    rwg,
    rwg_j,
    rwg_j_lindell,
)

ALL_AGREE = np.array([[0, 0, 0, 4, 0], [4, 0, 0, 0, 0]])
SPREAD = np.array([[1, 1, 0, 1, 1], [0, 2, 0, 2, 0]])


def test_all_who_tick_the_same_agree_exactly():
    assert list(item_variances(ALL_AGREE)) == [0, 0]
    assert list(rwg(ALL_AGREE)) == [1, 1]
    assert (rwg_j(ALL_AGREE), rwg_j_lindell(ALL_AGREE)) == (1, 1)
    assert (ad_mean(ALL_AGREE), ad_median(ALL_AGREE)) == (0, 0)


def test_spread_answers_have_the_figures_of_a_hand_computation():
    variances = [(4 + 1 + 1 + 4) / 3, 4 / 3]

    assert item_variances(SPREAD) == pytest.approx(variances)
    assert rwg(SPREAD) == pytest.approx([0, 1 - 4 / 6])
    assert rwg_j_lindell(SPREAD) == pytest.approx(1 - (10 / 3 + 4 / 3) / 2 / 2)
    assert rwg_j(SPREAD) == 0
    assert ad_mean(SPREAD) == pytest.approx((1.5 + 1) / 2)
    widest = (6 * 3 - 9 - 5) * 4 / 3
    assert a_wg(SPREAD) == pytest.approx(1 - 2 * np.mean(variances) / widest)


def test_the_median_lies_nearer_to_answers_than_the_mean():
    skewed = np.array([[3, 0, 0, 0, 2]])

    assert ad_median(skewed) == pytest.approx(8 / 5)
    assert ad_mean(skewed) == pytest.approx(2 * 3 * 1.6 / 5)


def test_an_item_at_the_end_of_the_range_is_left_out_of_awg():
    at_the_end = np.array([[4, 0, 0, 0, 0], [0, 2, 0, 2, 0]])

    assert a_wg(at_the_end) == pytest.approx(a_wg(at_the_end[1:]))
    assert np.isnan(a_wg(at_the_end[:1]))


@pytest.mark.parametrize("figure", [rwg, rwg_j, rwg_j_lindell, ad_mean, ad_median, a_wg])
def test_one_person_or_none_has_no_figure_and_units_stand_side_by_side(figure):
    one = np.array([[0, 1, 0, 0, 0], [1, 0, 0, 0, 0]])
    several = np.stack([one, SPREAD, one * 0, ALL_AGREE])

    result = figure(several)

    assert np.isnan(result[[0, 2]]).all()
    np.testing.assert_array_equal(result[1], figure(SPREAD))
    assert result.shape[0] == 4


@pytest.mark.parametrize("figure", [rwg, rwg_j, ad_mean, ad_median, a_wg])
def test_the_mirror_image_agrees_as_much(figure):
    uneven = np.array([[3, 0, 1, 0, 1], [0, 2, 0, 2, 1]])

    np.testing.assert_allclose(figure(uneven[:, ::-1]), figure(uneven), rtol=1e-12)


@pytest.mark.parametrize("counts", [[[1, 0], [1, 1]], np.empty((0, 5), dtype=int), [1, 2]])
def test_counts_that_are_not_of_complete_people_are_refused(counts):
    with pytest.raises(InvalidAnswer):
        rwg_j(np.array(counts))
