"""Edits of items: ids, order, keys, and what else in the file has to follow."""

import pytest

from scales import ItemKind, Keying, read_questionnaire, shipped_questionnaires
from survey.edit_questionnaire.document import Document, read_document
from survey.edit_questionnaire.items import (
    add_item,
    change_item,
    delete_item,
    duplicate_item,
    move_item,
)
from survey.edit_questionnaire.memberships import memberships_of, set_memberships, turn_item
from survey.edit_questionnaire.write import write_document
from survey.errors import EditRefused

CITIZEN = read_document(shipped_questionnaires()["citizen-service"].read_bytes())


def ids(document):
    return [item["id"] for item in document.tables["items"]]


def item(document, item_id):
    return next(item for item in document.tables["items"] if item["id"] == item_id)


def test_a_new_item_takes_the_next_id_and_the_answers_of_the_last_scaled_one():
    changed, new_id = add_item(CITIZEN, ItemKind.SCALED, after="C07")

    assert ids(changed)[-3:] == ["C07", "C09", "C08"]
    assert item(changed, new_id) == {
        "id": "C09",
        "scale": "satisfaction",
        "format": "SA5",
        "keyed": "+",
        "text": {"zh-Hans": "", "en": ""},
    }


def test_the_first_item_of_an_empty_file_has_an_id_too():
    _, new_id = add_item(Document({"id": "a", "title": {"en": "A"}}), ItemKind.TEXT)

    assert new_id == "Q01"


def test_an_id_without_a_number_is_followed_by_one_with():
    named, _ = duplicate_item(change_item(CITIZEN, "C08", {"id": "comment"}), "comment")

    assert ids(named)[-2:] == ["comment", "comment-1"]


def test_a_deleted_item_leaves_no_follow_up_behind():
    left = CITIZEN
    for name in ("C05", "C06", "C07"):
        left = delete_item(left, name)

    assert "first_after_low" not in item(left, "C08")


def test_a_renamed_item_is_followed_and_a_taken_id_is_refused():
    renamed = change_item(CITIZEN, "C06", {"id": "speed"})

    assert item(renamed, "C08")["first_after_low"] == ["C05", "speed", "C07"]
    with pytest.raises(EditRefused) as refused:
        change_item(CITIZEN, "C06", {"id": "C05"})
    assert refused.value.code == "edit_id_taken"


@pytest.mark.parametrize(("by", "place"), [(-1, 0), (-9, 0), (1, 2), (99, 7)])
def test_an_item_never_moves_over_the_end(by, place):
    assert ids(move_item(CITIZEN, "C02", by)).index("C02") == place


def test_one_step_turns_the_key_and_says_so_in_the_questionnaire():
    turned = turn_item(CITIZEN, "C01", "-")

    questionnaire = read_questionnaire(write_document(turned))
    assert questionnaire.items[0].keying is Keying.REVERSE
    assert turn_item(turned, "C01", "-") == turned
    assert write_document(turn_item(turned, "C01", "+")) == write_document(CITIZEN)


def test_an_item_of_two_scales_may_point_both_ways():
    both = change_item(CITIZEN, "C01", {"scale": None, "scales": ["ease", "conduct"]})

    turned = turn_item(both, "C01", "-", "conduct")

    assert memberships_of(item(turned, "C01")) == {"ease": "+", "conduct": "-"}
    scales = {own.id: own for own in read_questionnaire(write_document(turned)).scales}
    assert scales["conduct"].items[0].keying is Keying.REVERSE
    assert scales["ease"].items[0].keying is Keying.FORWARD


@pytest.mark.parametrize(
    ("signs", "written"),
    [
        ({}, {"keyed": "-"}),
        ({"a": "-"}, {"scale": "a", "keyed": "-"}),
        ({"a": "+", "b": "+"}, {"scales": ["a", "b"], "keyed": "+"}),
        ({"a": "+", "b": "-"}, {"scales": {"a": "+", "b": "-"}}),
    ],
    ids=range(4),
)
def test_memberships_are_written_the_shortest_way(signs, written):
    table = {"scale": "old", "keyed": "+"}

    set_memberships(table, signs, "-")

    assert table == written
    assert memberships_of(table) == signs


@pytest.mark.parametrize(
    "edit",
    [
        lambda: turn_item(CITIZEN, "C08", "-"),
        lambda: turn_item(CITIZEN, "C01", "?"),
        lambda: delete_item(CITIZEN, "C99"),
    ],
    ids=["no key", "no sign", "gone"],
)
def test_what_cannot_be_done_is_refused(edit):
    with pytest.raises(EditRefused):
        edit()


def test_no_edit_touches_the_document_it_starts_from():
    before = write_document(CITIZEN)
    turn_item(CITIZEN, "C01", "-")
    delete_item(CITIZEN, "C05")
    move_item(CITIZEN, "C02", 3)
    change_item(CITIZEN, "C01", {"text": {"en": "x"}})

    assert write_document(CITIZEN) == before
