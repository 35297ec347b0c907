import numpy as np
import pytest
from scale_builders import a_scale, pack

from scales import (
    Undefined,
    alpha_if_flipped,
    analyse_scale,
    correlations,
    covariances,
    cronbach_alpha,
    scale_moments,
    suspect_keys,
)


def answers(seed=3, people=200, items=5):
    rng = np.random.default_rng(seed)
    latent = 0.75 * rng.normal(size=(people, 1)) + 0.66 * rng.normal(size=(people, items))
    return (1 + np.digitize(latent, [-1.2, -0.4, 0.4, 1.2])).astype(np.uint8)


def suspects(matrix):
    return suspect_keys(*np.linalg.eigh(matrix)).tolist()


def test_an_item_whose_key_was_forgotten_is_suspect():
    packed = answers()
    packed[:, 2] = 6 - packed[:, 2]

    by_item = analyse_scale(packed, a_scale("abcde")).by_item

    assert [item for item, figures in by_item.items() if figures.key_suspect] == ["c"]


def test_declaring_the_key_lifts_the_suspicion_and_gives_the_alpha_announced():
    packed = answers()
    packed[:, 2] = 6 - packed[:, 2]

    before = analyse_scale(packed, a_scale("abcde"))
    after = analyse_scale(packed, a_scale("abcde", "c"))

    assert after.by_item["c"].key_suspect is False
    assert after.alpha == pytest.approx(before.by_item["c"].alpha_if_flipped, rel=0, abs=1e-12)
    assert before.alpha == pytest.approx(after.by_item["c"].alpha_if_flipped, rel=0, abs=1e-12)
    assert after.alpha > before.alpha


def test_each_flip_gives_the_alpha_of_the_flipped_matrix():
    matrix = covariances(scale_moments(answers(), a_scale("abcde", "bd")))

    for item, alpha in enumerate(alpha_if_flipped(matrix)):
        turn = np.ones(5)
        turn[item] = -1
        assert alpha == pytest.approx(cronbach_alpha(matrix * np.outer(turn, turn)), abs=1e-12)


def test_two_items_that_pull_apart_are_both_suspect():
    scale = a_scale("ab")
    packed = pack([[1, 5], [2, 4], [4, 3], [5, 1]], scale)

    by_item = analyse_scale(packed, scale).by_item

    assert [figures.key_suspect for figures in by_item.values()] == [True, True]


def test_the_minority_is_suspect_whatever_the_sign_of_the_component():
    matrix = correlations(covariances(scale_moments(answers(), a_scale("abcde", "e"))))
    values, vectors = np.linalg.eigh(matrix)

    for turned in (vectors, -vectors):
        assert suspect_keys(values, turned).tolist() == [False] * 4 + [True]


def test_items_that_have_nothing_in_common_have_no_first_component():
    with pytest.raises(Undefined, match="no_first_component"):
        suspects(np.eye(3))


def test_one_item_has_no_component():
    with pytest.raises(Undefined, match="single_item"):
        suspects(np.eye(1))
    with pytest.raises(Undefined, match="single_item"):
        alpha_if_flipped(np.eye(1))


def test_a_flip_that_cancels_the_items_out_has_no_alpha():
    assert np.isnan(alpha_if_flipped(np.ones((2, 2)))).all()
