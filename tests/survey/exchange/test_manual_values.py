import pytest
from builders import NOON, a_unit
from evaluation_builders import an_asked_evaluation

from survey.errors import ColumnMissing, ManualValuesRefused, TableUnreadable
from survey.exchange.manual_values import manual_values_csv, read_manual_values
from survey.language import LOCALES, messages
from survey.results import manual_entries


def an_evaluation_of(session, *codes):
    units = [a_unit(session, code=code, name=f"单位{code}") for code in codes]
    return an_asked_evaluation(session, units)[0]


def read(session, evaluation, text, encoding="utf-8-sig"):
    content = text.encode(encoding) if isinstance(text, str) else text
    return read_manual_values(
        session, evaluation, content, file_name="分值.csv", entered_by="officer", now=NOON
    )


def standing(session, evaluation):
    return [entry.points for entry in manual_entries(session, evaluation)]


def test_the_file_the_service_exports_is_read_back_filled_in(sqlite_session):
    evaluation = an_evaluation_of(sqlite_session, "001", "002")
    exported = manual_values_csv(sqlite_session, evaluation, "zh-Hans").decode("utf-8-sig")
    filled = exported.replace("指标A21,,", "指标A21,12.5,=核查")

    assert read(sqlite_session, evaluation, filled) == 2

    assert [(e.points, e.note) for e in manual_entries(sqlite_session, evaluation)] == [
        (12.5, "=核查"),
        (12.5, "=核查"),
    ]
    again = manual_values_csv(sqlite_session, evaluation, "en")
    assert read(sqlite_session, evaluation, again) == 0


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
def test_the_same_rows_come_from_every_encoding_that_spreadsheets_write(sqlite_session, encoding):
    evaluation = an_evaluation_of(sqlite_session, "001")

    text = "单位编码,指标编码,分值,说明\r\n001,A21,１２.５,现场核查\r\n"
    read(sqlite_session, evaluation, text, encoding)

    (entry,) = manual_entries(sqlite_session, evaluation)
    assert (entry.points, entry.note) == (12.5, "现场核查")


def test_an_empty_cell_leaves_what_stands(sqlite_session):
    evaluation = an_evaluation_of(sqlite_session, "001", "002")
    read(sqlite_session, evaluation, "unit_code,indicator,points\n001,A21,7\n")

    assert read(sqlite_session, evaluation, "unit_code,indicator,points\n001,A21,\n002,A21,8") == 1

    assert standing(sqlite_session, evaluation) == [7, 8]


def test_every_wrong_row_is_named_and_none_is_entered(sqlite_session):
    evaluation = an_evaluation_of(sqlite_session, "001", "002")
    text = """unit_code,indicator,points,note
001,A21,7,right
009,A21,7,no such unit
001,A99,7,no such indicator
001,A11,7,fed by a survey
002,A21,31,over the full points
002,A21,seven,no number
001,A21,8,a second time
"""

    with pytest.raises(ManualValuesRefused) as refused:
        read(sqlite_session, evaluation, text)

    assert [(cell.row, cell.code) for cell in refused.value.cells] == [
        (3, "manual_unit_unknown"),
        (4, "manual_indicator_unknown"),
        (5, "manual_not_by_hand"),
        (6, "manual_points_range"),
        (7, "manual_points_unreadable"),
        (8, "manual_row_twice"),
    ]
    assert standing(sqlite_session, evaluation) == [None, None]
    for cell in refused.value.cells:
        for locale in LOCALES:
            assert messages().phrase(f"errors.{cell.code}", locale, **cell.values)


def test_a_file_without_a_column_it_needs_is_refused_naming_it(sqlite_session):
    evaluation = an_evaluation_of(sqlite_session, "001")

    with pytest.raises(ColumnMissing) as refused:
        read(sqlite_session, evaluation, "单位编码,分值\n001,7\n")

    assert refused.value.values["columns"] == "指标编码/indicator"


def test_a_file_that_is_no_table_is_refused(sqlite_session):
    evaluation = an_evaluation_of(sqlite_session, "001")

    with pytest.raises(TableUnreadable):
        read(sqlite_session, evaluation, b"\x00\x01\x02")
