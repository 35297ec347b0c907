import math
from dataclasses import asdict, fields

import numpy as np
import pytest
from scale_builders import a_scale, pack

from scales import (
    InvalidAnswer,
    ItemAnalysis,
    Moments,
    ScaleAnalysis,
    analyse_moments,
    analyse_points,
    analyse_scale,
    scale_moments,
)

GAP = np.nan
RAW = [[1, 4, 2], [2, 5, 1], [4, 2, 5], [5, 1, 4], [2, 3, GAP], [GAP, GAP, GAP]]
SCALE = a_scale("abc", "b")


def analyse(raw, scale=SCALE, **choices):
    return analyse_scale(pack(raw, scale), scale, **choices)


SCALE_KEYS = """
items n n_complete mean_points sd_points mean_percent ci95_percent alpha alpha_ci95
alpha_standardized lambda2 lambda6 omega_total omega_total_ml ordinal_alpha ordinal_omega split_half
average_r median_r first_eigenvalue sem_points warnings by_item weighted kr20 bootstrap
second_eigenvalue
"""
ITEM_KEYS = """
keyed n mean sd skew kurtosis counts floor_share ceiling_share missing_share dont_know_share r_drop
r_total r_total_standardized r_corrected alpha_if_dropped alpha_standardized_if_dropped
lambda6_if_dropped loading key_suspect alpha_if_flipped
"""


def test_the_fields_are_the_keys_of_the_result_in_its_order():
    assert [field.name for field in fields(ScaleAnalysis)] == SCALE_KEYS.split()
    assert [field.name for field in fields(ItemAnalysis)] == ITEM_KEYS.split()


def test_figures_are_plain_numbers():
    def kinds(value):
        if isinstance(value, dict):
            return set().union(*map(kinds, value.values()))
        if isinstance(value, tuple):
            return set().union(*map(kinds, value))
        return {type(value)}

    assert kinds(asdict(analyse(RAW, bootstrap=20))) == {int, float, str, bool, type(None)}


def test_an_item_by_hand():
    item = analyse(RAW).by_item["b"]

    aligned = np.array([2, 1, 4, 5, 3])
    centred = aligned - aligned.mean()
    assert (item.keyed, item.n, item.mean) == ("-", 5, 3.0)
    assert item.sd == pytest.approx(np.std(aligned, ddof=1))
    assert item.skew == pytest.approx(0)
    assert item.kurtosis == pytest.approx((centred**4).mean() / np.var(aligned, ddof=1) ** 2 - 3)
    assert item.counts == {"1": 1, "2": 1, "3": 1, "4": 1, "5": 1}
    assert (item.floor_share, item.ceiling_share) == (0.2, 0.2)
    assert item.missing_share == 1 / 6


def test_skew_is_of_aligned_points_and_counts_are_of_raw_ones():
    scale = a_scale("ab", "b")

    items = analyse([[1, 1], [1, 1], [1, 1], [5, 5]], scale).by_item

    assert items["a"].skew == pytest.approx(6 / 4 / (16 / 4) ** 1.5 * 4)  # m3 = 6, s² = 4
    assert items["b"].skew == pytest.approx(-items["a"].skew)
    assert items["b"].counts == {"1": 3, "2": 0, "3": 0, "4": 0, "5": 1}
    assert (items["b"].floor_share, items["b"].ceiling_share) == (0.25, 0.75)


def test_missing_and_dont_know_are_shares_of_all_sheets():
    packed = np.array([[1, 255, 2], [2, 255, 1], [3, 0, 5], [4, 4, 5]], dtype=np.uint8)

    item = analyse_scale(packed, SCALE).by_item["b"]

    assert (item.missing_share, item.dont_know_share, item.n) == (0.25, 0.5, 1)


def test_r_total_is_with_the_mean_of_the_answered_items():
    raw = [[1, 2, GAP], [3, 1, 2], [GAP, 5, 4], [5, 4, 4], [2, GAP, GAP]]
    scale = a_scale("abc")
    means = np.nanmean(np.array(raw, dtype=float), axis=1)

    item = analyse(raw, scale).by_item["a"]

    assert item.r_total == pytest.approx(np.corrcoef([1, 3, 5, 2], means[[0, 1, 3, 4]])[0, 1])


