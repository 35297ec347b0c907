"""Answers from elsewhere over HTTP: upload, columns, report, import."""

import re
from datetime import timedelta

import pytest
from builders import NOON
from console_visit import kept
from foreign_exports import USES, a_csv, a_row, an_xlsx

from survey.storage.tables import AnswerSheet, AuditEntry, ImportedFile, InboxSheet

CITIZENS = "/console/campaigns/camp-citizen/import"
STAFF = "/console/campaigns/camp-staff/import"
CHOSEN = {"unit": ""} | {f"c{place}": use for place, use in enumerate(USES)}
ROWS = [a_row(n) for n in range(12)]


def upload(officer, content, address=CITIZENS, name="export.csv"):
    return officer.post(address, files={"file": (name, content)})


def waiting_at(officer, rows=ROWS, address=CITIZENS):
    reply = upload(officer, a_csv(rows), address)
    assert reply.status_code == 303, reply.text
    return reply.headers["location"]


def imported(officer):
    return kept(officer, AnswerSheet, channel="imported")


@pytest.mark.parametrize("make", [a_csv, an_xlsx])
def test_from_the_file_to_the_sheets(officer, make):
    reply = upload(officer, make(ROWS), name="问卷星.xlsx")
    address = reply.headers["location"]
    columns = officer.get(address)
    report = officer.get(f"{address}/report", params=CHOSEN)
    done = officer.post(address, CHOSEN)
    listed = officer.get(done.headers["location"])

    assert "10.2.3." not in columns.text
    assert "序号、提交答卷时间、来源、来自IP" in columns.text
    assert columns.text.count(" selected>") >= 5
    assert "导入 12 份" in report.text
    assert "已导入 12 份答卷" in listed.text
    assert "问卷星.xlsx" in listed.text
    assert len(imported(officer)) == 12
    entry = kept(officer, AuditEntry, action="answers.imported")[0]
    assert entry.details["count"] == 12
    assert set(entry.details) == {"file", "count"}
    assert officer.get(address).headers["location"].endswith("said=gone")


def test_looking_stores_nothing(officer):
    address = waiting_at(officer)

    officer.get(address)
    officer.get(f"{address}/report", params=CHOSEN)

    assert imported(officer) == []
    assert kept(officer, ImportedFile) == []


def test_texts_that_match_nothing_must_be_dealt_with_one_by_one(officer):
    ticks = [("还行", "同意", "同意"), ("凑合", "同意", "同意")]
    address = waiting_at(officer, [*ROWS, a_row(50, ticks=ticks[0]), a_row(51, ticks=ticks[1])])
    report = officer.get(f"{address}/report", params=CHOSEN).text
    marks = re.findall(r'name="skip" value="(\w+)"', report)

    half = officer.post(address, CHOSEN | {"skip": marks[:1]})
    assert imported(officer) == []
    whole = officer.post(address, CHOSEN | {"skip": marks})

    assert "<b>还行</b>" in report
    assert "1 格，第 14 行" in report
    assert half.status_code == 422
    assert "还有 1 种文字对不上" in half.text
    assert half.text.count(" checked>") == 1
    assert whole.status_code == 303
    assert len(imported(officer)) == 14


def test_numbers_are_points_only_if_the_officer_says_so(officer):
    address = waiting_at(officer, [a_row(1, ticks=("5", "4", "1"))])
    report = officer.get(f"{address}/report", params=CHOSEN).text

    refused = officer.post(address, CHOSEN)
    done = officer.post(address, CHOSEN | {"numbers": "yes"})

    assert "1 是“非常不同意”，5 是“非常同意”" in report
    assert (refused.status_code, done.status_code) == (422, 303)
    assert [sheet.packed[:3] for sheet in imported(officer)] == [bytes([5, 4, 1])]


def test_columns_that_cannot_be_so_come_back_as_chosen(officer):
    address = waiting_at(officer)

    reply = officer.get(f"{address}/report", params=CHOSEN | {"c3": "Q1", "unit": "U1"})

    assert reply.status_code == 422
    assert "有两列选成了同一样：Q1" in reply.text
    assert '<option value="U1" selected>' in reply.text


def test_the_same_file_again_changes_nothing_and_says_so(officer):
    officer.post(waiting_at(officer), CHOSEN)

    again = upload(officer, a_csv(ROWS))

    assert again.status_code == 422
    assert "已经导入过" in again.text
    assert len(imported(officer)) == 12


def test_given_up_is_gone(officer):
    address = waiting_at(officer)

    officer.post(f"{address}/discard")

    assert officer.post(address, CHOSEN).headers["location"].endswith("said=gone")
    assert imported(officer) == []


def test_an_hour_later_it_is_gone(officer, clock):
    address = waiting_at(officer)

    clock.now = NOON + timedelta(hours=2)
    officer.sign_in()

    assert officer.get(address).headers["location"].endswith("said=gone")


def test_staffs_sheets_go_to_the_inbox(officer):
    done = officer.post(waiting_at(officer, ROWS[:3], STAFF), CHOSEN)

    assert done.status_code == 303
    assert len(kept(officer, InboxSheet)) == 3
    assert "不到 10 份" in officer.get(STAFF).text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "请选择要导入的文件"),
        (b"\x89PNG\r\n\x00", "不是文本"),
        (a_csv([]), "只有表头"),
        (a_csv([(*a_row(1), "更多")]), "第 2 行有 11 格"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(officer, content, words):
    reply = upload(officer, content)

    assert reply.status_code == 422
    assert words in reply.text


def test_named_offices_have_no_import(officer):
    address = "/console/campaigns/camp-partner/import"

    assert upload(officer, a_csv(ROWS), address).status_code == 422
    assert 'type="file"' not in officer.get(address).text
    assert address not in officer.get("/console/campaigns/camp-partner").text


def test_an_auditor_uploads_nothing(auditor):
    assert upload(auditor, a_csv(ROWS)).status_code == 403
    assert 'type="file"' not in auditor.get(CITIZENS).text


def test_a_long_file_is_taken_and_the_answers_limit_still_holds(officer):
    rows = [a_row(n, words="很长的意见" * 60) for n in range(9_000)]
    content = a_csv(rows)

    reply = upload(officer, content)

    assert len(content) > 6 * 1024 * 1024
    assert reply.status_code == 303
