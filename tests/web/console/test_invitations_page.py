"""Inviting staff by e-mail from the console, with a real mail server."""

import io
import re
from dataclasses import replace

import pytest
import xlsxwriter
from console_visit import Visit, kept
from real_mail_server import a_mail_server
from starlette.testclient import TestClient

from survey.rules.ways_in.invitation import Delivery
from survey.storage.tables import AuditEntry, Link, OutboxMail, Reminder, RosterEntry
from web.app import create_app

PATH = "/console/campaigns/camp-staff/invitations"
LIST = "单位编码,邮箱\nU1,ann@example.cn\nU2,bob@example.cn\n"


@pytest.fixture
def postal(console_settings, clock):
    """An officer of a service that has a mail server, and the server's postbox."""
    with a_mail_server() as (postbox, server):
        app = create_app(replace(console_settings, mail_server=server), clock)
        address = console_settings.public_origin
        with TestClient(app, base_url=address, follow_redirects=False) as client:
            visit = Visit(client)
            visit.sign_in()
            yield visit, postbox


def upload(visit, content, name="名单.csv"):
    content = content.encode() if isinstance(content, str) else content
    return visit.post(f"{PATH}/roster", files={"file": (name, content)})


def figures(visit):
    """Not sent, waiting, taken, refused."""
    page = visit.get(PATH).text
    return [int(n) for n in re.findall(r'<div class="key-value">(\d+)</div>', page)]


def invited(visit):
    upload(visit, LIST)
    visit.post(f"{PATH}/send")
    visit.client.app.state.postman.deliver()


def test_a_list_is_imported_looked_at_and_then_sent(postal):
    visit, postbox = postal

    assert upload(visit, LIST).status_code == 303
    assert figures(visit) == [2, 0, 0, 0]
    assert postbox.mails == []
    reply = visit.post(f"{PATH}/send")
    assert reply.headers["location"].endswith("done=sent&count=2")
    visit.client.app.state.postman.deliver()

    assert figures(visit) == [0, 0, 2, 0]
    assert visit.get(f"/a/{postbox.token_to('ann@example.cn')}").status_code == 200


def test_the_same_list_again_changes_nothing(officer):
    upload(officer, LIST)
    links = len(kept(officer, Link))

    assert upload(officer, LIST.upper()).headers["location"].endswith("count=0")
    reply = upload(officer, LIST.replace("ann@", "Ann@") + "U3,new@example.cn\n")

    assert reply.headers["location"].endswith("done=listed&count=1")
    assert len(kept(officer, Link)) == links + 1


def test_every_wrong_row_is_named_and_none_is_taken(officer):
    wrong = "U9,a@example.cn\nU1,\nU1,王敏\nU1,b@example.cn\nU2,B@example.cn\n"

    reply = upload(officer, "单位编码,邮箱\n" + wrong)

    assert reply.status_code == 422
    for row, words in ((2, "U9"), (3, "没有邮箱"), (4, "王敏"), (6, "第 5 行")):
        assert re.search(f"第 {row} 行：[^<]*{words}", reply.text)
    assert kept(officer, RosterEntry) == []


def test_an_address_of_another_unit_is_refused(officer):
    upload(officer, LIST)

    assert "已经列在单位 U1 名下" in upload(officer, "unit_code,email\nU2,ann@example.cn\n").text


def test_a_workbook_is_read_like_a_list(officer):
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate([("邮箱", "单位编码"), ("ann@example.cn", "U1")]):
            sheet.write_row(row, 0, cells)

    assert upload(officer, made.getvalue(), "名单.xlsx").status_code == 303
    assert kept(officer, RosterEntry)[0].address == "ann@example.cn"


@pytest.mark.parametrize(
    ("content", "words"),
    [("单位编码,电话\nU1,1\n", "邮箱 / email"), ("单位编码,邮箱\n", "0 个邮箱"), ("", "空")],
)
def test_a_file_that_is_no_list_is_refused_in_words(officer, content, words):
    reply = upload(officer, content)

    assert reply.status_code == 422
    assert words in reply.text


def test_without_a_mail_server_the_page_says_so_and_sends_nothing(officer):
    upload(officer, LIST)

    assert "MINYI_SMTP_URL" in officer.get(PATH).text
    assert officer.post(f"{PATH}/send").status_code == 422
    assert kept(officer, OutboxMail) == []