def test_the_error_of_measurement_goes_with_alpha_and_the_sd_of_scores():
    analysis = analyse(RAW)

    assert analysis.sem_points == pytest.approx(analysis.sd_points * math.sqrt(1 - analysis.alpha))


def test_listwise_figures_are_those_of_the_complete_sheets_alone():
    listwise, alone = analyse(RAW, missing="listwise"), analyse(RAW[:4])

    for key in ("alpha", "alpha_ci95", "alpha_standardized", "lambda2", "lambda6", "average_r"):
        assert getattr(listwise, key) == getattr(alone, key)
    for item in "abc":
        ours, theirs = asdict(listwise.by_item[item]), asdict(alone.by_item[item])
        assert ours.pop("missing_share") > theirs.pop("missing_share")
        assert ours == theirs


def test_scores_do_not_depend_on_the_missing_policy():
    listwise, pairwise = analyse(RAW, missing="listwise"), analyse(RAW)

    for key in ("n", "n_complete", "mean_points", "sd_points", "mean_percent", "ci95_percent"):
        assert getattr(listwise, key) == getattr(pairwise, key)
    assert (pairwise.n, pairwise.n_complete) == (5, 4)


def test_moments_give_every_figure_that_the_sheets_give():
    packed = pack(RAW, SCALE)

    moments = scale_moments(packed, SCALE, with_pairs=True)

    assert analyse_moments(moments, SCALE) == analyse_scale(packed, SCALE)
    assert analyse_moments(moments, SCALE, ordinal=False) == analyse_scale(
        packed, SCALE, ordinal=False
    )


def test_moments_of_an_older_run_lack_some_figures_and_say_so():
    rng = np.random.default_rng(8)
    latent = rng.normal(size=(80, 1)) + rng.normal(size=(80, 3))
    packed = np.clip(np.rint(3 + latent), 1, 5).astype(np.uint8)
    packed[0, 0] = 0
    values = scale_moments(packed, SCALE).to_json()
    older = Moments.from_json({key: values[key] for key in values if "complete" not in key})

    whole, less = asdict(analyse_scale(packed, SCALE)), asdict(analyse_moments(older, SCALE))

    gone = {key for key in whole if whole[key] != less[key]} - {"warnings"}
    assert gone == {"omega_total_ml", "ordinal_alpha", "ordinal_omega"}
    assert [less[key] for key in gone] == [None] * 3
    codes = set(less["warnings"]) - set(whole["warnings"])
    assert codes == {"complete_not_counted", "ordinal_not_counted"}


def test_weights_act_on_means_and_interval_of_percent_only():
    weights = np.array([1.0, 1.0, 1.0, 4.0, 1.0, 1.0])

    plain, weighted = asdict(analyse(RAW)), asdict(analyse(RAW, weights=weights))

    changed = {key for key in plain if plain[key] != weighted[key]}
    assert changed == {"mean_points", "mean_percent", "ci95_percent", "weighted"}
    assert weighted["weighted"] == {
        "n": 5,
        "effective_n": pytest.approx(64 / 20),
        "design_effect": pytest.approx(5 * 20 / 64),
    }


def test_a_group_keeps_the_rows_of_the_whole_file():
    weights = np.ones(6)

    narrow = analyse(RAW, weights=weights, total_rows=6).ci95_percent
    wider_file = analyse(RAW, weights=weights, total_rows=600).ci95_percent

    assert wider_file[1] - wider_file[0] < narrow[1] - narrow[0]


@pytest.mark.parametrize("choices", [{"weights": np.ones(5)}, {"weights": np.zeros(6)}])
def test_weights_that_do_not_fit_are_refused(choices):
    with pytest.raises(InvalidAnswer):
        analyse(RAW, **choices)


def test_fractional_points_have_no_counts_and_an_interpolated_percent():
    scale = a_scale("ab", percent=[0, 10, 50, 90, 100], fractional=True, lowest=0)
    raw = np.array([[0.5, 1.5], [2.5, 3.5], [4.0, GAP]])
    dont_know = np.isnan(raw)

    analysis = analyse_points(raw, scale, is_dont_know=dont_know)

    assert analysis.n == 2
    assert analysis.mean_percent == pytest.approx((5 + 30 + 70 + 95) / 4)
    assert analysis.by_item["a"].counts is None
    assert analysis.by_item["b"].dont_know_share == pytest.approx(1 / 3)
    assert analysis.by_item["b"].missing_share == 0
