import pytest

from scales import (
    InvalidAnswer,
    Undefined,
    corrected_interval,
    finite_population_factor,
    response_rate,
    t_interval,
)


def test_a_response_rate_is_answers_over_people():
    assert response_rate(30, 120) == 0.25
    assert response_rate(0, 120) == 0.0


@pytest.mark.parametrize(
    ("answers", "people", "code"), [(0, 0, "nobody_asked"), (6, 5, "more_answers_than_people")]
)
def test_a_rate_that_says_nothing_is_not_given(answers, people, code):
    with pytest.raises(Undefined, match=code):
        response_rate(answers, people)


def test_a_negative_count_is_refused():
    with pytest.raises(InvalidAnswer):
        finite_population_factor(-1, 5)


def test_half_of_the_people_shrink_the_error_by_the_root_of_two():
    assert finite_population_factor(50, 100) == pytest.approx(0.5**0.5)
    assert finite_population_factor(100, 100_000_000) == pytest.approx(1)


def test_the_interval_narrows_until_everybody_has_answered():
    low, high = corrected_interval(80.0, 10.0, 19, 25)

    plain = t_interval(80.0, 10.0, 19)
    assert high - low == pytest.approx((plain[1] - plain[0]) * (6 / 25) ** 0.5)
    assert corrected_interval(80.0, 10.0, 25, 25) == (80.0, 80.0)


def test_one_answer_has_no_interval():
    with pytest.raises(Undefined, match="too_few_for_interval"):
        corrected_interval(80.0, 0.0, 1, 25)


def test_simulated_samples_of_a_small_office_hold_its_mean_as_often_as_promised():
    import numpy as np

    random = np.random.default_rng(7)
    office = random.normal(75, 12, 40)
    hits = 0
    for _ in range(2_000):
        answered = random.choice(office, 20, replace=False)
        low, high = corrected_interval(answered.mean(), answered.std(ddof=1), 20, 40)
        hits += low <= office.mean() <= high

    assert hits / 2_000 == pytest.approx(0.95, abs=0.015)
