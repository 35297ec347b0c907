"""Two versions of a questionnaire: what may no longer be compared by item id."""

import pytest
from definition_files import FILE, LINES, changed, found

from scales import DefinitionError, check_questionnaire

OLDER = changed("version = 2", "version = 1").encode()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('keyed = "-"', 'keyed = "+"', ("keyed_changed", "items.C2.keyed")),
        ('scales = ["care"]', 'scales = { care = "-" }', ("keyed_changed", "items.C3.keyed")),
        ('scales = ["care"]', "", ("scale_changed", "items.C3.scale")),
        ("[0, 50, 100]", "[0, 60, 100]", ("format_changed", "items.C1.format")),
        ("dont_know = true", "lowest = 0", ("format_changed", "items.C1.format")),
        (
            'scales = ["care"]\nformat = "F"',
            'scales = ["care"]\nformat = "G"',
            ("format_changed", "items.C3.format"),
        ),
        ('kind = "text"\nmax_length = 80', 'format = "F"', ("kind_changed", "items.T1.kind")),
    ],
)
def test_a_change_that_breaks_comparison_is_refused(old, new, expected):
    code, where = expected
    content = changed(old, new)
    line = LINES[where.split(".")[1]]

    problems = check_questionnaire(content.encode(), OLDER)

    assert (*expected, line) in found(content, OLDER)
    assert not next(p for p in problems if p.code == code).is_warning


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('id = "T1"', 'id = "T2"', ("item_removed", "items.T1", None)),
        ('id = "yes"', 'id = "often"', ("options_changed", "items.P1.options", 42)),
        ('"So so"', '"Fair"', ("labels_changed", "formats.F.labels", 6)),
        ('scales = ["care"]', "", ("scale_items_changed", "scales.care.items", 15)),
        ('id = "counter"', 'id = "desk"', ("other_questionnaire", "id", None)),
        ("version = 2", "version = 0x0", ("not_a_whole_number", "version", None)),
    ],
)
def test_a_change_that_only_needs_a_look_is_said(old, new, expected):
    assert expected in found(changed(old, new), OLDER)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("version = 2", "version = 3"),
        ('en = "A"', 'en = "Another wording"'),
        ('scales = ["care"]', 'scale = "care"'),
        ("max_length = 80", "max_length = 90"),
        ('title = { zh-Hans = "用心", en = "Care" }', 'title = { zh-Hans = "细致", en = "Care" }'),
    ],
)
def test_a_fix_of_the_wording_changes_nothing(old, new):
    assert found(changed(old, new), OLDER) == []


def test_a_format_may_be_renamed():
    assert found(FILE.replace('"F"', '"Q"').replace("formats.F", "formats.Q"), OLDER) == []


def test_the_same_version_with_other_bytes_is_refused():
    assert found(FILE + "# more\n", FILE.encode()) == [("version_taken", "version", None)]


def test_a_file_compared_with_itself_has_not_changed():
    assert found(FILE, FILE.encode()) == []


def test_an_older_number_than_the_one_compared_with_is_doubted():
    assert found(OLDER, FILE.encode()) == [("version_behind", "version", None)]


def test_two_questionnaires_without_a_common_item_are_not_compared():
    other = FILE.replace('id = "', 'id = "X').replace('"care"', '"Xcare"')
    other = other.replace('["C1"]', '["XC1"]').replace('["no"]', '["Xno"]')

    assert found(other, OLDER) == [("other_questionnaire", "id", None)]


def test_wrong_places_of_the_newer_file_are_found_beside_the_changes():
    content = changed('keyed = "-"', 'keyed = "x"').replace('"A"', '""')

    assert found(content, OLDER) == [
        ("all_keyed_the_same_way", "scales.care.keyed", 15),
        ("empty_text", "items.C1.text.en", 20),
        ("bad_keyed", "items.C2.keyed", 27),
        ("keyed_changed", "items.C2.keyed", 27),
    ]


def test_an_older_file_that_cannot_be_read_is_refused_with_its_problems():
    with pytest.raises(DefinitionError) as refusal:
        check_questionnaire(FILE.encode(), b"id = 1")

    assert "not_text" in [problem.code for problem in refusal.value.problems]
