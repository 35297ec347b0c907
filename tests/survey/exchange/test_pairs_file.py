"""Lists of who rates whom: XLSX and CSV, pasted or filed, and every wrong cell by its row."""

import pytest

from survey.errors import ColumnMissing, FieldRefused, PairsRefused, RefusedCell, TableUnreadable
from survey.exchange.pairs_file import pairs_template, read_pairs
from survey.rules.ways_in.rating_pairs import PairDefinition


def listed(text, name="list.csv"):
    return read_pairs(text.encode(), file_name=name)


def test_a_list_is_read_with_a_header_in_either_language_or_without():
    rows = "CZ,市财政局,U1,2\n\nFG,发改委,U2,\n"
    expected = (
        PairDefinition("CZ", "市财政局", "U1", 2, 2),
        PairDefinition("FG", "发改委", "U2", 1, 4),
    )

    assert listed("部门编码,部门名称,被评单位编码,名额\n" + rows).pairs == expected
    assert listed("office,office name,unit,quota\n" + rows).pairs == expected
    assert [pair.rater_code for pair in listed(rows).pairs] == ["CZ", "FG"]
    assert listed(rows.replace(",", "\t")).pairs[0].quota == 2


@pytest.mark.parametrize("locale", ["zh-Hans", "en"])
def test_the_template_can_be_read_back_and_its_example_is_refused(locale):
    content = pairs_template({"U1": "一局"}, locale)

    found = read_pairs(content, file_name="pairs.xlsx")

    assert [(cell.row, cell.code) for cell in found.refused] == [(2, "pair_is_example")]


def test_every_wrong_cell_is_named():
    found = listed("CZ,,U1\nC Z,财政,U1\nCZ,财政,U1,半\nCZ,财政," + "\nFG,发改,U1,1")

    assert [(cell.row, cell.code) for cell in found.refused] == [
        (1, "pair_text_missing"),
        (2, "pair_code_wrong"),
        (3, "pair_quota"),
        (4, "pair_text_missing"),
    ]
    with pytest.raises(PairsRefused):
        found.check([])


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", TableUnreadable),
        ("部门编码,部门名称,被评单位编码\n", FieldRefused),
        ("部门编码,部门名称\nCZ,市财政局\n", ColumnMissing),
    ],
)
def test_a_list_that_is_none_is_refused(text, error):
    with pytest.raises(error):
        listed(text)


def test_a_row_with_a_wrong_quota_is_still_looked_up():
    found = listed("CZ,财政,U9,半")
    unknown = RefusedCell("pair_unit_unknown", found.pairs[0].row, {"unit": "U9"})

    with pytest.raises(PairsRefused) as refused:
        found.check([unknown])

    cells = [(cell.row, cell.code) for cell in refused.value.cells]
    assert cells == [(1, "pair_quota"), (1, "pair_unit_unknown")]
