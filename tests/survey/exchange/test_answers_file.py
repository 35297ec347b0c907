import datetime

import numpy as np
import pytest
from answers_files import a_questionnaire, csv_text, write_csv, write_xlsx
from hypothesis import given, settings
from hypothesis import strategies as st

from scales import DONT_KNOW, SKIPPED
from survey.exchange.answers_file import read_answers

ROWS = [["科室", "A1", "A2", "A3"], ["一科", 1, "", "DK"], ["二科", 5, 4, 3]]
PACKED = [[1, SKIPPED, DONT_KNOW], [5, 4, 3]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_utf_8_with_and_without_bom_and_gb18030_are_read_alike(tmp_path, encoding):
    path = write_csv(tmp_path / "answers.csv", ROWS, encoding)

    answers = read_answers(path, a_questionnaire(), ["科室"])

    assert answers.packed.tolist() == PACKED
    assert answers.labels["科室"] == ["一科", "二科"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_read_alike(tmp_path, end):
    path = tmp_path / "answers.csv"
    path.write_bytes(csv_text(ROWS).replace("\n", end).encode())

    assert read_answers(path, a_questionnaire()).packed.tolist() == PACKED


@pytest.mark.parametrize("mark", [";", "\t"])
def test_semicolons_and_tabs_part_cells_too(tmp_path, mark):
    path = tmp_path / "answers.csv"
    path.write_text(csv_text(ROWS).replace(",", mark), "utf-8")

    assert read_answers(path, a_questionnaire()).packed.tolist() == PACKED


def test_the_content_decides_what_a_file_is_not_its_name(tmp_path):
    xlsx = write_xlsx(tmp_path / "really_xlsx.xlsx", ROWS).rename(tmp_path / "named.csv")
    csv = write_csv(tmp_path / "named.xlsx", ROWS)

    assert read_answers(xlsx, a_questionnaire()).packed.tolist() == PACKED
    assert read_answers(csv, a_questionnaire()).packed.tolist() == PACKED


@pytest.mark.parametrize(
    ("cell", "position"),
    [
        ("4", 4),
        (" 4 ", 4),
        ("4.0", 4),
        ("４", 4),
        ("４．０", 4),
        ("\u30004", 4),
        ("+4", 4),
        ("", SKIPPED),
        ("  ", SKIPPED),
        ("\u3000", SKIPPED),
        ("DK", DONT_KNOW),
        ("dk", DONT_KNOW),
        ("ＤＫ", DONT_KNOW),
        (" Dk ", DONT_KNOW),
    ],
)
def test_a_cell_is_read_as_a_person_would(tmp_path, cell, position):
    path = write_csv(tmp_path / "answers.csv", [["A1", "A2", "A3"], [cell, 1, 1]])

    assert read_answers(path, a_questionnaire()).packed[0, 0] == position


def test_a_format_from_zero_stores_positions_not_points(tmp_path):
    items = {"A1": "+", "A2": "+"}
    path = write_csv(tmp_path / "answers.csv", [["A1", "A2"], [1, 3]])

    assert read_answers(path, a_questionnaire(items, "SA3")).packed.tolist() == [[1, 3]]


def test_fractions_stand_in_points_and_missing_answers_keep_their_kind(tmp_path):
    questionnaire = a_questionnaire({"A1": "+", "A2": "-"}, "FREE")
    path = write_csv(tmp_path / "a.csv", [["A1", "A2"], ["3.5", "０"], ["", "dk"], [10, "1e0"]])

    answers = read_answers(path, questionnaire)

    np.testing.assert_array_equal(answers.points, [[3.5, 0], [np.nan, np.nan], [10, 1]])
    assert answers.packed[1].tolist() == [SKIPPED, DONT_KNOW]
    assert not np.isin(answers.packed[[0, 2]], [SKIPPED, DONT_KNOW]).any()


@pytest.mark.parametrize(("cell", "position"), [("often", 1), ("1", 1), ("never", 2), ("2", 2)])
def test_a_choice_is_an_option_id_or_its_position(tmp_path, cell, position):
    questionnaire = a_questionnaire(screening=True)
    path = write_csv(tmp_path / "answers.csv", [["P0", "A1", "A2", "A3"], [cell, 1, 2, 3]])

    packed = read_answers(path, questionnaire).packed

    assert packed[0, questionnaire.columns["P0"]] == position


def test_choice_items_may_be_absent_and_other_columns_are_left_alone(tmp_path):
    rows = [["编号", "A3", "seconds", "A1", "A2", "T1"], ["x", 3, 99, 1, 2, "=1+1"]]
    path = write_csv(tmp_path / "answers.csv", rows)

    assert read_answers(path, a_questionnaire(screening=True)).packed.tolist() == [[1, 2, 3, 0]]


def test_header_cells_may_be_full_width_or_have_spaces(tmp_path):
    path = write_csv(tmp_path / "answers.csv", [[" A1", "Ａ２", "A3 ", ""], [1, 2, 3, ""]])

    assert read_answers(path, a_questionnaire()).packed.tolist() == [[1, 2, 3]]


def test_empty_lines_are_no_sheets_but_rows_of_empty_cells_are(tmp_path):
    path = tmp_path / "answers.csv"
    path.write_text("A1,A2,A3\n\n1,2,3\n,,\n\n4,5,1\n\n\n", "utf-8")

    assert read_answers(path, a_questionnaire()).packed.tolist() == [
        [1, 2, 3],
        [0, 0, 0],
        [4, 5, 1],
    ]


def test_rows_of_nothing_at_the_end_of_a_sheet_are_no_sheets(tmp_path):
    rows = [["A1", "A2", "A3"], [1, 2, 3], [None] * 3, [3, 2, 1], [" "] * 3, ["\u3000"] * 3]

    packed = read_answers(write_xlsx(tmp_path / "a.xlsx", rows), a_questionnaire()).packed

    assert packed.tolist() == [[1, 2, 3], [0, 0, 0], [3, 2, 1]]


def test_labels_of_a_workbook_read_as_they_look(tmp_path):
    day = datetime.date(2026, 1, 31)
    rows = [["单位", "日期", "窗口", "A1", "A2", "A3"], ["007", day, 12, 1, 2, 3]]
    path = write_xlsx(tmp_path / "a.xlsx", rows)

    labels = read_answers(path, a_questionnaire(), ["单位", "日期", "窗口"]).labels

    assert labels == {"单位": ["007"], "日期": ["2026-01-31"], "窗口": ["12"]}


def test_weights_are_numbers(tmp_path):
    path = write_csv(
        tmp_path / "a.csv", [["w", "A1", "A2", "A3"], ["０.５", 1, 2, 3], [2, 1, 1, 1]]
    )

    assert read_answers(path, a_questionnaire(), weight="w").weights.tolist() == [0.5, 2.0]


def test_a_csv_longer_than_a_sheet_of_excel_is_read_whole(tmp_path):
    path = tmp_path / "long.csv"
    path.write_bytes(b"A1,A2\n" + b"1,5\n" * 1_048_577)

    packed = read_answers(path, a_questionnaire({"A1": "+", "A2": "-"})).packed

    assert packed.shape == (1_048_577, 2)
    assert packed.min(axis=0).tolist() == packed.max(axis=0).tolist() == [1, 5]


cells = st.sampled_from(["", "1", "2", "3", "4", "5", "DK"])
sheets = st.lists(st.tuples(st.sampled_from(["甲", "乙𠮷"]), cells, cells, cells), min_size=1)


@settings(deadline=None, max_examples=40)
@given(sheets)
def test_a_file_reads_alike_however_it_was_saved(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("saved")
    table = [["单位", "A1", "A2", "A3"], *rows]
    paths = [
        write_csv(folder / "1.csv", table),
        write_csv(folder / "2.csv", table, "utf-8-sig"),
        write_csv(folder / "3.csv", table, "gb18030"),
        write_xlsx(folder / "4.xlsx", table),
    ]

    read = [read_answers(path, a_questionnaire(), ["单位"]) for path in paths]

    for answers in read[1:]:
        assert answers.packed.tolist() == read[0].packed.tolist()
        assert answers.labels == read[0].labels == {"单位": [row[0] for row in rows]}
