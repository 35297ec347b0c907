import pytest
from answers_files import write_csv

from survey.errors import AnswersRefused, ColumnMissing
from survey.exchange.head_counts import read_head_counts

HEADER = ["name", "head_count", "group"]


def test_head_counts_are_read_by_group_and_other_columns_left_alone(tmp_path):
    path = write_csv(
        tmp_path / "h.csv", [HEADER, ["a", 40, "U1"], ["", "１２", " U2 "], ["", "", ""]]
    )

    found = read_head_counts(path)

    assert found.people == {"U1": 40, "U2": 12}
    assert found.rows == {"U1": 2, "U2": 3}
    assert found.file.endswith("h.csv")


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["", 0, "U2"], "head_count_refused"),
        (["", 2.5, "U2"], "head_count_refused"),
        (["", "many", "U2"], "head_count_refused"),
        (["", "", "U2"], "head_count_refused"),
        (["", 5, "U1"], "head_count_twice"),
        (["", 5, ""], "head_count_without_group"),
    ],
)
def test_a_wrong_row_is_named(tmp_path, row, code):
    path = write_csv(tmp_path / "h.csv", [HEADER, ["a", 40, "U1"], row])

    with pytest.raises(AnswersRefused) as refused:
        read_head_counts(path)

    assert [(cell.code, cell.row) for cell in refused.value.cells] == [(code, 3)]


def test_a_file_without_the_columns_is_refused_with_what_it_lacks(tmp_path):
    path = write_csv(tmp_path / "h.csv", [["group", "people"], ["U1", 3]])

    with pytest.raises(ColumnMissing) as refused:
        read_head_counts(path)

    assert refused.value.values["columns"] == "head_count"
