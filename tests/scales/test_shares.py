import numpy as np
import pytest
from scale_builders import ANY_ANSWER, a_scale, pack

from scales import (
    Format,
    InvalidAnswer,
    Undefined,
    answer_counts,
    csat,
    level_names,
    mean_of_answers,
    net_promoter_score,
    scale_moments,
    top_levels,
    top_share,
    wilson_interval,
)

GAP = np.nan
LABELS = {"zh-Hans": ("很差", "差", "一般", "好", "很好"), "en": ("Bad", "Good")}
FIVE = Format("AG5", 5, 1, LABELS, (0, 25, 50, 75, 100))


def moments_of(raw, scale, with_pairs=True):
    return scale_moments(pack(raw, scale), scale, with_pairs=with_pairs)


def random_answers(seed, people=200, items=4, missing=0.1):
    random = np.random.default_rng(seed)
    trait = random.normal(size=(people, 1))
    raw = np.clip(np.rint(3 + trait + random.normal(size=(people, items))), 1, 5)
    raw[random.random(raw.shape) < missing] = GAP
    return raw


def test_wilson_by_hand():
    # (0.7 + 0.096036 ± 1.959964·√(0.0105 + 0.0024009))/1.192073
    assert wilson_interval(14, 20) == pytest.approx((0.481027, 0.854523), abs=1e-6)


def test_wilson_of_none_and_all_reaches_the_end_but_has_a_width():
    assert wilson_interval(0, 10) == (0.0, pytest.approx(0.277533, abs=1e-6))
    assert wilson_interval(10, 10) == (pytest.approx(0.722467, abs=1e-6), 1.0)


def test_the_share_of_issued_and_of_valid_forms_differ():
    # 30/40/10/10 of 90 valid (100 issued): 77.8 %, 88.9 %, 70.0 %
    counts = np.array([0, 10, 10, 40, 30])

    assert csat(counts, FIVE).share == pytest.approx(0.778, abs=5e-4)
    assert csat(counts, FIVE, [3, 4, 5]).share == pytest.approx(0.889, abs=5e-4)
    assert csat(counts, FIVE).n_on_levels / 100 == 0.7


def test_the_levels_that_count_are_named():
    assert top_levels(FIVE) == (4, 5)
    assert level_names(FIVE, (4, 5), "zh-Hans") == ("好", "很好")
    assert level_names(FIVE, (4, 5), "en") == ("4", "5")  # labels for the ends only
    assert top_levels(Format("N", 11, 0, {}, ()), 3) == (8, 9, 10)


def test_a_reverse_item_counts_by_its_mirrored_answers():
    scale = a_scale("ab", "b")
    moments = moments_of([[5, 1], [4, 5], [1, 2]], scale)

    assert answer_counts(moments, scale).tolist() == [[1, 0, 0, 1, 1], [1, 0, 0, 1, 1]]
    assert top_share(moments, scale).share == 4 / 6


def test_the_error_is_that_of_a_ratio_over_people():
    scale = a_scale("abcd", "c", min_answered=ANY_ANSWER)
    raw = random_answers(1)
    aligned = np.where([False, False, True, False], 6 - raw, raw)
    on_levels = np.where(np.isnan(aligned), np.nan, aligned >= 4)
    totals, answered = np.nansum(on_levels, axis=1), (~np.isnan(raw)).sum(axis=1)
    share, people = totals.sum() / answered.sum(), (answered > 0).sum()
    parts = (totals - share * answered) / answered.sum()

    ours = mean_of_answers(moments_of(raw, scale), scale, (0, 0, 0, 1, 1))

    assert ours.mean == pytest.approx(share)
    assert ours.standard_error == pytest.approx(np.sqrt(people / (people - 1) * parts @ parts))
    assert not ours.is_cautious


def test_answers_of_one_person_widen_the_interval():
    scale = a_scale("abcd", min_answered=ANY_ANSWER)
    raw = random_answers(2)
    with_pairs = top_share(moments_of(raw, scale), scale)
    without = top_share(moments_of(raw, scale, with_pairs=False), scale)
    naive = wilson_interval(with_pairs.n_on_levels, with_pairs.n_answers)

    assert naive[0] > with_pairs.ci95[0] > without.ci95[0]
    assert naive[1] < with_pairs.ci95[1] < without.ci95[1]
    assert (with_pairs.is_cautious, without.is_cautious) == (False, True)


