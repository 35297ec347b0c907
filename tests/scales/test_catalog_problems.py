"""Everything that may be wrong in a questionnaire file is found, named and placed."""

import itertools

import pytest
from definition_files import FILE, LINES, WRONG, changed, found

from scales import DefinitionError, check_questionnaire, read_questionnaire


def test_the_file_the_tests_start_from_has_nothing_wrong():
    assert found(FILE) == []


@pytest.mark.parametrize(("old", "new", "code", "where", "line"), WRONG)
def test_a_wrong_place_is_named_with_its_table_key_and_line(old, new, code, where, line):
    content = changed(old, new)

    assert (code, where, LINES.get(line, line)) in found(content)
    with pytest.raises(DefinitionError):
        read_questionnaire(content.encode())


def test_everything_wrong_is_found_at_once_in_the_order_of_the_file():
    content = FILE.replace("version = 2", "version = -1").replace('en = "Care"', 'en = ""')
    content = content.replace('keyed = "-"', 'keyed = "x"').replace('format = "F"', 'format = "H"')
    content = content.replace('ends = ["no"]', 'ends = ["never"]').replace('["C1"]', '["C9"]')

    assert found(content) == [
        ("not_a_whole_number", "version", None),
        ("empty_text", "scales.care.title.en", 15),
        ("all_keyed_the_same_way", "scales.care.keyed", 15),
        ("unknown_format", "items.C1.format", 20),
        ("bad_keyed", "items.C2.keyed", 27),
        ("unknown_format", "items.C2.format", 27),
        ("unknown_format", "items.C3.format", 36),
        ("unknown_option", "items.P1.ends", 42),
        ("unknown_item", "items.T1.first_after_low", 52),
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"\xff\xfe", ("not_utf8", "", 1)),
        ("id = 1\ntitle = '评估'\n".encode("gb18030"), ("not_utf8", "", 2)),
        (b"\x00\x01\x02", ("not_a_text_file", "", None)),
        ("id = 1\nversion == 2\n", ("not_toml_value", "", 2)),
        ("id = 1\nversion 2\n", ("not_toml_equals", "", 2)),
        ("id = 1\nid = 2\n", ("not_toml_twice", "", 2)),
        ("[a]\n[b]\n[a]\n", ("not_toml_twice", "", 3)),
        ("[items]\n[[items]]\n", ("not_toml_twice", "", 2)),
        ("id = 1\ntitle = { a = 1\n", ("not_toml_brackets", "", 2)),
        ("id = 1\n[[items]\n", ("not_toml_brackets", "", 2)),
        ("id = 1\nids = [1 2]\n", ("not_toml_brackets", "", 2)),
        ("id = 1\ntitle = 'a\n", ("not_toml_quotes", "", 2)),
        ('id = "a\nb"\n', ("not_toml_quotes", "", 1)),
        ('id = 1\ntitle = """a\nb', ("not_toml_quotes", "", 3)),
        ("id = “a”\n", ("not_toml_wide_sign", "", 1)),
        ('id = "a"\nlist = ["a"\uff0c "b"]\n', ("not_toml_wide_sign", "", 2)),
        ("id \uff1d 1\n", ("not_toml_wide_sign", "", 1)),
        (f"id = {'[' * 20_000}", ("nested_too_deeply", "", None)),
        (f"version = {'9' * 20_000}", ("not_toml", "", None)),
        ("title = 1\r\rid = 2", ("not_toml", "", 1)),
    ],
    ids=itertools.count(),
)
def test_what_is_no_toml_at_all_is_one_problem_with_its_line(content, expected):
    assert found(content) == [expected]


def test_an_empty_file_lacks_everything():
    assert found("") == [
        ("missing_key", "items", None),
        ("missing_key", "id", None),
        ("missing_key", "version", None),
        ("missing_key", "title", None),
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("items = 1", ("not_a_list", "items", None)),
        ("items = [1]", ("not_a_table", "items[1]", None)),
        ("items = []", ("empty_list", "items", None)),
        ("[items]\nid = 'C1'", ("single_brackets", "items", None)),
        ("[scales]\nid = 'C1'", ("single_brackets", "scales", None)),
        ("[[formats]]\nid = 'C1'", ("not_a_table", "formats", None)),
        ("formats = { F = 1 }", ("not_a_table", "formats.F", None)),
        ("[formats]\nF = 1", ("not_a_table", "formats.F", 1)),
        ("[formats.F.labels]\nen = 1", ("not_a_list", "formats.F.labels.en", 1)),
        ("title = 'Service'", ("not_by_language", "title", None)),
        ("title = {}", ("missing_language", "title", None)),
        ("title = { 'zh Hans' = 'x' }", ("bad_language", "title.zh Hans", None)),
        ("title = { zh-CN = 'x' }", ("bad_language", "title.zh-CN", None)),
        ("title = { zh-hans = 'x' }", ("bad_language", "title.zh-hans", None)),
        ("opening = 1979-05-27", ("not_by_language", "opening", None)),
        (".".join("a" * 2_000) + " = 1", ("unknown_key", "a", None)),
    ],
)
def test_a_wrong_shape_is_a_problem_of_its_place(content, expected):
    assert expected in found(content)


LAYOUT = """
# [[items]] in a comment
note = [
    ["a"],
    [  "b"  ],  # [[items]]
]
one = '[[items]]'
long = '''
[[items]]
'''
ending = \"\"\"
[[items]]\"\"\"\"\"
  [[ items ]]  # the first
id = "A"
text = { a = { b = 1 } }
[items.more]
[[items]]
id = "B"
[formats."a]b # c"]
"""


@pytest.mark.parametrize(
    ("where", "line"), [("items.A", 13), ("items.B", 17), ("formats.a]b # c", 19)]
)
def test_headers_are_told_from_what_only_looks_like_one(where, line):
    lines = {problem.table: problem.line for problem in check_questionnaire(LAYOUT.encode())}

    assert lines[where] == line


def test_one_wrong_language_code_in_the_title_is_one_problem():
    assert found(changed('title = { zh-Hans = "窗口服务"', 'title = { zh-CN = "窗口服务"')) == [
        ("bad_language", "title.zh-CN", None)
    ]


def test_what_belongs_to_the_whole_file_is_sent_to_its_top():
    content = changed("dont_know = true", "dont_know = true\nopening = 1")

    assert found(content) == [("key_of_the_file", "formats.F.opening", 6)]
