"""Drafts on real databases: kept byte for byte, counted up at each save, never lost to another."""

from threading import Barrier, Thread

import pytest
from builders import NOON

from scales import shipped_questionnaires
from survey.edit_questionnaire.document import read_document
from survey.edit_questionnaire.drafts import MOST_BYTES, delete_draft, save_draft, start_draft
from survey.edit_questionnaire.memberships import turn_item
from survey.errors import EditRefused, QuestionnaireUnusable
from survey.storage.queries.questionnaires import draft_by_code, questionnaire_drafts

CONTENT = shipped_questionnaires()["citizen-service"].read_bytes()


def begun(session, content=CONTENT):
    return start_draft(session, content, officer="王敏", now=NOON)


def test_a_draft_is_the_file_itself_until_it_is_edited(session):
    windows = b"\xef\xbb\xbf" + CONTENT.replace(b"\n", b"\r\n")

    draft = begun(session, windows)

    assert draft.content == windows
    assert (draft.questionnaire_id, draft.revision, draft.edited_by) == (
        "citizen-service",
        1,
        "王敏",
    )
    assert [row.code for row in questionnaire_drafts(session)] == [draft.code]


def test_a_save_counts_up_and_what_could_not_be_opened_again_is_refused(session):
    draft = begun(session)
    document = read_document(draft.content)

    save_draft(session, draft, turn_item(document, "C01", "-"), officer="李审", now=NOON)
    assert (draft.revision, draft.edited_by) == (2, "李审")
    kept = draft.content

    broken = document.with_tables({**document.tables, "id": "not an id"})
    with pytest.raises(QuestionnaireUnusable):
        save_draft(session, draft, broken, officer="李审", now=NOON)
    assert (draft.content, draft.revision) == (kept, 2)
    with pytest.raises(EditRefused) as refused:
        begun(session, CONTENT + b"#" * MOST_BYTES)
    assert refused.value.code == "edit_too_long"


def test_a_draft_thrown_away_is_gone(session):
    draft = begun(session)
    code = draft.code

    delete_draft(session, draft)

    assert draft_by_code(session, code) is None


def test_two_editors_at_the_same_moment_lose_nothing(database):
    with database.writing() as session:
        code = begun(session).code
    together = Barrier(2)

    def turn(item):
        together.wait()
        with database.writing() as session:
            draft = draft_by_code(session, code, is_edited=True)
            document = turn_item(read_document(draft.content), item, "-")
            save_draft(session, draft, document, officer=item, now=NOON)

    editors = [Thread(target=turn, args=(item,)) for item in ("C01", "C03")]
    for editor in editors:
        editor.start()
    for editor in editors:
        editor.join()

    with database.reading() as session:
        draft = draft_by_code(session, code)
        items = read_document(draft.content).tables["items"]
        assert [items[at]["keyed"] for at in (0, 2)] == ["-", "-"]
        assert draft.revision == 3
