"""The editor of questionnaires over HTTP, as plain forms: what is saved and what is refused."""

import re

import pytest
from console_visit import QUESTIONNAIRE_DRAFT, kept
from questionnaire_editing import (
    CITIZEN,
    DRAFT,
    ITEM,
    begin,
    file_of,
    save_item,
    seen,
    tables_of,
)

from survey.storage.tables import AuditEntry


def test_one_click_turns_a_key_and_the_file_says_so(officer):
    page = officer.get(DRAFT).text
    assert page.count('class="key key-forward"') == 5
    assert page.count('class="key key-reverse"') == 2

    reply = officer.post(f"{DRAFT}/items/C01/do", {"do": "turn", "keyed": "-", "scale": "ease"})

    assert reply.status_code == 303
    assert reply.headers["location"] == f"{DRAFT}#item-C01"
    assert officer.get(DRAFT).text.count('class="key key-reverse"') == 3
    assert file_of(officer).decode().splitlines() == [
        'keyed = "-"' if number == 45 else line
        for number, line in enumerate(CITIZEN.decode().splitlines(), start=1)
    ]


def test_items_are_added_copied_moved_and_deleted(officer):
    added = officer.post(f"{DRAFT}/items", {"kind": "choice"}).headers["location"]
    assert added == f"{DRAFT}/items/C09"
    officer.post(f"{DRAFT}/items/C02/do", {"do": "duplicate"})
    officer.post(f"{DRAFT}/items/C09/do", {"do": "up"})
    mark = re.search(
        r'items/C05/do.*?name="do" value="delete".*?name="seen" value="(\w+)"',
        officer.get(DRAFT).text,
        re.DOTALL,
    )[1]
    officer.post(f"{DRAFT}/items/C05/do", {"do": "delete", "seen": mark})

    assert [item["id"] for item in tables_of(officer)["items"]] == (
        ["C01", "C02", "C10", "C03", "C04", "C06", "C07", "C09", "C08"]
    )
    assert tables_of(officer)["items"][-1]["first_after_low"] == ["C06", "C07"]


def test_an_items_form_is_saved_whole(officer):
    reply = save_item(officer, **{"required": "1", "keyed": "-", "do": "save_and_next"})

    assert reply.headers["location"] == f"{DRAFT}/items/C02"
    assert tables_of(officer)["items"][0] == {
        "id": "C01",
        "scale": "ease",
        "format": "AG5",
        "keyed": "-",
        "required": True,
        "text": {"zh-Hans": ITEM["text.zh-Hans"], "en": ITEM["text.en"]},
    }
    (entry,) = kept(officer, AuditEntry, action="questionnaire.edited")
    assert (entry.actor, entry.subject) == ("王敏", QUESTIONNAIRE_DRAFT)
    assert entry.details == {"what": "item_changed", "item": "C01"}


def test_a_choice_keeps_its_options_and_which_of_them_end(officer):
    path = officer.post(f"{DRAFT}/items", {"kind": "choice"}).headers["location"]
    fields = {
        "text.zh-Hans": "来过吗？",
        "text.en": "Have you been here?",
        "option.0.id": "1",
        "option.0.text.zh-Hans": "来过",
        "option.0.text.en": "Yes",
        "option.1.id": "2",
        "option.2.id": "",
        "option.2.text.zh-Hans": "没有",
        "option.2.text.en": "No",
        "option.2.ends": "1",
    }

    officer.post(path, fields | {"seen": seen(officer, path)})

    item = tables_of(officer)["items"][-1]
    assert [option["text"]["en"] for option in item["options"]] == ["Yes", "No"]
    assert item["ends"] == [item["options"][1]["id"]]


