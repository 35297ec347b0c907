"""What is doubtful in a questionnaire file is said, and does not refuse it."""

import pytest
from definition_files import FILE, changed, found

from scales import read_questionnaire

C2 = FILE[FILE.index('[[items]]\nid = "C2"') : FILE.index('[[items]]\nid = "C3"')]
C3 = FILE[FILE.index('[[items]]\nid = "C3"') : FILE.index('[[items]]\nid = "P1"')]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            FILE.replace(C2, "").replace(C3, ""),
            ("scale_of_one_item", "scales.care.items", 15),
        ),
        (FILE.replace(C3, ""), ("scale_of_two_items", "scales.care.items", 15)),
        (changed('keyed = "-"', ""), ("all_keyed_the_same_way", "scales.care.keyed", 15)),
        (changed('"2/3"', "0.67"), ("share_asks_for_more", "scales.care.min_answered", 15)),
        (changed("[0, 50, 100]", "[100, 50, 0]"), ("percent_falls", "formats.F.percent", 6)),
        (changed('"So so"', '"Bad"'), ("label_repeated", "formats.F.labels.en", 6)),
        (changed('"Please rate."', '"Rate {unti}."'), ("unknown_placeholder", "opening.en", None)),
    ],
)
def test_a_doubtful_place_is_named_and_the_file_stays_usable(content, expected):
    assert found(content) == [expected]
    assert read_questionnaire(content.encode()).id == "counter"


def test_the_unit_is_a_placeholder_and_template_signs_are_only_text():
    assert found(changed('"Please rate."', '"{unit} {{7*7}} ${x y} {% if %}"')) == []


@pytest.mark.parametrize("share", ['"2/3"', '"0.66"', "1", "0.9", "0.5"])
def test_a_share_that_is_meant_is_not_doubted(share):
    assert found(changed('"2/3"', share)) == []