def test_the_interval_of_a_share_holds_the_truth_as_often_as_it_says():
    scale = a_scale("abcd", min_answered=ANY_ANSWER)
    truth = top_share(moments_of(random_answers(0, 200_000), scale), scale).share

    hits = [
        low <= truth <= high
        for seed in range(1, 401)
        for low, high in [top_share(moments_of(random_answers(seed, 60), scale), scale).ci95]
    ]

    assert 0.92 <= np.mean(hits) <= 0.98


def test_one_item_needs_no_pairs():
    scale = a_scale("a")
    moments = moments_of([[5], [4], [1]], scale, with_pairs=False)

    assert top_share(moments, scale).ci95 == wilson_interval(2, 3)
    assert not top_share(moments, scale).is_cautious


def test_a_share_where_nothing_varies_takes_people_not_answers():
    scale = a_scale("abc")
    share = top_share(moments_of([[5, 5, 4]] * 10, scale), scale)

    assert (share.share, share.is_cautious) == (1.0, True)
    assert share.ci95 == wilson_interval(10, 10)


def test_the_satisfaction_degree_depends_on_its_table():
    # counts 12/39/49/82/2 have mean 2.875
    scale = a_scale("a")
    raw = np.repeat([5.0, 4.0, 3.0, 2.0, 1.0], [12, 39, 49, 82, 2])[:, None]
    moments = moments_of(raw, scale)

    def degree(*table):
        return mean_of_answers(moments, scale, table).mean

    assert degree(1, 2, 3, 4, 5) == pytest.approx(529 / 184)
    assert degree(0, 25, 50, 75, 100) == pytest.approx((529 / 184 - 1) * 25)
    assert degree(20, 40, 60, 80, 100) == pytest.approx(529 / 184 * 20)
    assert degree(0, 30, 60, 80, 100) == pytest.approx((1200 + 3120 + 2940 + 2460) / 184)


def test_one_person_has_a_mean_of_answers_without_an_interval():
    scale = a_scale("ab")

    answers = mean_of_answers(moments_of([[5, 1]], scale), scale, (0, 25, 50, 75, 100))

    assert (answers.mean, answers.standard_error, answers.ci95) == (50.0, None, None)


def test_the_net_promoter_score_by_hand():
    counts = np.array([0, 0, 0, 0, 0, 0, 3, 1, 2, 3, 1])

    score = net_promoter_score(counts)

    # (4.75 − 3.75)/13 = 0.0769; √((8.5/13 − 0.0769²)/13) = 0.22325
    assert (score.n, score.n_promoters, score.n_detractors) == (10, 4, 3)
    assert score.score == pytest.approx(10.0)
    assert score.ci95 == pytest.approx((-36.064, 51.449), abs=0.001)


def test_the_interval_of_a_net_promoter_score_stays_on_its_scale():
    counts = np.zeros(11, dtype=int)
    counts[10] = 5

    score = net_promoter_score(counts)

    assert score.score == score.ci95[1] == 100.0
    assert score.ci95[0] < 60


def test_what_is_no_share_is_refused():
    scale = a_scale("a")
    moments = moments_of([[GAP]], scale)
    for wrong in (
        lambda: wilson_interval(3, 2),
        lambda: top_levels(FIVE, 5),
        lambda: csat(np.zeros(4), FIVE),
        lambda: csat(np.ones(5), FIVE, [6]),
        lambda: net_promoter_score(np.ones(5)),
        lambda: mean_of_answers(moments, scale, (1, 2)),
        lambda: answer_counts(moments, a_scale("ab")),
    ):
        with pytest.raises(InvalidAnswer):
            wrong()
    for empty in (
        lambda: wilson_interval(0, 0),
        lambda: csat(np.zeros(5), FIVE),
        lambda: net_promoter_score(np.zeros(11)),
        lambda: top_share(moments, scale),
    ):
        with pytest.raises(Undefined, match="nobody_answered"):
            empty()
