"""The quality of each sheet as a file."""

import csv
import io

import numpy as np
from quality_builders import keyed

from scales import flag_sheets, sheet_quality
from survey.exchange.quality_csv import quality_csv

HEADER = [
    "row",
    "longstring",
    "irv",
    "even_odd",
    "synonyms",
    "antonyms",
    "mahalanobis",
    "contradictions",
    "seconds_per_item",
    "flags",
]
QUESTIONNAIRE = keyed("+++--", "++---")
RAW = np.array(
    [
        [4.0] * 10,
        [5, 4, 5, 2, 1, 3, 4, 2, 1, 2],
        [np.nan] * 10,
    ]
)
SECONDS = np.array([5.0, 40.0, np.nan])


def rows_of(**places):
    quality = sheet_quality(RAW, QUESTIONNAIRE, seconds=SECONDS)
    content = quality_csv(quality, flag_sheets(quality), **places)
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def test_a_sheet_is_a_row_counted_from_one():
    rows = rows_of()

    assert list(rows[0]) == HEADER
    assert [row["row"] for row in rows] == ["1", "2", "3"]


def test_values_are_unrounded_and_counts_are_whole():
    row = rows_of()[1]

    assert row["longstring"] == "1"
    assert row["contradictions"] == "0"
    assert row["seconds_per_item"] == "4.0"
    assert float(row["irv"]) == RAW[1].std(ddof=1)


def test_flags_are_joined_in_the_order_of_the_rules():
    assert [row["flags"] for row in rows_of()] == [
        "too_fast;straight_line;contradictory",
        "",
        "incomplete",
    ]


def test_what_does_not_exist_is_empty():
    blank = rows_of()[2]

    assert {name: blank[name] for name in HEADER[1:9]} == dict.fromkeys(HEADER[1:9], "")


def test_sheets_that_are_not_counted_keep_their_row():
    rows = rows_of(rows=[0, 2, 3], row_count=5)

    assert [row["row"] for row in rows] == ["1", "2", "3", "4", "5"]
    assert [row["longstring"] for row in rows] == ["10", "", "1", "", ""]
    assert [row["flags"] for row in rows][3:] == ["incomplete", ""]
