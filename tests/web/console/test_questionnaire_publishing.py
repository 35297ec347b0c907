"""Where drafts come from over HTTP, how they look, and how they are published."""

import re

import pytest
from console_visit import kept
from questionnaire_editing import (
    CITIZEN,
    DRAFT,
    ITEM,
    LIST,
    begin,
    file_of,
    save_item,
    tables_of,
)

from survey.storage.tables import AuditEntry, QuestionnaireDraft, QuestionnaireVersion


def test_a_file_comes_out_as_it_went_in(officer):
    windows = b"\xef\xbb\xbf" + CITIZEN.replace(b"\n", b"\r\n")

    draft = begin(officer, "file", windows).headers["location"]

    assert file_of(officer, draft) == windows
    once = begin(officer, "file", file_of(officer)).headers["location"]
    assert file_of(officer, once) == file_of(officer)


def test_gaps_are_marked_counted_and_hinder_publishing(officer):
    save_item(officer, **{"text.en": ""})

    page = officer.get(DRAFT).text
    assert "1 处要改" in page
    assert f'href="{DRAFT}/items/C01">题目 C01</a> 英文文字没有填。' in page
    assert "缺英文" in page
    mark = seen_publish(officer)
    assert mark is None
    assert officer.post(f"{DRAFT}/publish", {"seen": "x"}).status_code == 409


def seen_publish(visit):
    found = re.search(
        r'action="[^"]*/publish".*?name="seen" value="(\w+)"',
        visit.get(f"{DRAFT}/publish").text,
        re.DOTALL,
    )
    return found[1] if found else None


def test_a_published_version_stays_and_the_change_becomes_the_next(officer):
    save_item(officer)
    taken = officer.get(f"{DRAFT}/publish").text
    assert "第 1 版已经发布过" in taken
    assert seen_publish(officer) is None

    officer.post(f"{DRAFT}/version")
    page = officer.get(f"{DRAFT}/publish").text
    assert "与第 1 版相比" in page
    assert ITEM["text.en"] in page
    published = officer.post(
        f"{DRAFT}/publish", {"seen": seen_publish(officer), "note": "改正 C01 的说法"}
    )

    assert published.headers["location"] == (f"{LIST}?notice=published&about=citizen-service.v2")
    one, two = kept(officer, QuestionnaireVersion, questionnaire_id="citizen-service")
    assert one.content == CITIZEN
    assert two.content.startswith("# v2: 改正 C01 的说法\n".encode())
    assert b'id = "C01"' in two.content
    assert officer.get(f"{LIST}/published/citizen-service/2.toml").content == two.content
    assert kept(officer, QuestionnaireDraft) == []
    (entry,) = kept(officer, AuditEntry, action="questionnaire.published")
    assert entry.details["changed"] == ["items/C01/text"]


def test_turning_a_published_key_is_said_to_break_the_comparison(officer):
    officer.post(f"{DRAFT}/version")
    officer.post(f"{DRAFT}/items/C01/do", {"do": "turn", "keyed": "-"})

    page = officer.get(f"{DRAFT}/publish").text

    assert "不能比较" in page
    assert "计分方向由“+”改成了“-”" in page


def test_a_published_item_keeps_its_id(officer):
    save_item(officer, id="C99")

    assert tables_of(officer)["items"][0]["id"] == "C01"
    assert "所以不能改" in officer.get(f"{DRAFT}/items/C01").text


def test_published_and_shipped_questionnaires_begin_drafts(officer):
    follower = begin(officer, "published:citizen-service").headers["location"]
    assert tables_of(officer, follower)["version"] == 2
    template = begin(officer, "shipped:unit-self").headers["location"]
    assert tables_of(officer, template)["id"] == "unit-self-2"
    assert file_of(officer, template).decode().count("# ") == 14
    blank = begin(officer, "blank").headers["location"]
    assert officer.get(blank).status_code == 200
    assert officer.get(f"{blank}/preview").status_code == 200


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"id = ", "第 1 行"),
        (CITIZEN.replace(b'id = "C02"', b'id = "C01"'), "第 49 行：编号“C01”已经用过"),
        ("id = “a”".encode(), "全角"),
    ],
    ids=["no TOML", "an id twice", "wide quotes"],
)
def test_a_file_no_form_can_mend_names_the_line(officer, content, words):
    reply = begin(officer, "file", content)

    assert reply.status_code == 422
    assert words in reply.text


def test_the_preview_may_be_framed_by_our_own_pages_only_and_sends_nothing(officer):
    page = officer.get(f"{DRAFT}/phone").text
    assert page.count("<iframe") == 2

    for query, words in (
        ("?lang=zh-Hans", "我很容易弄清楚"),
        ("?lang=en&size=large", "It was easy"),
    ):
        shown = officer.get(f"{DRAFT}/preview{query}")

        assert words in shown.text
        assert shown.headers["x-frame-options"] == "SAMEORIGIN"
        assert "frame-ancestors 'self'" in shown.headers["content-security-policy"]
        assert "form-action 'none'" in shown.headers["content-security-policy"]