def test_two_editors_never_overwrite_each_other_unseen(officer):
    path = f"{DRAFT}/items/C01"
    old = seen(officer, path)
    assert save_item(officer, required="1").status_code == 303
    before = file_of(officer)

    late = officer.post(path, ITEM | {"seen": old, "text.en": "Mine, typed with care."})

    assert late.status_code == 409
    assert "刚刚被别人改过" in late.text
    assert "Mine, typed with care." in late.text
    assert file_of(officer) == before
    elsewhere = f"{DRAFT}/items/C02"
    fields = ITEM | {"id": "C02", "keyed": "-", "seen": seen(officer, elsewhere)}
    assert officer.post(elsewhere, fields).status_code == 303


def test_what_the_editor_could_not_open_again_is_refused_and_stays_typed(officer):
    draft = begin(officer, "blank").headers["location"]
    path = f"{draft}/items/Q01"
    before = file_of(officer, draft)

    reply = officer.post(
        path, ITEM | {"scale": "scale1", "id": "第一题", "seen": seen(officer, path)}
    )

    assert reply.status_code == 422
    assert "不能作编号" in reply.text
    assert ITEM["text.zh-Hans"] in reply.text
    assert file_of(officer, draft) == before


def test_an_item_is_checked_while_it_is_typed_and_nothing_is_kept(officer):
    before = file_of(officer)

    empty = officer.post(f"{DRAFT}/items/C01/check", ITEM | {"text.en": ""})
    good = officer.post(f"{DRAFT}/items/C01/check", ITEM)

    assert "英文文字没有填" in empty.text
    assert "这道题没有问题" in good.text
    assert "<html" not in good.text
    assert file_of(officer) == before


def test_scales_answers_words_and_languages_have_forms(officer):
    officer.post(
        f"{DRAFT}/scales/ease",
        {
            "title.zh-Hans": "方便",
            "title.en": "Ease",
            "min_answered": "0.5",
            "seen": seen(officer, f"{DRAFT}/scales/ease"),
        },
    )
    page = officer.get(f"{DRAFT}/formats/SA5").text
    fields = dict(re.findall(r'name="((?:label|percent)\.[^"]+)"[^>]*? value="([^"]*)"', page))
    fields |= {"percent.1": "30", "lowest": "1", "points": ""}
    officer.post(f"{DRAFT}/formats/SA5", fields | {"seen": seen(officer, f"{DRAFT}/formats/SA5")})
    officer.post(
        f"{DRAFT}/words",
        {"en|items/C03/text": "Staff were kind.", "seen": seen(officer, f"{DRAFT}/words")},
    )
    officer.post(f"{DRAFT}/languages", {"do": "remove", "language": "en", "sure": "1"})

    tables = tables_of(officer)
    assert tables["scales"][0]["min_answered"] == "0.5"
    assert tables["formats"]["SA5"]["percent"] == [0, 30, 50, 75, 100]
    assert tables["items"][2]["text"] == {"zh-Hans": "工作人员对我很尊重。"}
    assert tables["title"] == {"zh-Hans": "服务满意度"}


@pytest.mark.parametrize(
    ("path", "fields", "words"),
    [
        ("/formats/SA5", {"label.0.en": "a", "percent.0": "120"}, "第 1 个答案"),
        ("/formats/SA5", {"do": "delete"}, "还有题目在用"),
        ("/head", {"version": "二"}, "版本号应是"),
        ("/items/C08", {"max_length": "many"}, "最多字数应是"),
        ("/scales/ease", {"min_answered": "lots", "id": "a b"}, None),
    ],
    ids=range(5),
)
def test_a_refused_form_says_why_and_keeps_the_draft(officer, path, fields, words):
    before = file_of(officer)

    reply = officer.post(DRAFT + path, fields | {"seen": seen(officer, DRAFT + path)})

    if words is not None:
        assert reply.status_code == 422
        assert words in reply.text
        assert file_of(officer) == before
    else:  # a share that can be mended later is kept, and named on the board
        assert "份额" in officer.get(DRAFT).text


def test_an_auditor_looks_and_has_no_button(auditor):
    for path in ("", "/items/C01", "/head", "/scales/ease", "/formats/AG5", "/words", "/publish"):
        page = auditor.get(DRAFT + path).text

        assert page.count('method="post"') == 1, path  # sign out
