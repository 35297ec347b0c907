import io
import zipfile

import pytest
from answers_files import a_questionnaire, csv_text, write_csv, write_xlsx

from survey.errors import (
    AnswersRefused,
    ColumnMissing,
    FileNotFound,
    FileNotReadable,
    InputError,
    TableUnreadable,
)
from survey.exchange.answers_file import read_answers

HEADER = ["A1", "A2", "A3"]


def refusals(path, questionnaire=None, labels=(), weight=None):
    """Return what is said about each wrong cell."""
    with pytest.raises(AnswersRefused) as raised:
        read_answers(path, questionnaire or a_questionnaire(), labels, weight)
    return [
        (cell.code, cell.row, cell.values.get("column"), cell.values.get("value"))
        for cell in raised.value.cells
    ]


@pytest.mark.parametrize(
    "cell", ["6", "0", "-1", "3.5", "x", "满意", "NA", "nan", "inf", "1e1", "4 5", "9" * 5000, "½"]
)
def test_a_cell_off_the_format_is_named_by_row_and_column(tmp_path, cell):
    path = write_csv(tmp_path / "a.csv", [HEADER, [1, 2, 3], [1, cell, 3]])

    [(code, row, column, value)] = refusals(path)

    assert (code, row, column) == ("off_format_or_dont_know", 3, "A2")
    assert value.removesuffix("…") == cell[:40]


def test_a_cell_of_a_workbook_is_named_by_row_and_column(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", [HEADER, [1, 2, 3], [1, True, 3], [1, 2, 3.5]])

    assert refusals(path) == [
        ("off_format_or_dont_know", 3, "A2", "TRUE"),
        ("off_format_or_dont_know", 4, "A3", "3.5"),
    ]


def test_an_error_or_an_uncomputed_formula_of_a_workbook_is_no_empty_cell(tmp_path):
    rows = [HEADER, ["=VLOOKUP(1,2,3)", "#N/A", 3], [None, "", 3]]
    path = write_xlsx(tmp_path / "a.xlsx", rows)

    assert [(row, column, value) for _, row, column, value in refusals(path)] == [
        (2, "A1", "=VLOOKUP(1,2,3)"),
        (2, "A2", "#N/A"),
    ]


def test_rows_are_counted_as_the_file_has_them(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('note,A1,A2,A3\n"two\nlines",1,2,3\n\nplain,1,9,3\n', "utf-8")

    assert [row for _, row, _, _ in refusals(path)] == [4]


def test_dont_know_is_refused_where_the_format_does_not_offer_it(tmp_path):
    path = write_csv(tmp_path / "a.csv", [["A1", "A2"], ["dk", 3]])

    found = refusals(path, a_questionnaire({"A1": "+", "A2": "+"}, "SA3"))

    assert found == [("dont_know_not_offered", 2, "A1", "dk")]


def test_fractions_stay_inside_the_format(tmp_path):
    path = write_csv(tmp_path / "a.csv", [["A1", "A2"], ["10.01", "-0.5"], ["nan", "1e999"]])

    found = refusals(path, a_questionnaire({"A1": "+", "A2": "+"}, "FREE"))

    assert [(code, row, column) for code, row, column, _ in found] == [
        ("off_fraction_or_dont_know", 2, "A1"),
        ("off_fraction_or_dont_know", 2, "A2"),
        ("off_fraction_or_dont_know", 3, "A1"),
        ("off_fraction_or_dont_know", 3, "A2"),
    ]


@pytest.mark.parametrize("cell", ["3", "0", "rarely", "DK"])
def test_a_choice_off_its_options_is_refused(tmp_path, cell):
    path = write_csv(tmp_path / "a.csv", [["P0", *HEADER], [cell, 1, 2, 3]])

    assert refusals(path, a_questionnaire(screening=True)) == [("off_options", 2, "P0", cell)]


def test_twenty_wrong_cells_are_listed_and_the_rest_counted(tmp_path):
    path = write_csv(tmp_path / "a.csv", [HEADER, *[[9, 1, 8]] * 30_000])

    with pytest.raises(AnswersRefused) as raised:
        read_answers(path, a_questionnaire())

    assert raised.value.count == 60_000
    assert [cell.row for cell in raised.value.cells] == [row for row in range(2, 12) for _ in "ab"]


@pytest.mark.parametrize("cell", ["0", "-1", "nan", "inf", "abc", "1_0", "50%"])
def test_a_weight_that_is_not_a_number_above_zero_is_refused(tmp_path, cell):
    path = write_csv(tmp_path / "a.csv", [["w", *HEADER], [1, 1, 2, 3], [cell, 1, 2, 3]])

    assert refusals(path, weight="w") == [("weight_refused", 3, "w", cell)]


def test_a_missing_weight_is_refused(tmp_path):
    path = write_csv(tmp_path / "a.csv", [["w", *HEADER], ["", 1, 2, 3]])

    assert refusals(path, weight="w") == [("weight_missing", 2, "w", "")]


@pytest.mark.parametrize("row", ["1,2", "1,2,3,4", "1,2,3,"])
def test_a_row_of_another_length_is_refused(tmp_path, row):
    path = tmp_path / "a.csv"
    path.write_text(f"A1,A2,A3\n1,2,3\n{row}\n1,9,3\n", "utf-8")

    assert [(code, at) for code, at, _, _ in refusals(path)] == [
        ("ragged_row", 3),
        ("off_format_or_dont_know", 4),
    ]


def column_code(path, **options):
    """Return why a column was refused."""
    with pytest.raises(ColumnMissing) as raised:
        read_answers(path, a_questionnaire(), **options)
    return raised.value.code, raised.value.values


def test_every_missing_item_column_is_named(tmp_path):
    code, values = column_code(write_csv(tmp_path / "a.csv", [["A2", "x"], [1, 2]]))

    assert (code, values["items"]) == ("item_columns_missing", "A1, A3")


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"labels": ["unit"]}, "by_column_missing"),
        ({"labels": [""]}, "by_column_missing"),
        ({"weight": "w"}, "weight_column_missing"),
    ],
)
def test_an_unknown_column_is_refused(tmp_path, options, code):
    path = write_csv(tmp_path / "a.csv", [["", *HEADER], ["", 1, 2, 3]])

    assert column_code(path, **options)[0] == code


