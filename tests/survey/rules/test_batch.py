import pytest

from survey.rules.batch import missing_count


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
