"""A unit assesses itself: drafts, evidence, the signature, another version, returned, closed."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from answering import rows
from sqlmodel import select

from survey.collect.wind_up import wind_up_closed
from survey.rules.audience import Audience
from survey.storage.queries.collected import collected_sheets
from survey.storage.tables import Campaign, OfficeSheet, OpenAnswer, SheetDraft

FIRST = {"U01": "5", "U01@evidence": "佐证-03", "U02": "1"}


def a_package(*names):
    made = BytesIO()
    with ZipFile(made, "w") as package:
        for name in names:
            package.writestr(name, "x")
    return made.getvalue()


def test_the_link_leads_to_the_units_own_page_and_to_no_other(own):
    assert own.client.get(f"/a/{own.token}").headers["location"] == f"/a/{own.token}/own"

    page = own.get().text

    assert "自评1局" in page
    assert "自评2局" not in page
    assert "签字人的姓名和职务" in page  # said before any answer
    assert own.client.get(f"/a/{own.token}/units").status_code == 404


def test_a_draft_waits_for_days_and_counts_only_once_signed(own, clock):
    assert own.fill(FIRST).headers["location"].endswith("page=2")
    own.fill({}, page=2, step="send")
    clock.move(days=3)

    assert 'name="U01" value="5" checked' in own.get("own/answers").text
    assert "草稿，还没有签字" in own.get().text
    assert own.sheets() == []

    assert own.sign().headers["location"].endswith("said=signed")

    [sheet] = own.sheets()
    assert (sheet.revision, sheet.packed[:2], sheet.signed_by) == (1, bytes([5, 1]), "局长 赵方")
    assert json.loads(sheet.texts) == {"U01@evidence": "佐证-03"}
    assert rows(own.client.app, SheetDraft) == []
    assert "局长 赵方签字提交（第 1 次）" in own.get().text


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"@post": " "}, "请填写负责人的职务"),
        ({"@name": ""}, "请填写负责人的姓名"),
        ({"@name": "赵" * 41}, "姓名最多 40 个字"),
        ({"@true": ""}, "请勾选"),
    ],
)
def test_what_the_signature_lacks_is_named_and_what_was_typed_is_kept(own, changed, words):
    own.fill(FIRST)

    reply = own.sign(**changed)

    assert reply.status_code == 422
    assert words in reply.text
    assert "局长" in reply.text or "赵方" in reply.text
    assert own.sheets() == []


def test_nothing_cannot_be_signed_and_changes_made_elsewhere_are_not_signed_unseen(own):
    assert "@seal" not in own.get("own/sign").text
    own.fill(FIRST)
    seen = own.get("own/sign").text.partition('name="@seal" value="')[2][:32]
    own.fill({"U01": "1"})

    reply = own.sign(**{"@seal": seen})

    assert (reply.status_code, own.sheets()) == (422, [])
    assert "内容在别处改过" in reply.text


def test_a_file_is_kept_once_with_its_item_and_removed_again(own):
    reply = own.fill(FIRST, **{"@files": "U01"})

    assert reply.headers["location"].endswith("own/files/U01")
    own.hand_in()
    own.hand_in(name="同一份.pdf")
    [file] = own.files()
    assert (file.item_id, file.name, file.media_type) == ("U01", "会议纪要.pdf", "application/pdf")
    assert "第 1 题：已有 1 个佐证文件" in own.get("own/answers").text
    assert own.get("own/files/U01", own.other).text.count("会议纪要") == 0

    own.remove(own.removable()[0])

    assert own.files() == []


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.exe", b"MZ", "类型不能接收"),
        ("a.pdf", b"MZ\x90", "不是真正的 pdf 文件"),
        ("a.docx", a_package("word/document.xml", "word/vbaProject.bin"), "带有宏"),
        ("a.xlsx", a_package("word/document.xml"), "不是真正的 xlsx"),
        ("a.pdf", b"", "是空的"),
        ("a.pdf", b"%PDF-" + bytes(10 * 1024 * 1024), "最多 10 MB"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_in_words(own, name, content, words):
    reply = own.hand_in(name=name, content=content)

    assert reply.status_code == 422
    assert words in reply.text
    assert own.files() == []


def test_names_lose_folders_and_marks_and_five_files_are_the_most(own):
    own.hand_in(name="C:\\tmp\\..\\合同\u202efdp.docx", content=a_package("word/document.xml"))
    assert own.files()[0].name == "合同fdp.docx"

    for number in range(4):
        own.hand_in(content=b"%PDF-" + bytes([number]))
    assert own.hand_in(content=b"%PDF-6").status_code == 422
    assert len(own.files()) == 5
    assert own.hand_in(item="U99").status_code == 404


def test_a_changed_file_needs_a_new_signature_and_history_names_the_old_one(own):
    own.fill(FIRST)
    own.hand_in()
    own.sign()
    own.remove(own.removable()[0])

    assert "改过，还没有重新签字" in own.get().text
    own.sign(**{"@name": "钱园"})

    first, second = own.sheets()
    assert "会议纪要.pdf" in json.loads(first.texts)["@files"]
    assert "@files" not in json.loads(second.texts)
    assert second.signed_by == "局长 钱园"


def test_signing_twice_makes_one_version(own):
    own.fill(FIRST)
    own.sign()
    own.sign()

    assert len(own.sheets()) == 1


def test_a_sheet_that_nobody_signed_does_not_count(own):
    own.fill(FIRST)
    own.sign()
    with own.client.app.state.database.writing() as session:
        campaign = session.get_one(Campaign, own.campaign_id)
        assert campaign.audience == Audience.SELF
        assert len(collected_sheets(session, campaign).packed) == 1

        session.exec(select(OfficeSheet)).one().signed_by = None
        session.flush()

        assert len(collected_sheets(session, campaign).packed) == 0


def test_a_returned_one_says_why_and_is_signed_anew(own):
    own.fill(FIRST)
    own.sign()
    with own.client.app.state.database.writing() as session:
        session.exec(select(OfficeSheet)).one().void_reason = "佐证不全"

    assert "佐证不全" in own.get().text
    own.sign()

    assert [sheet.void_reason for sheet in own.sheets()] == ["佐证不全", None]


def test_after_the_close_evidence_stays_with_its_answers_and_unsigned_files_are_gone(own, clock):
    own.fill(FIRST)
    own.hand_in()
    own.sign()
    own.hand_in(item="U02", name="没签字.pdf")
    clock.move(days=8)

    wind_up_closed(own.client.app.state.database, clock())

    assert [file.name for file in own.files()] == ["会议纪要.pdf"]
    assert json.loads(own.sheets()[0].texts)["U01@evidence"] == "佐证-03"
    assert rows(own.client.app, OpenAnswer) == []
    for path in ("own", "own/answers", "own/sign", "own/files/U01"):
        assert own.get(path).status_code == 410
    assert own.hand_in(content=b"%PDF-new").status_code == 410
    assert len(own.files()) == 1
