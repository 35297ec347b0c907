from dataclasses import replace

import pytest

from survey.errors import PlanRefused
from survey.rules.audience import DEFAULT_MINIMA, Audience, Minima
from survey.rules.scoring.scoring_plan import (
    Source,
    canonical_json,
    default_plan,
    read_plan,
    write_plan,
)

STAFF = Source(Audience.STAFF, "service", "ease", 4_000)
CITIZEN = Source(Audience.CITIZEN, "service", "ease", 6_000)


def refusal(make):
    with pytest.raises(PlanRefused) as refused:
        make()
    return refused.value


def test_a_plan_is_read_back_as_it_was_written():
    plan = default_plan([STAFF, CITIZEN])

    assert read_plan(write_plan(plan)) == plan


def test_the_same_plan_has_the_same_bytes_whatever_the_order_of_its_minima():
    plan = default_plan([STAFF, CITIZEN])
    turned = replace(plan, minima=dict(reversed(list(DEFAULT_MINIMA.items()))))

    assert write_plan(turned) == write_plan(plan)


def test_weights_that_do_not_sum_to_100_percent_are_refused_with_the_sum():
    refused = refusal(lambda: default_plan([STAFF, replace(CITIZEN, weight_bp=5_950)]))

    assert (refused.code, refused.values) == ("plan_weights_sum", {"total": "99.5"})


def test_a_weight_that_is_not_positive_is_refused():
    sources = [replace(STAFF, weight_bp=-1_000), replace(CITIZEN, weight_bp=11_000)]

    assert refusal(lambda: default_plan(sources)).code == "plan_weight_not_positive"


def test_a_source_that_stands_there_twice_is_refused():
    twice = [replace(STAFF, weight_bp=5_000)] * 2

    assert refusal(lambda: default_plan(twice)).code == "plan_source_twice"


def test_nobody_may_show_groups_of_fewer_than_three():
    plan = default_plan([STAFF, CITIZEN])
    minima = {**DEFAULT_MINIMA, Audience.STAFF: Minima(2, 10, 10)}

    assert refusal(lambda: replace(plan, minima=minima)).code == "plan_minimum_small"


def test_figures_never_move_by_fewer_than_ten():
    plan = default_plan([STAFF, CITIZEN])

    assert refusal(lambda: replace(plan, batch=9)).code == "plan_batch_small"


def test_a_figure_that_is_no_number_is_not_written():
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical_json({"mean": float("nan")})
