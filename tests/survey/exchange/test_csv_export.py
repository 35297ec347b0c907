import csv
import io

import pytest
from builders import a_unit
from evaluation_builders import an_asked_evaluation, answer, score, varied_sheets
from hypothesis import given
from hypothesis import strategies as st

from survey.exchange.csv_export import indicators_csv, read_text, scores_csv, write_csv
from survey.results import evaluation_results, indicator_table
from survey.rules.audience import Audience

RUNNABLE = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def rows_of(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_file_begins_with_a_byte_order_mark_so_that_spreadsheets_read_chinese():
    assert write_csv(["单位"], [["示范局"]]).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("sign", RUNNABLE)
def test_no_cell_is_a_formula_and_each_is_read_back_as_it_was(sign):
    text = f"{sign}1+2"

    ((_,), (cell,)) = rows_of(write_csv(["note"], [[text]]))

    assert cell == f"'{text}"
    assert read_text(cell) == text


def test_a_heading_is_no_formula_either():
    assert rows_of(write_csv(["=1+2"], [])) == [["'=1+2"]]


def test_numbers_stay_numbers_unrounded_and_negative_ones_too():
    content = write_csv(["a", "b", "c", "d"], [[-1.5, 2 / 3, 40, None]])

    assert rows_of(content)[1] == ["-1.5", "0.6666666666666666", "40", ""]


@given(st.text())
def test_every_text_round_trips(text):
    ((_,), (cell,)) = rows_of(write_csv(["note"], [[text]]))

    assert read_text(cell) == text
    assert not cell.startswith(RUNNABLE)


def a_scored_evaluation(session, name="示范局"):
    unit = a_unit(session, name=name)
    evaluation, campaigns = an_asked_evaluation(session, [unit])
    answer(session, campaigns[Audience.CITIZEN], unit, varied_sheets(40))
    run = score(session, evaluation)
    return evaluation, run


def test_scores_have_a_row_per_unit_audience_and_scale_in_full_precision(sqlite_session):
    evaluation, run = a_scored_evaluation(sqlite_session)
    results = evaluation_results(sqlite_session, evaluation)

    header, *rows = rows_of(scores_csv(results, "en"))
    table = [dict(zip(header, row, strict=True)) for row in rows]

    assert [(row["audience"], row["scale"]) for row in table] == [
        ("", "unit_score"),
        ("staff", "ease"),
        ("partner", "ease"),
        ("citizen", "ease"),
    ]
    citizens = results.units[0].cells[2].scores[0]
    assert float(table[3]["mean_percent"]) == citizens.mean_percent
    assert float(table[3]["ci95_low"]) == citizens.ci95_percent[0]
    assert table[3]["n"] == "40"
    assert (table[1]["n"], table[1]["mean_percent"], table[1]["not_shown"]) == ("", "", "too_few")
    assert table[0]["is_renormalised"] == "true"
    assert {row["run"] for row in table} == {run.code}


def test_the_name_of_a_unit_cannot_run(sqlite_session):
    evaluation, _ = a_scored_evaluation(sqlite_session, name="=HYPERLINK(1)")

    content = scores_csv(evaluation_results(sqlite_session, evaluation), "zh-Hans")

    assert rows_of(content)[0][:2] == ["单位编码", "单位名称"]
    assert rows_of(content)[1][1] == "'=HYPERLINK(1)"


def test_indicators_have_a_row_per_unit_with_every_node(sqlite_session):
    evaluation, _ = a_scored_evaluation(sqlite_session)
    table = indicator_table(sqlite_session, evaluation)

    header, row = rows_of(indicators_csv(table, "zh-Hans"))

    assert header[3:9] == [f"{code} 指标{code}" for code in ("A", "A1", "A11", "A12", "A2", "A21")]
    values = dict(zip(header, row, strict=True))
    assert float(values["A11 指标A11"]) == table.categories[0].units[0].values[2].points
    assert (values["总分"], values["同类排名"], values["待定指标数"]) == ("", "", "2")
