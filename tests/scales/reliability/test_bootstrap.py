"""Bootstrap intervals: repeatable, honest about their coverage, and cheap for many people."""

import numpy as np
import pytest
from scale_builders import a_scale

from scales import (
    InvalidAnswer,
    Undefined,
    analyse_scale,
    bootstrap_intervals,
    scale_moments,
)
from scales.reliability.bootstrap import FIGURES
from scales.reliability.resampled import Resamples

SCALE = a_scale("abcd", "b")
FAST = ("mean_percent", "alpha", "lambda6", "spearman_brown")


def sampled(seed, people, missing_share=0.0):
    random = np.random.default_rng(seed)
    latent = random.normal(size=(people, 1)) * 0.8 + random.normal(size=(people, 4)) * 0.9
    packed = (1 + np.digitize(latent, [-1.5, -0.5, 0.4, 1.3])).astype(np.uint8)
    packed[:, 1] = 6 - packed[:, 1]
    packed[random.random(packed.shape) < missing_share] = 0
    return packed


def true_figures():
    analysis = analyse_scale(sampled(0, 400_000), SCALE)
    return {
        "mean_percent": analysis.mean_percent,
        "alpha": analysis.alpha,
        "lambda6": analysis.lambda6,
        "spearman_brown": analysis.split_half.spearman_brown,
    }


@pytest.mark.parametrize("missing", ["pairwise", "listwise"])
def test_every_interval_holds_the_figure_itself(missing):
    packed = sampled(1, 250, 0.05)

    of_all = analyse_scale(packed, SCALE, missing=missing)
    ci95 = bootstrap_intervals(packed, SCALE, missing=missing, resamples=300).ci95

    assert set(ci95) == set(FIGURES)
    for key, (lower, upper) in ci95.items():
        figure = of_all.split_half if key == "spearman_brown" else of_all
        assert lower < getattr(figure, key) < upper, key


def test_listwise_leaves_out_who_skipped_an_item():
    """Here those who skipped one answered the others at random."""
    complete, others = sampled(1, 250), np.random.default_rng(2).integers(1, 6, (250, 4), np.uint8)
    others[:, 3] = 0
    of_complete = analyse_scale(complete, SCALE)

    ci95 = bootstrap_intervals(
        np.vstack([complete, others]), SCALE, missing="listwise", resamples=200
    ).ci95

    for key in ("alpha", "alpha_standardized", "lambda6", "omega_total", "ordinal_alpha"):
        assert ci95[key][0] < getattr(of_complete, key) < ci95[key][1], key


def test_the_figures_in_the_resamples_are_those_of_the_scale():
    """Drawing every group once is the sample itself."""
    packed = sampled(2, 60, 0.1)
    groups = [scale_moments(packed[row : row + 1], SCALE, with_pairs=True) for row in range(60)]
    analysis = analyse_scale(packed, SCALE)

    once = Resamples.of(groups, SCALE, np.ones((1, 60)), is_complete_only=False)

    for key, figure in FIGURES.items():
        of = analysis.split_half if key == "spearman_brown" else analysis
        tolerance = 1e-4 if key == "ordinal_alpha" else 1e-9
        assert figure(once)[0] == pytest.approx(getattr(of, key), abs=tolerance), key


def test_the_same_answers_and_seed_give_the_same_intervals_in_any_order():
    packed = sampled(3, 900, 0.05)
    shuffled = np.random.default_rng(9).permutation(packed)

    first = bootstrap_intervals(packed, SCALE, resamples=50)

    assert bootstrap_intervals(shuffled, SCALE, resamples=50) == first
    assert bootstrap_intervals(packed, SCALE, resamples=50, seed=2) != first
    assert first.groups == 400


@pytest.mark.parametrize(("people", "samples"), [(60, 150), (200, 100), (2_000, 80)])
def test_the_true_figures_lie_inside_about_95_times_in_100(people, samples):
    """2 000 people are drawn in groups of five.

    60 people make lambda-6 too high (its intervals hold the truth 91 times in 100).
    """
    truth = true_figures()
    if people < 200:
        del truth["lambda6"]

    inside = dict.fromkeys(truth, 0)
    for seed in range(samples):
        ci95 = bootstrap_intervals(
            sampled(seed + 1, people), SCALE, resamples=200, figures=FAST
        ).ci95
        for key in truth:
            inside[key] += ci95[key][0] <= truth[key] <= ci95[key][1]

    for key, times in inside.items():
        assert 0.88 <= times / samples <= 1.0, (key, times)


def test_intervals_narrow_with_the_root_of_the_people():
    widths = [
        np.diff(bootstrap_intervals(sampled(4, people), SCALE, figures=FAST).ci95["alpha"])[0]
        for people in (1_000, 16_000)
    ]

    assert widths[0] / widths[1] == pytest.approx(4, rel=0.2)


def test_a_figure_that_does_not_exist_has_no_interval():
    packed = sampled(5, 40)
    packed[:, 2] = 3  # everybody the same: no correlation

    ci95 = bootstrap_intervals(packed, SCALE, resamples=50).ci95

    assert set(ci95) == {"mean_percent", "alpha", "lambda2", "spearman_brown"}


def test_a_scale_of_one_item_has_an_interval_of_its_mean_only():
    ci95 = bootstrap_intervals(sampled(6, 50)[:, :1], a_scale("a"), resamples=50).ci95

    assert set(ci95) == {"mean_percent"}


def test_people_without_any_answer_are_not_drawn():
    packed = sampled(7, 100)
    with_empty = np.vstack([packed, np.zeros((50, 4), dtype=np.uint8)])

    assert bootstrap_intervals(with_empty, SCALE, resamples=20) == bootstrap_intervals(
        packed, SCALE, resamples=20
    )


def test_one_person_cannot_be_resampled():
    with pytest.raises(Undefined, match="too_few_for_interval"):
        bootstrap_intervals(sampled(8, 1), SCALE)


def test_a_position_off_the_format_is_refused():
    packed = sampled(8, 10)
    packed[3, 2] = 7

    with pytest.raises(InvalidAnswer):
        bootstrap_intervals(packed, SCALE)
