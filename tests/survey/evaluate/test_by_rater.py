"""Quota places of one office are averaged first, and the smallest numbers count offices."""

import numpy as np
import pytest
from builders import QUESTIONNAIRE

from scales import read_questionnaire
from survey.evaluate.measure import measure_cells
from survey.evaluate.move import count_cell
from survey.rules.audience import Audience, Minima
from survey.rules.scoring.run import CountedCampaign

MINIMA = Minima(shown=3, subgroup=10, graded=5)
SERVICE = read_questionnaire(QUESTIONNAIRE)
HIGH, MIDDLE, LOW = (5, 1, 5), (3, 3, 3), (1, 5, 1)


def figures(sheets, raters):
    packed = np.array(sheets, dtype=np.uint8)
    cell = count_cell(packed, SERVICE, None, MINIMA, 10, np.array(raters))
    if cell is None:
        return None
    campaign = CountedCampaign(Audience.PARTNER, "service", 1, "", True, {"U1": cell})
    return measure_cells(campaign, {}, SERVICE)["U1"].get("ease")


def test_an_office_with_many_places_outvotes_nobody():
    figure = figures([LOW, LOW, LOW, LOW, HIGH, HIGH], [1, 1, 1, 1, 2, 3])

    assert figure.n == 3
    assert figure.mean_percent == pytest.approx(200 / 3)


def test_the_places_of_an_office_are_averaged():
    figure = figures([LOW, HIGH, MIDDLE, HIGH], [1, 1, 2, 3])

    assert figure.mean_percent == pytest.approx((50 + 50 + 100) / 3)
    assert figure.sd_percent == pytest.approx(np.std([50, 50, 100], ddof=1))


def test_many_places_of_too_few_offices_are_not_counted():
    assert figures([LOW, HIGH, MIDDLE, HIGH], [1, 1, 2, 2]) is None


def test_one_place_each_is_counted_as_it_always_was():
    packed = np.array([LOW, MIDDLE, HIGH], dtype=np.uint8)

    with_raters = count_cell(packed, SERVICE, None, MINIMA, 10, np.array([1, 2, 3]))

    assert with_raters == count_cell(packed, SERVICE, None, MINIMA, 10)
