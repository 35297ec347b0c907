import pytest
from answers_files import a_questionnaire

from survey.report.distribution import percent_of_answers, segments
from survey.report.drawing import diverging_bars, gauge_of
from survey.report.unit_part import shrunken_percent


@pytest.mark.parametrize(
    ("alpha", "place"),
    [(0.0, 0), (-2.0, 0), (0.3, 10), (0.6, 20), (0.75, 50), (0.9, 80), (1.0, 100)],
)
def test_the_gauge_has_bands_of_equal_length_and_a_marker_inside_its_band(alpha, place):
    gauge = gauge_of(alpha, None, "zh-Hans")

    assert [(band.band, band.limit) for band in gauge.bands] == [
        ("poor", None),
        ("questionable", 0.6),
        ("acceptable", 0.7),
        ("good", 0.8),
        ("excellent", 0.9),
    ]
    assert gauge.marker == pytest.approx(place)


def test_a_gauge_without_a_figure_has_no_marker():
    assert gauge_of(None, None, "zh-Hans").marker is None
    assert gauge_of(0.75, (0.6, 0.9), "zh-Hans").whisker == pytest.approx((20, 80))


def bars(*counts):
    item = a_questionnaire().scales[0].items[0]
    rows = {
        str(at): segments(item, dict(zip("12345", row, strict=True)), "zh-Hans")
        for at, row in enumerate(counts)
    }
    return diverging_bars(rows)


def test_bars_of_a_scale_meet_at_one_middle_line_and_fill_the_width():
    middle, found = bars((1, 0, 0, 0, 3), (2, 0, 0, 0, 2))

    assert middle == pytest.approx(100 * 50 / 125)
    left, even = found["0"], found["1"]
    assert even.start == 0
    assert left.start + 25 * left.scale == pytest.approx(middle)
    assert left.start + 100 * left.scale == pytest.approx(100)


def test_the_middle_answer_stands_half_on_either_side():
    middle, found = bars((0, 0, 4, 0, 0))

    assert middle == 50
    assert (found["0"].start, found["0"].scale) == (0, 1)


def test_an_item_nobody_answered_has_no_bar():
    assert bars((0, 0, 0, 0, 0))[1] == {}


def test_the_score_of_a_reverse_item_is_turned_round(item_figures):
    scale, figures = item_figures

    assert percent_of_answers(scale.items[0], scale, figures) == 75
    assert percent_of_answers(scale.items[1], scale, figures) == 25


def test_shrunken_means_are_percent_only_where_the_table_is_a_straight_line():
    scale = a_questionnaire().scales[0]

    assert shrunken_percent(scale, 3.5) == 62.5
    assert shrunken_percent(scale, None) is None


@pytest.fixture
def item_figures(tmp_path):
    from answers_files import write_csv

    from survey.exchange.answers_file import read_answers
    from survey.item_analysis import Choices, analyse_answers

    questionnaire = a_questionnaire()
    answers = read_answers(
        write_csv(tmp_path / "a.csv", [["A1", "A2", "A3"], [4, 4, 4], [4, 4, 3]]), questionnaire
    )
    analysis = analyse_answers(questionnaire, answers, Choices()).scales["ease"]
    return questionnaire.scales[0], analysis.by_item["A1"]
