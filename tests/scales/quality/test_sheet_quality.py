"""Values of each sheet, against hand computation and against careless 1.2.2."""

import numpy as np
import pytest
from quality_builders import keyed
from reference_cases import read_rows
from scipy.stats import pearsonr

from scales import (
    InvalidAnswer,
    Undefined,
    even_odd,
    individual_variability,
    item_correlations,
    longest_string,
    mahalanobis_distances,
    pair_consistency,
    sheet_quality,
)

NAN = float("nan")
FIVE_SCALES = keyed(*["+-+--+", "-++-+-", "+--++-", "-+-+-+", "++--+-"])
CARELESS = {
    "longstring": "longstring",
    "irv": "irv",
    "mahalanobis_d2": "mahalanobis",
    "evenodd": "even_odd",
    "psychsyn_040": "synonyms",
    "psychant_025": "antonyms",
}


def careless_answers():
    rows = read_rows("careless", "data.csv")
    items = [name for name in rows[0] if name not in ("id", "truth")]
    return np.array([[float(row[item]) for item in items] for row in rows])


@pytest.mark.parametrize("theirs", CARELESS)
def test_a_value_is_that_of_the_package_careless_sheet_by_sheet(theirs):
    quality = sheet_quality(careless_answers(), FIVE_SCALES, synonym_r=0.40, antonym_r=-0.25)

    expected = [float(row[theirs] or "nan") for row in read_rows("careless", "quality.csv")]

    np.testing.assert_allclose(getattr(quality, CARELESS[theirs]), expected, rtol=0, atol=1e-9)


def test_a_missing_answer_ends_a_string():
    raw = np.array([[4, 4, 4, NAN, 4, 4, 2], [NAN] * 7, [1, 2, 1, 2, 1, 2, 1.0]])

    np.testing.assert_array_equal(longest_string(raw), [3, NAN, 1])


def test_variability_is_the_standard_deviation_of_what_was_answered():
    raw = np.array([[1, NAN, 5, 3], [2, NAN, NAN, NAN], [4, 4, 4, 4.0]])

    np.testing.assert_allclose(individual_variability(raw), [2.0, NAN, 0.0])


def test_even_odd_is_stepped_up_and_turned():
    # odd means 1, 2, 4 and even means 1, 3, 3
    scales = [np.array([[1.0, 1.0]]), np.array([[2.0, 3.0]]), np.array([[4.0, 3.0]])]
    r = pearsonr([1, 2, 4], [1, 3, 3]).statistic

    assert even_odd(scales)[0] == pytest.approx(-2 * r / (1 + r), abs=1e-12)


def test_even_odd_never_passes_one():
    scales = [np.array([[1.0, 3.0]]), np.array([[2.0, 2.0]]), np.array([[3.0, 1.0]])]

    assert even_odd(scales).tolist() == [1.0]


def test_even_odd_needs_two_scales_with_both_halves_that_vary():
    alike = [np.array([[3.0, 4.0]]), np.array([[3.0, 5.0]])]
    halved = [np.array([[3.0, 4.0]]), np.array([[2.0, NAN]])]
    with_single_item = [np.array([[3.0, 4.0]]), np.array([[2.0]])]

    for scales in (alike, halved, with_single_item, []):
        assert np.isnan(even_odd(scales)).all()


def test_items_are_correlated_over_the_sheets_that_answer_both():
    rng = np.random.default_rng(1)
    answers = rng.integers(1, 6, (40, 3)).astype(float)
    answers[rng.random(answers.shape) < 0.2] = NAN
    has_both = ~np.isnan(answers[:, [0, 2]]).any(axis=1)

    expected = pearsonr(answers[has_both, 0], answers[has_both, 2]).statistic

    assert item_correlations(answers)[0, 2] == pytest.approx(expected, abs=1e-12)


def test_an_item_that_never_varies_correlates_with_nothing():
    answers = np.array([[1.0, 3.0], [2.0, 3.0], [3.0, 3.0]])

    assert np.isnan(item_correlations(answers)[0, 1])


def test_pairs_are_correlated_within_the_sheet_where_both_were_answered():
    pairs = np.zeros((6, 6), dtype=bool)
    pairs[[0, 2, 4, 0], [1, 3, 5, 5]] = True
    raw = np.array([[1.0, 2.0, 4.0, 5.0, 3.0, 3.0], [1.0, 2.0, 4.0, NAN, 3.0, 3.0]])

    both = pearsonr([1, 4, 3, 1], [2, 5, 3, 3]).statistic
    without = pearsonr([1, 3, 1], [2, 3, 3]).statistic

    np.testing.assert_allclose(pair_consistency(raw, pairs), [both, without], atol=1e-12)
    np.testing.assert_allclose(pair_consistency(raw, pairs | pairs.T), [both, without], atol=1e-12)


def test_one_pair_tells_nothing():
    pairs = np.triu(np.ones((2, 2), dtype=bool), 1)

    assert np.isnan(pair_consistency(np.array([[1.0, 5.0]]), pairs)).all()


def test_distance_is_that_of_complete_sheets_only():
    rng = np.random.default_rng(2)
    raw = rng.integers(1, 6, (30, 4)).astype(float)
    with_gap = np.vstack([raw, [NAN, 1, 1, 1]])
    centred = raw - raw.mean(axis=0)

    expected = np.einsum("ij,jk,ik->i", centred, np.linalg.inv(np.cov(raw.T)), centred)

    np.testing.assert_allclose(mahalanobis_distances(with_gap), [*expected, NAN], atol=1e-9)


@pytest.mark.parametrize(
    "raw",
    [
        np.array([[1.0, 2.0], [2.0, 1.0]]),
        np.array([[1.0, 2.0], [2.0, 2.0], [4.0, 2.0], [3.0, 2.0]]),
        np.array([[1.0, 2.0], [2.0, 4.0], [2.0, 4.0], [1.0, 2.0]]),
        np.full((5, 2), NAN),
    ],
    ids=["no more sheets than items", "no variance", "repeated item", "nobody complete"],
)
def test_distances_do_not_exist_without_an_inverse(raw):
    with pytest.raises(Undefined, match="singular_matrix"):
        mahalanobis_distances(raw)


def test_contradictions_are_counted_where_a_pair_was_answered():
    questionnaire = keyed("+-", "++--")
    raw = np.array([[5, 4, 4, 5, 1, 4.0], [3, 5, 3, 3, 3, 3], [NAN, 1, NAN, NAN, 1, 1]])

    quality = sheet_quality(raw, questionnaire)

    np.testing.assert_array_equal(quality.contradictions, [3, 0, NAN])


def test_seconds_are_shared_among_the_answered_items():
    questionnaire = keyed("+-", "++")
    raw = np.array([[5, 1, 4, NAN], [NAN] * 4, [1, 1, 1, 1.0]])

    quality = sheet_quality(raw, questionnaire, seconds=np.array([12.0, 12.0, NAN]))

    np.testing.assert_array_equal(quality.seconds_per_item, [4.0, NAN, NAN])


def test_nobody_and_one_sheet_have_values_all_the_same():
    questionnaire = keyed("+-", "++")

    nobody = sheet_quality(np.empty((0, 4)), questionnaire)
    one = sheet_quality(np.array([[1.0, 2.0, 2.0, 5.0]]), questionnaire)

    assert nobody.longstring.shape == (0,)
    assert one.longstring.tolist() == [2.0]
    assert np.isnan(one.mahalanobis).all()


def test_an_answer_sheet_of_other_columns_is_refused():
    with pytest.raises(InvalidAnswer):
        sheet_quality(np.ones((2, 3)), keyed("+-", "++"))
