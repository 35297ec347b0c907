"""A preview; a phone that sent before; a comment whose items stand on an earlier page."""

import re

import pytest
from answering import send
from builders import a_campaign, a_questionnaire_version, a_unit, an_evaluation, an_open_link
from paged_answering import HEAD, ITEM, Walk

from scales import read_questionnaire, shipped_questionnaires
from web.answer.prepare import Pages

SENT_BEFORE = "这部手机已经用这个二维码提交过评价"
COMMENT = """
[[items]]
id = "W"
kind = "text"
max_length = 200
first_after_low = ["Q2", "Q8"]
text = { zh-Hans = "哪里不满意？", en = "What went wrong?" }
"""


@pytest.fixture
def opened(client):
    """Store a campaign with a questionnaire, and return its open code."""

    def store(content: bytes, **link: object) -> str:
        with client.app.state.database.writing() as session:
            unit = a_unit(session)
            campaign = a_campaign(
                session,
                [unit],
                evaluation_id=an_evaluation(session, [unit]).id,
                questionnaire_version_id=a_questionnaire_version(session, content).id,
            )
            return an_open_link(session, campaign, unit, **link).code

    return store


@pytest.mark.parametrize("name", sorted(shipped_questionnaires()))
def test_a_preview_shows_every_item_in_a_form_that_cannot_be_sent(name):
    questionnaire = read_questionnaire(shipped_questionnaires()[name].read_bytes())
    pages = Pages()

    chinese = pages.preview(questionnaire, "市图书馆").decode()
    english = pages.preview(questionnaire, "市图书馆", "en", "large").decode()

    for html in (chinese, english):
        shown = re.findall(r'<fieldset class="item[^"]*" id="([^"]+)"', html)
        assert sorted(shown) == sorted(item.id for item in questionnaire.items)
        assert not re.search(r"<script|<button|<form [^>]*action|name=\"@|http-equiv", html)
    assert "预览：可以点选，不会保存。" in chinese
    assert '<html lang="en" class="large">' in english
    assert "{unit}" not in chinese + english
    assert "form-action 'none'" in pages.preview_policy
    assert "frame-ancestors 'self'" in pages.preview_policy
    assert "script-src" not in pages.preview_policy


def test_a_preview_of_a_language_the_questionnaire_lacks_is_in_the_one_it_has():
    content = re.sub(
        r", en = \"[^\"]*\"|labels\.en.*\n", "", HEAD + ITEM.format(n=1, required="true")
    )
    pages = Pages()

    html = pages.preview(read_questionnaire(content.encode()), "市图书馆", "en", "huge").decode()

    assert '<html lang="zh-CN" class="">' in html


def test_a_phone_that_has_sent_is_told_so_and_others_are_not(client, codes):
    assert send(client, codes.citizen).status_code == 303

    again = client.get(f"/a/{codes.citizen}?size=large").text
    client.cookies.clear()
    other = client.get(f"/a/{codes.citizen}?size=large").text

    assert SENT_BEFORE in again
    assert SENT_BEFORE not in other


def test_a_forged_memory_of_a_phone_is_not_believed(client, codes):
    client.cookies.set(f"sent_{codes.citizen}", "1.forged")

    assert SENT_BEFORE not in client.get(f"/a/{codes.citizen}").text


def test_a_kiosk_says_that_nothing_stays_on_it_and_forgets_who_sent(client, opened):
    code = opened(shipped_questionnaires()["citizen-service"].read_bytes(), is_kiosk=True)
    assert send(client, code, {"C01": "4", "C05": "4"}).status_code == 303

    html = client.get(f"/a/{code}").text

    assert "设备上不留答案，也不留记号" in html
    assert "只留一个小记号" not in html
    assert SENT_BEFORE not in html


@pytest.mark.parametrize(
    ("earlier", "opens_after"),
    [("4", "Q8=1 Q8=2"), ("1", ""), ("", "")],
    ids=["good", "low", "not answered"],
)
def test_a_comment_heeds_the_answers_of_earlier_pages(client, opened, earlier, opens_after):
    items = "".join(ITEM.format(n=n, required="false") for n in range(1, 11))
    code = opened((HEAD + items + COMMENT).encode())
    walk = Walk(client, f"/a/{code}")
    assert "Q2" in walk.items
    assert not {"Q8", "W"} & set(walk.items)

    walk.press("next", {"Q1": "4"} | ({"Q2": earlier} if earlier else {}))

    assert {"Q8", "W"} <= set(walk.items)
    found = re.search(r'id="W"(?: data-after="([^"]*)")?>', walk.page)
    assert (found[1] or "") == opens_after
