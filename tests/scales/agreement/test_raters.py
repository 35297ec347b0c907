import numpy as np
import pandas as pd
import pingouin
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from scales import InvalidAnswer, Undefined, rater_agreement

KINDS = {
    "ICC(1,1)": "ICC1",
    "ICC(A,1)": "ICC2",
    "ICC(C,1)": "ICC3",
    "ICC(1,k)": "ICC1k",
    "ICC(A,k)": "ICC2k",
    "ICC(C,k)": "ICC3k",
}
tables = st.tuples(st.integers(3, 12), st.integers(2, 6)).flatmap(
    lambda shape: arrays(np.float64, shape, elements=st.integers(1, 10).map(float))
)


def in_long_form(ratings):
    targets, raters = np.indices(ratings.shape)
    return pd.DataFrame(
        {"target": targets.ravel(), "rater": raters.ravel(), "points": ratings.ravel()}
    )


@pytest.mark.filterwarnings("ignore:The inplace keyword")  # pingouin on pandas 3
@pytest.mark.parametrize("seed", range(20))
def test_pingouin_has_the_same_figures(seed):
    random = np.random.default_rng(seed)
    targets, raters = random.integers(3, 40), random.integers(2, 9)
    ratings = random.normal(0, random.uniform(0, 2), (targets, 1)) + random.normal(
        0, random.uniform(0, 1), raters
    )
    ratings += random.normal(size=ratings.shape)

    theirs = pingouin.intraclass_corr(in_long_form(ratings), "target", "rater", "points")

    ours = rater_agreement(ratings)
    for row in theirs.to_dict("records"):
        one = ours.icc[KINDS[row["Type"]]]
        assert one.icc == pytest.approx(row["ICC"], rel=0, abs=1e-9)
        assert one.f == pytest.approx(row["F"], rel=1e-9)
        assert (one.df1, one.df2) == (row["df1"], row["df2"])
        assert one.p == pytest.approx(row["pval"], rel=0, abs=1e-9)
        assert one.interval == pytest.approx(row["CI95"], abs=0.005001)  # it rounds to two places


def test_shrout_and_fleiss_get_their_published_figures():
    ratings = np.array(
        [(9, 2, 5, 8), (6, 1, 3, 2), (8, 4, 6, 8), (7, 1, 2, 6), (10, 5, 6, 9), (6, 2, 4, 7)],
        dtype=float,
    )

    icc = {kind: round(one.icc, 2) for kind, one in rater_agreement(ratings).icc.items()}

    assert icc == {
        "ICC1": 0.17,
        "ICC2": 0.29,
        "ICC3": 0.71,
        "ICC1k": 0.44,
        "ICC2k": 0.62,
        "ICC3k": 0.91,
    }


@given(tables, st.randoms(use_true_random=False))
def test_order_and_scale_of_the_ratings_change_nothing(ratings, random):
    try:
        ours = rater_agreement(ratings)
    except Undefined:
        return
    rows, columns = (random.sample(range(size), size) for size in ratings.shape)

    moved = rater_agreement(10 + 3 * ratings[rows][:, columns])

    for kind, one in ours.icc.items():
        assert moved.icc[kind].icc == pytest.approx(one.icc, rel=1e-7, abs=1e-7)
        assert (moved.icc[kind].f or 0) == pytest.approx(one.f or 0, rel=1e-7)


@given(tables)
def test_the_estimate_lies_inside_its_interval(ratings):
    try:
        ours = rater_agreement(ratings)
    except Undefined:
        return

    for kind in ("ICC1", "ICC3"):
        low, high = ours.icc[kind].interval
        assert low - 1e-9 <= ours.icc[kind].icc <= high + 1e-9


def test_raters_who_agree_entirely_have_one_and_no_f():
    levels = np.random.default_rng(2).normal(75, 10, (50, 1))  # whose mean is off by a last digit
    ours = rater_agreement(np.repeat(levels, 7, axis=1))

    for one in ours.icc.values():
        assert (one.icc, one.f, one.p, one.interval) == (1.0, None, None, (1.0, 1.0))


def test_raters_who_differ_by_level_only_agree_in_order():
    icc = rater_agreement(np.array([[1.0, 2, 3], [2, 3, 4], [4, 5, 6]])).icc

    assert icc["ICC3"].icc == 1.0
    assert 0 < icc["ICC2"].icc < 1
    assert icc["ICC2"].interval[0] < icc["ICC2"].icc < icc["ICC2"].interval[1]


@pytest.mark.parametrize(
    ("ratings", "code"),
    [
        ([[1, 2, 3]], "too_few_targets"),
        ([[1], [2]], "too_few_raters"),
        ([[3, 3], [3, 3]], "ratings_do_not_vary"),
        ([[1, 5], [5, 1]], "targets_do_not_differ"),
        ([[1, 1], [2, 1], [1, 2]], "targets_differ_too_little"),
        ([[13, 13], [16, 13], [13, 16]], "targets_differ_too_little"),
    ],
)
def test_what_has_no_correlation_says_why(ratings, code):
    with pytest.raises(Undefined, match=code):
        rater_agreement(np.array(ratings, dtype=float))


def test_a_gap_is_refused():
    with pytest.raises(InvalidAnswer):
        rater_agreement(np.array([[1.0, np.nan], [2.0, 3.0]]))
