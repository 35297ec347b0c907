"""Edits of scales, formats, languages and words, and what changed from the version before."""

import pytest

from scales import check_questionnaire, read_questionnaire, shipped_questionnaires
from survey.edit_questionnaire.compare import changes_of_rule, word_changes
from survey.edit_questionnaire.document import Document, read_document
from survey.edit_questionnaire.formats import (
    add_format,
    change_format,
    delete_format,
    ready_formats,
)
from survey.edit_questionnaire.items import change_item, delete_item
from survey.edit_questionnaire.look import as_far_as_written
from survey.edit_questionnaire.memberships import turn_item
from survey.edit_questionnaire.scales import add_scale, change_scale, delete_scale, item_ids_of
from survey.edit_questionnaire.start import as_version, blank_document
from survey.edit_questionnaire.words import (
    add_language,
    missing_count,
    remove_language,
    set_words,
    words_of,
)
from survey.edit_questionnaire.write import write_document
from survey.errors import EditRefused, QuestionnaireUnusable

CONTENT = shipped_questionnaires()["citizen-service"].read_bytes()
CITIZEN = read_document(CONTENT)
PARTNER = read_document(shipped_questionnaires()["partner-cooperation"].read_bytes())


def codes(document):
    return {problem.code for problem in check_questionnaire(write_document(document))}


def test_a_scale_that_goes_leaves_its_items_as_background():
    left = delete_scale(CITIZEN, "ease")

    assert [scale["id"] for scale in left.tables["scales"]] == ["conduct", "satisfaction"]
    assert left.tables["items"][1]["keyed"] == "-"
    assert len(read_questionnaire(write_document(left)).items) == 8


def test_items_follow_a_scale_to_its_new_id():
    renamed = change_scale(CITIZEN, "ease", {"id": "easy"})

    assert item_ids_of(renamed, "easy") == ["C01", "C02"]
    with pytest.raises(EditRefused) as refused:
        change_scale(CITIZEN, "ease", {"id": "conduct"})
    assert refused.value.code == "edit_id_taken"


def test_a_new_scale_waits_for_items():
    changed, scale_id = add_scale(CITIZEN)

    assert scale_id == "scale4"
    assert {"scale_without_items", "empty_text"} <= codes(changed)


@pytest.mark.parametrize("name", ready_formats())
def test_every_ready_format_is_usable_in_every_language_of_the_file(name):
    changed, own = add_format(CITIZEN, name)
    twice, other = add_format(changed, name)

    assert {own, other} == {name, f"{name}_2"}
    assert read_questionnaire(write_document(twice))


def test_a_format_in_use_stays():
    with pytest.raises(EditRefused) as refused:
        delete_format(CITIZEN, "AG5")
    assert refused.value.code == "edit_format_used"
    assert refused.value.values["items"] == "C01, C02, C03, C04"

    changed, name = add_format(CITIZEN, "yes_no")
    assert delete_format(changed, name) == CITIZEN


def test_a_changed_format_is_written_and_a_value_taken_out_is_gone():
    changed = change_format(CITIZEN, "AG5", {"dont_know": False, "percent": None})

    text = write_document(changed).decode()
    assert "dont_know" not in text
    assert read_questionnaire(text.encode()).scales[0].format.percent == (0, 25, 50, 75, 100)


def test_a_language_taken_out_and_added_again_has_gaps_everywhere():
    one = remove_language(PARTNER, "en")
    assert read_questionnaire(write_document(one)).languages == ("zh-Hans",)

    two = add_language(one, "en")

    assert missing_count(two, "en") == len(words_of(two)) > 20
    assert missing_count(two, "zh-Hans") == 0
    filled = set_words(
        two, {words.place: {"en": f"w {at}"} for at, words in enumerate(words_of(two))}
    )
    assert read_questionnaire(write_document(filled)).languages == ("zh-Hans", "en")
    for language in ("fr", "en"):
        with pytest.raises(EditRefused):
            add_language(PARTNER, language)
    with pytest.raises(EditRefused):
        remove_language(one, "zh-Hans")


def test_every_text_can_be_set_from_the_list_of_texts():
    changed = {each.place: {"en": f"{at} new"} for at, each in enumerate(words_of(PARTNER))}

    after = {each.place: each.texts["en"] for each in words_of(set_words(PARTNER, changed))}

    assert after == {place: texts["en"] for place, texts in changed.items()}


def test_a_blank_questionnaire_lacks_only_words():
    blank = blank_document("own", {"zh-Hans": "", "en": ""})

    assert codes(blank) == {"empty_text", "scale_of_one_item"}
    assert as_far_as_written(blank).items[0].text == {"zh-Hans": "…", "en": "…"}


def test_what_cannot_be_shown_says_why():
    with pytest.raises(QuestionnaireUnusable):
        as_far_as_written(delete_item(delete_item(CITIZEN, "C01"), "C02"))


def test_the_next_version_tells_words_from_rules():
    newer = as_version(CITIZEN, 2)
    newer = change_item(newer, "C01", {"text": {"zh-Hans": "改了", "en": "Changed"}})
    newer = turn_item(newer, "C03", "-")

    words = word_changes(newer, CITIZEN)
    rules = changes_of_rule(write_document(newer), CONTENT)

    assert {(change.place, change.language) for change in words} == {
        ("items/C01/text", "zh-Hans"),
        ("items/C01/text", "en"),
    }
    assert [(problem.code, problem.table) for problem in rules] == [("keyed_changed", "items.C03")]
    assert changes_of_rule(write_document(as_version(CITIZEN, 2)), CONTENT) == ()


def test_a_note_stands_in_the_first_line_and_changes_nothing_else():
    noted = write_document(CITIZEN.with_note("v2: 改正\n错字"))

    assert noted == "# v2: 改正 错字\n".encode() + CONTENT
    assert read_document(noted).tables == CITIZEN.tables
    assert CITIZEN.with_note(" ") == CITIZEN
    assert isinstance(CITIZEN, Document)