@pytest.mark.parametrize("second", ["A2", " A2", "Ａ２"])
def test_a_column_that_stands_twice_is_refused(tmp_path, second):
    code, values = column_code(write_csv(tmp_path / "a.csv", [[*HEADER, second], [1, 2, 3, 4]]))

    assert (code, values["column"], values["places"]) == ("column_twice", "A2", "2, 4")


def zip_bomb():
    """Return a workbook whose parts claim to unpack to 4 GB."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 1000)
    return content.getvalue().replace((1000).to_bytes(4, "little"), b"\xff\xff\xff\xff")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "table_empty"),
        (b"\n\n", "table_empty"),
        (b",,\n1,2,3\n", "table_empty"),
        (b"\xef\xbb\xbf", "table_empty"),
        (b"A1,A2,A3\n", "table_header_only"),
        (b"A1,A2,A3", "table_header_only"),
        (b"A1,A2,A3\n\n\n", "table_header_only"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "table_binary"),
        (b"A1,A2,A3\n1,\0,3\n", "table_binary"),
        (csv_text([HEADER, [1, 2, 3]]).encode("utf-16"), "table_utf16"),
        (b"A1,A2,A3\n1,2,3\n\xff\xfe\xfd,2,3\n", "table_encoding"),
        (b'A1,A2,A3\n1,2,"3\n', "table_broken"),
        (b'A1,A2,A3\n"1"2,2,3\n', "table_broken"),
        (b'A1,A2,A3\n1,2,"' + b"3" * 200_000, "table_broken"),
        (b"PK\x03\x04 not a workbook", "table_not_xlsx"),
        (zip_bomb(), "table_too_large"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "table_old_excel"),
    ],
)
def test_what_is_no_table_is_refused_with_its_reason(tmp_path, content, code):
    path = tmp_path / "a.csv"
    path.write_bytes(content)

    with pytest.raises(TableUnreadable) as raised:
        read_answers(path, a_questionnaire())

    assert raised.value.code == code
    assert raised.value.values["file"] == "a.csv"


@pytest.mark.parametrize(
    ("content", "row"),
    [
        (b"A1,A2,A3\n1,2,3\n1,\0,3\n", 3),
        (b"A1,A2,A3\n1,2,3\n\xff\xfe\xfd,2,3\n", 3),
        ("甲,A1,A2,A3\n乙,1,2,3\n".encode() + b"\xff", 3),
    ],
)
def test_a_byte_that_cannot_be_read_is_named_by_its_row(tmp_path, content, row):
    path = tmp_path / "a.csv"
    path.write_bytes(content)

    with pytest.raises(TableUnreadable) as raised:
        read_answers(path, a_questionnaire())

    assert raised.value.values["row"] == row


def test_a_damaged_workbook_is_refused_wherever_it_was_cut(tmp_path):
    whole = write_xlsx(tmp_path / "a.xlsx", [HEADER, [1, 2, 3]]).read_bytes()
    path = tmp_path / "cut.xlsx"

    for length in range(4, len(whole), 97):
        path.write_bytes(whole[:length])
        with pytest.raises(InputError):
            read_answers(path, a_questionnaire())


def test_a_file_that_is_not_there_and_a_folder_are_refused(tmp_path):
    with pytest.raises(FileNotFound):
        read_answers(tmp_path / "none.csv", a_questionnaire())
    with pytest.raises(FileNotReadable):
        read_answers(tmp_path, a_questionnaire())
