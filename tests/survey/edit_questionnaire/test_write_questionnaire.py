"""The text of an edited questionnaire says the same when read again, and keeps the rest."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scales import read_questionnaire, shipped_questionnaires
from survey.edit_questionnaire.document import Document, read_document
from survey.edit_questionnaire.items import change_item, move_item
from survey.edit_questionnaire.write import write_document
from survey.errors import QuestionnaireUnusable

SHIPPED = [path.read_bytes() for path in shipped_questionnaires().values()]
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@pytest.mark.parametrize("content", SHIPPED, ids=list(shipped_questionnaires()))
def test_an_unedited_file_is_written_byte_for_byte(content):
    assert write_document(read_document(content)) == content


@pytest.mark.parametrize("content", SHIPPED, ids=list(shipped_questionnaires()))
def test_without_its_source_a_file_keeps_everything_but_its_comments(content):
    plain = b"\n".join(line for line in content.split(b"\n") if not line.startswith(b"#"))

    written = write_document(Document(read_document(content).tables))

    assert written == plain.lstrip(b"\n")


def test_only_the_edited_section_changes_and_comments_stay():
    content = shipped_questionnaires()["unit-self"].read_bytes()
    document = change_item(read_document(content), "U02", {"required": True})

    lines = write_document(document).decode().splitlines()
    added = [line for line in lines if line not in content.decode().splitlines()]

    assert added == ["required = true"]
    assert len(lines) == len(content.decode().splitlines()) + 1


def test_a_moved_item_takes_its_comment_along():
    content = b"""# Head.
id = "a"
version = 1
title.en = "A"

# about the first
[[items]]
id = "A1"
kind = "text"
text.en = "one"

# about the second
[[items]]
id = "A2"
kind = "text"
text.en = "two"
"""
    moved = write_document(move_item(read_document(content), "A2", -1)).decode()

    assert moved.index('# about the second\n[[items]]\nid = "A2"') < moved.index(
        "# about the first"
    )
    assert moved.startswith("# Head.\nid")


@given(WORDS, WORDS, st.lists(WORDS, max_size=4))
def test_any_words_come_back_as_they_were_typed(one, two, many):
    tables = {
        "id": "a",
        "title": {"zh-Hans": one, "en": two},
        "opening": {"zh-Hans": two},
        "formats": {"dotted.name": {"labels": {"en": many}, "percent": [0, 12.5]}},
        "items": [{"id": "A1", "text": {"en": one}, "unknown": {"odd key": [many, True, 1]}}],
    }
    written = write_document(Document(tables))

    assert tomllib.loads(written.decode()) == tables
    assert write_document(Document(tables, written.decode())) == written


@given(st.text(alphabet='"\\\n#[]a ', max_size=40), st.text(alphabet='"\\\n#[]a ', max_size=40))
def test_words_that_look_like_the_file_itself_do_no_harm(first, second):
    tables = {
        "id": "a",
        "opening": {"en": f"[[items]]\n# {first}"},
        "items": [{"id": "A1", "text": {"en": first}}, {"id": "A2", "text": {"en": second}}],
    }
    source = write_document(Document(tables)).decode()
    tables["items"][0]["text"] = {"en": second}

    once = write_document(Document(tables, source)).decode()

    assert tomllib.loads(once) == tables
    assert write_document(Document(tables, once)).decode() == once


def test_line_ends_of_windows_and_a_byte_order_mark_do_not_matter():
    content = SHIPPED[0]
    windows = b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n")

    assert write_document(read_document(windows)) == content


def test_a_file_with_gaps_opens_and_one_that_no_form_can_mend_says_why():
    gaps = SHIPPED[0].replace(b"text.en", b"text.fr", 1)
    assert read_document(SHIPPED[0].replace(b'format = "AG5"', b'format = "AG6"', 1))

    for broken in (gaps, b"id = ", SHIPPED[0].replace(b"[[items]]", b"[items]", 1)):
        with pytest.raises(QuestionnaireUnusable) as refused:
            read_document(broken)
        assert refused.value.problems


def test_a_rewritten_file_is_the_same_questionnaire():
    for content in SHIPPED:
        older = read_questionnaire(content)
        newer = read_questionnaire(write_document(Document(read_document(content).tables)))

        assert (newer.items, newer.scales, newer.title) == (older.items, older.scales, older.title)
