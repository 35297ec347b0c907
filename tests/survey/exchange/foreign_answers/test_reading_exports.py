"""Exports of other platforms are read without who, where and when, and translated exactly."""

import pytest
from builders import QUESTIONNAIRE
from foreign_exports import ABOUT_PEOPLE, HEADINGS, USES, a_csv, a_row, an_xlsx

from scales.catalog import read_questionnaire
from survey.errors import ImportRefused, TableUnreadable
from survey.exchange.foreign_answers.read_export import Destination, read_export
from survey.exchange.foreign_answers.time_taken import UNREADABLE, time_taken
from survey.exchange.foreign_answers.translate import Reading, translate
from survey.rules.sheets.column_mapping import guess_uses

SERVICE = read_questionnaire(QUESTIONNAIRE)
UNITS = {1: ("U1", "市图书馆"), 2: ("U2", "市档案馆"), 3: ("U3", "同名局"), 4: ("U4", "同名局")}
TO = Destination("abcdefgh", SERVICE, [name for _, name in UNITS.values()], b"k" * 32)


def read(content, file="export.csv"):
    return read_export(content, file, TO)


def translated(rows, uses=USES, **given):
    return translate(read(a_csv(rows)), Reading(uses, **given), SERVICE, UNITS)


@pytest.mark.parametrize(
    "content",
    [
        a_csv([a_row(1), a_row(2)]),
        a_csv([a_row(1), a_row(2)], encoding="utf-8"),
        a_csv([a_row(1), a_row(2)], encoding="gb18030"),
        an_xlsx([a_row(1), a_row(2)]),
    ],
    ids=["BOM", "UTF-8", "GB18030", "XLSX"],
)
def test_every_kind_of_file_says_the_same(content):
    export = read(content)

    assert export.dropped == ABOUT_PEOPLE
    assert guess_uses(export.headings, SERVICE, TO.unit_names)[2:] == ("Q1", "Q2", "Q3", "Q4")
    assert [row.number for row in export.rows] == [2, 3]
    assert export.rows[0].cells == ["63秒", "市图书馆", "同意", "不同意", "非常同意", "(空)"]


def test_nothing_about_people_is_left_in_what_is_read():
    kept = repr(read(a_csv([a_row(7)])))

    assert "10.2.3.7" not in kept
    assert "12:07:01" not in kept
    assert "微信" not in kept


def test_rows_become_sheets_and_every_cell_is_accounted_for():
    rows = [
        a_row(1, words="窗口太少 𠮷㐂🙂"),
        a_row(2, "U2", ("不了解", "", "(跳过)")),
        a_row(3, ticks=("", "", "")),
    ]

    found = translated(rows)

    assert [(s.unit_id, s.packed, dict(s.texts), s.seconds) for s in found.sheets] == [
        (1, bytes([4, 2, 5]), {"Q4": "窗口太少 𠮷㐂🙂"}, 63),
        (2, bytes([255, 0, 0]), {}, 63),
    ]
    assert (found.row_count, found.blank_count, found.open_count) == (3, 1, 0)
    for column in found.columns:
        assert column.matched_count + column.empty_count + column.dont_know_count == 3


def test_each_text_that_matches_nothing_is_named_with_its_rows():
    ticks = ("还行", "不同意", "同意")
    rows = [a_row(1), *(a_row(n, ticks=ticks) for n in range(2, 9)), a_row(9, "同名局")]

    found = translated(rows)

    said = [(u.text, u.count, u.rows) for c in found.columns for u in c.unmatched]
    assert said == [("同名局", 1, (10,)), ("还行", 7, (3, 4, 5, 6, 7))]
    assert found.open_count == 2


def test_texts_the_officer_lets_go_are_no_answer_and_rows_of_no_unit_stay_out():
    rows = [a_row(1, ticks=("还行", "不同意", "同意")), a_row(2, "火车站")]

    found = translated(rows, skipped={(2, "还行"), (1, "火车站")})

    assert [sheet.packed for sheet in found.sheets] == [bytes([0, 2, 4])]
    assert (found.left_out_count, found.open_count) == (1, 0)


@pytest.mark.parametrize(
    ("uses", "unit_id", "code"),
    [
        (("", "", "Q1", "", "", ""), None, "import_no_unit"),
        (USES, 1, "import_unit_twice"),
        (("", "@unit", "Q1", "Q1", "", ""), None, "import_twice"),
        (("@seconds", "@unit", "", "", "", ""), None, "import_no_item"),
        (("", "@unit", "Q9", "", "", ""), None, "import_use"),
    ],
)
def test_columns_that_cannot_be_so_are_refused(uses, unit_id, code):
    with pytest.raises(ImportRefused) as refused:
        translated([a_row(1)], uses, unit_id=unit_id)

    assert refused.value.code == code


def test_a_column_of_free_words_is_no_column_of_ticks():
    rows = [a_row(n, words=f"意见{n}") for n in range(101)]

    with pytest.raises(ImportRefused) as refused:
        translated(rows, ("", "@unit", "", "", "", "Q1"))

    assert refused.value.code == "import_unlike"


def test_a_row_longer_than_its_heading_is_refused_by_number():
    with pytest.raises(ImportRefused) as refused:
        read(a_csv([a_row(1), (*a_row(2), "更多")]))

    assert (refused.value.code, refused.value.values["row"]) == ("import_ragged", 3)


def test_a_file_of_headings_alone_is_refused():
    with pytest.raises(TableUnreadable):
        read(a_csv([]))


def test_rows_keep_their_hash_in_a_later_export_and_alike_rows_are_several():
    alike = ("市图书馆", *a_row(1)[6:])
    headings = HEADINGS[5:]
    first = read(a_csv([alike, alike], headings))
    later = read(a_csv([alike, ("市档案馆", *a_row(1)[6:]), alike, alike], headings))

    hashes = [row.row_hash for row in later.rows]

    assert len(set(hashes)) == 4
    assert {row.row_hash for row in first.rows} < set(hashes)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("123秒", 123), ("123", 123), ("2分3秒", 123), ("1小时2分3秒", 3723), ("0:02:03", 123),
        ("02:03", 123), ("12.7", 12), ("１２３秒", 123), ("90 seconds", 90), ("", None),
        ("(空)", None), ("很久", UNREADABLE), ("-5", UNREADABLE), ("2026/6/1 12:00", UNREADABLE),
        ("99999999", UNREADABLE),
    ],
)  # fmt: skip
def test_times_are_read_as_exports_write_them(text, seconds):
    assert time_taken(text) == seconds