def test_a_refused_address_is_shown_corrected_and_sent_again(postal):
    visit, postbox = postal
    postbox.replies["bob@example.cn"] = "550 <b>no such user</b>"
    invited(visit)

    page = visit.get(PATH).text
    assert "&lt;b&gt;no such user&lt;/b&gt;" in page
    entry = kept(visit, RosterEntry, delivery=Delivery.REFUSED)[0]
    typed = {"entry": entry.id, "address": "bob at example"}
    wrong = visit.post(f"{PATH}/again", typed)
    assert wrong.status_code == 422
    assert 'value="bob at example"' in wrong.text

    visit.post(f"{PATH}/again", typed | {"address": "bert@example.cn"})
    visit.client.app.state.postman.deliver()
    assert figures(visit) == [0, 0, 2, 0]
    assert len(postbox.to("bert@example.cn")) == 1


def test_a_delivered_invitation_cannot_be_redirected(postal):
    visit, _ = postal
    invited(visit)
    entry = kept(visit, RosterEntry)[0]

    reply = visit.post(f"{PATH}/again", {"entry": entry.id, "address": "me@example.cn"})

    assert reply.status_code == 422
    assert kept(visit, RosterEntry)[0] == entry


def test_words_are_kept_and_wrong_ones_come_back_as_typed(officer):
    typed = {
        "sort": "reminder",
        "subject": "请答{unit}",
        "text": "打开\r\n{link}\r\n<b>{{7*7}}</b>",
    }

    assert officer.post(f"{PATH}/words", typed).status_code == 303
    assert "&lt;b&gt;{{7*7}}&lt;/b&gt;" in officer.get(PATH).text
    wrong = officer.post(f"{PATH}/words", typed | {"text": "没有链接"})
    assert wrong.status_code == 422
    assert "缺少 {link}" in wrong.text
    assert "没有链接</textarea>" in wrong.text


@pytest.mark.parametrize(
    "typed", [{"subject": ""}, {"subject": "{link}"}, {"text": "{link}" + "长" * 4000}]
)
def test_words_that_make_no_mail_are_refused(officer, typed):
    words = {"sort": "invitation", "subject": "请答", "text": "{link}"}

    assert officer.post(f"{PATH}/words", words | typed).status_code == 422


def test_a_reminder_is_planned_and_cancelled(postal):
    visit, _ = postal
    typed = {"when": "later", "due_at": "2026-06-04T09:00", "whom": "unanswered"}

    assert visit.post(f"{PATH}/reminders", typed).status_code == 303
    assert "2026-06-04 09:00" in visit.get(PATH).text
    assert visit.post(f"{PATH}/reminders", typed).status_code == 422
    key = kept(visit, Reminder)[0].id
    assert visit.post(f"{PATH}/reminders/cancel", {"reminder": key}).status_code == 303
    assert visit.post(f"{PATH}/reminders/cancel", {"reminder": key}).status_code == 422


def test_the_page_is_the_same_whoever_has_answered(postal):
    visit, postbox = postal
    invited(visit)
    before = visit.get(PATH).text
    token = postbox.token_to("ann@example.cn")
    page = visit.get(f"/a/{token}").text
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    items = {name: "4" for name in re.findall(r'type="?radio"? name="?([\w.-]+)', page)}
    assert visit.client.post(f"/a/{token}", data=fields | items).status_code == 303

    assert kept(visit, Link, state="used")
    assert visit.get(PATH).text == before


def test_the_audit_trail_counts_and_names_no_address(postal):
    visit, _ = postal
    invited(visit)

    entries = [entry for entry in kept(visit, AuditEntry) if entry.subject == "camp-staff"]
    assert [entry.action for entry in entries][-2:] == ["roster.imported", "invitations.ordered"]
    assert entries[-2].details == {"counts": {"U1": 1, "U2": 1}}
    assert not any("@" in str(entry.details) for entry in entries)


def test_a_survey_of_others_is_told_to_use_its_own_ways(officer):
    page = officer.get("/console/campaigns/camp-citizen/invitations").text

    assert "邮件邀请只用于职工问卷" in page
    reply = officer.post(
        "/console/campaigns/camp-citizen/invitations/roster", files={"file": ("a.csv", LIST)}
    )
    assert reply.status_code == 422
