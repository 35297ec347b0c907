"""Whatever a file holds, reading it gives a definition or its problems, never anything else."""

import re

import pytest
from definition_files import FILE
from hypothesis import given, settings
from hypothesis import strategies as st

from scales import DefinitionError, Questionnaire, check_questionnaire, read_questionnaire

ROWS = FILE.splitlines(keepends=True)
VALUES = [match.span(1) for match in re.finditer(r"= *(.+?)(?=,| }|\n)", FILE)]
KEYS = [match.span(1) for match in re.finditer(r"([A-Za-z_][\w.-]*) *=", FILE)]

words = st.sampled_from(
    [
        "care",
        "C1",
        "F",
        "G",
        "no",
        "zh-Hans",
        "en",
        "id",
        "text",
        "+",
        "-",
        "2/3",
        "",
        "items",
        "评",
    ]
)
values = st.recursive(
    st.one_of(
        words.map(lambda word: f'"{word}"'),
        st.integers().map(str),
        st.floats().map(lambda number: repr(number)),
        st.sampled_from(["true", "false", "1979-05-27T07:32:00Z", "07:32:00", "''", '"\\u0000"']),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(lambda entries: f"[{', '.join(entries)}]"),
        st.dictionaries(st.sampled_from(["id", "text", "en", "care", "a"]), inner, max_size=3).map(
            lambda table: f"{{ {', '.join(f'{key} = {value}' for key, value in table.items())} }}"
        ),
    ),
    max_leaves=6,
)


def problems_or_definition(content):
    """Check a file, and see that reading it comes to the same."""
    refused = [problem for problem in check_questionnaire(content) if not problem.is_warning]
    if not refused:
        return read_questionnaire(content)
    with pytest.raises(DefinitionError) as refusal:
        read_questionnaire(content)
    assert list(refusal.value.problems) == refused
    return refusal.value


def with_span(span, text):
    """Return the file with one span of it exchanged."""
    return f"{FILE[: span[0]]}{text}{FILE[span[1] :]}".encode()


@given(st.sampled_from(VALUES), values)
@settings(max_examples=400, deadline=None)
def test_any_value_in_any_place(span, value):
    problems_or_definition(with_span(span, value))


@given(
    st.sampled_from(KEYS), st.sampled_from(["id", "text", "scale", "formats.F", "x", "en", "items"])
)
@settings(deadline=None)
def test_any_key_in_any_place(span, key):
    problems_or_definition(with_span(span, key))


@given(st.sets(st.integers(0, len(ROWS) - 1), max_size=12))
@settings(deadline=None)
def test_any_rows_left_out(left_out):
    kept = [row for number, row in enumerate(ROWS) if number not in left_out]

    problems_or_definition("".join(kept).encode())


@given(st.permutations(ROWS))
@settings(max_examples=50, deadline=None)
def test_rows_in_any_order(rows):
    problems_or_definition("".join(rows).encode())


@given(st.integers(0, len(FILE)), st.integers(0, len(FILE)), st.text(max_size=12))
@settings(deadline=None)
def test_any_piece_exchanged_for_any_text(start, end, text):
    problems_or_definition(f"{FILE[:start]}{text}{FILE[end:]}".encode("utf-8", "surrogatepass"))


@given(st.binary(max_size=200))
@settings(deadline=None)
def test_any_bytes(content):
    problems_or_definition(content)


@given(st.sampled_from(VALUES), values)
@settings(deadline=None)
def test_any_change_between_versions(span, value):
    older = FILE.replace("version = 2", "version = 1").encode()

    check_questionnaire(with_span(span, value), older)


@given(st.lists(values, min_size=1, max_size=4), st.integers(0, 3))
@settings(deadline=None)
def test_headers_keep_their_lines_whatever_stands_between(between, blank_rows):
    rows = ["id = 1\n" + "\n" * blank_rows]
    rows += [f"[[items]]\nnote = {value}\n" for value in between]
    content = "".join(rows)
    lines = [n for n, row in enumerate(content.splitlines(), 1) if row == "[[items]]"]

    problems = check_questionnaire(content.encode())

    assert [
        p.line for p in problems if p.code.startswith("unknown_key") and p.key == "note"
    ] == lines


def test_the_file_the_mutations_start_from_is_a_definition():
    assert isinstance(problems_or_definition(FILE.encode()), Questionnaire)
