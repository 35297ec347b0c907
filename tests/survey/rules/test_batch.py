import pytest

from survey.rules.scoring.batch import has_grown_by_a_group, missing_count


@pytest.mark.parametrize(
    ("sheets", "counted", "missing"),
    [
        (4, None, 1),
        (5, None, 0),
        (30, 30, 10),
        (39, 30, 1),
        (40, 30, 0),
        (57, 30, -17),
    ],
)
def test_a_cell_moves_at_the_smallest_number_and_then_by_whole_batches(sheets, counted, missing):
    assert missing_count(sheets, counted, minimum=5, batch=10) == missing


def test_nobody_is_never_counted_whatever_the_minimum():
    assert missing_count(0, None, minimum=0, batch=10) == 1


@pytest.mark.parametrize(
    ("grown", "is_group"), [(-1, False), (0, True), (1, False), (9, False), (10, True), (11, True)]
)
def test_a_group_is_nobody_or_enough(grown, is_group):
    assert has_grown_by_a_group(grown, 10) is is_group
