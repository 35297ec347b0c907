import numpy as np
import pytest
from scipy import stats

from scales import OneWay, Undefined, one_way


def test_equal_means_off_by_a_last_digit_do_not_differ():
    n, mean = np.array([7, 11, 13]), 72.3
    centre = float(n @ np.full(3, mean) / n.sum())

    squares = one_way(n, np.full(3, mean), np.zeros(3), np.nextafter(centre, 100))

    assert (squares.between, squares.within) == (0.0, 0.0)
    with pytest.raises(Undefined, match="everybody_scores_the_same"):
        squares.icc1()


def test_mean_squares_equal_but_for_a_last_digit_give_zero():
    within = 0.2
    squares = OneWay(3, 9, np.nextafter(within, 1), within, 3.0)

    assert (squares.icc1(), squares.icc2()) == (0.0, 0.0)


@pytest.mark.parametrize("seed", range(10))
def test_f_and_p_are_those_of_scipy(seed):
    random = np.random.default_rng(seed)
    groups = [random.normal(level, 1, random.integers(2, 9)) for level in random.normal(size=5)]
    n = np.array([len(group) for group in groups])
    means = np.array([group.mean() for group in groups])
    squares = np.array([group.var() * len(group) for group in groups])

    ours = one_way(n, means, squares, np.concatenate(groups).mean())

    theirs = stats.f_oneway(*groups)
    assert ours.f() == pytest.approx(theirs.statistic, rel=1e-9)
    assert ours.p() == pytest.approx(theirs.pvalue, rel=1e-9)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.filterwarnings("ignore:The inplace keyword")  # pingouin on pandas 3
def test_units_of_one_size_have_pingouins_icc(seed):
    import pandas as pd
    import pingouin

    random = np.random.default_rng(seed)
    scores = random.normal(random.normal(0, 0.7, (8, 1)), 1, (8, 5))
    long = pd.DataFrame({"score": scores.ravel()})
    long["unit"], long["person"] = np.repeat(np.arange(8), 5), np.tile(np.arange(5), 8)

    theirs = pingouin.intraclass_corr(long, "unit", "person", "score").set_index("Type")["ICC"]

    ours = one_way(np.full(8, 5), scores.mean(axis=1), scores.var(axis=1) * 5, float(scores.mean()))
    assert ours.icc1() == pytest.approx(theirs["ICC(1,1)"], rel=0, abs=1e-9)
    assert ours.icc2() == pytest.approx(theirs["ICC(1,k)"], rel=0, abs=1e-9)
