"""Fresh codes wait sealed for a quarter of an hour, for whoever made them and for nobody else."""

from dataclasses import replace
from datetime import timedelta

import pytest
from builders import NOON, a_unit
from conftest import settings_in

from survey.errors import HandedOutGone, JobRefused
from survey.handed_out import (
    HandedOut,
    erase_handed_out,
    erase_old_handed_out,
    hand_out,
    handed_out,
)

CODES = b"ABCDE-FGHJK\r\n"
FILE = HandedOut("receipts", "camp", "王敏", "receipts.csv", [("市图书馆", 2)], CODES)


@pytest.fixture
def settings(tmp_path):
    return settings_in(tmp_path)


def files(settings):
    return list((settings.data_dir / "handed_out").glob("*"))


def test_a_file_comes_back_to_its_officer_as_often_as_asked(session, settings):
    token = hand_out(session, settings, FILE, NOON)

    later = NOON + timedelta(minutes=14, seconds=59)
    for now in (NOON, later):
        assert handed_out(settings, token, "camp", "王敏", now) == (
            FILE,
            NOON + timedelta(minutes=15),
        )


@pytest.mark.parametrize(
    ("campaign", "officer", "minutes"),
    [("camp", "陈复", 0), ("other", "王敏", 0), ("camp", "王敏", 15)],
    ids=["another officer", "another campaign", "too late"],
)
def test_it_opens_for_nobody_else_and_no_later(session, settings, campaign, officer, minutes):
    token = hand_out(session, settings, FILE, NOON)

    with pytest.raises(HandedOutGone):
        handed_out(settings, token, campaign, officer, NOON + timedelta(minutes=minutes))


def test_the_disk_tells_neither_codes_nor_officer_nor_token(session, settings):
    token = hand_out(session, settings, FILE, NOON)

    [file] = files(settings)
    held = file.name.encode() + file.read_bytes()
    for secret in (CODES[:5], "王敏".encode(), "市图书馆".encode(), b"receipts", token.encode()):
        assert secret not in held
    assert file.stat().st_mode & 0o077 == 0
    stolen = replace(settings, secret_key=b"another key of 32 bytes and more.")
    with pytest.raises(HandedOutGone):
        handed_out(stolen, token, "camp", "王敏", NOON)


def test_it_is_erased_by_hand_or_when_its_quarter_is_over(session, settings):
    first, second = (hand_out(session, settings, FILE, NOON) for _ in range(2))

    erase_handed_out(settings, first)
    assert len(files(settings)) == 1
    assert erase_old_handed_out(settings, NOON + timedelta(minutes=14)) == 0
    assert erase_old_handed_out(settings, NOON + timedelta(minutes=15)) == 1
    assert files(settings) == []
    for token in (first, second):
        with pytest.raises(HandedOutGone):
            handed_out(settings, token, "camp", "王敏", NOON)


def test_codes_that_were_not_committed_leave_no_file(database):
    settings = database.settings

    def fail_after_it_was_written():
        with database.writing() as session:
            a_unit(session)
            hand_out(session, settings, FILE, NOON)
            assert len(files(settings)) == 1
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_it_was_written()

    assert files(settings) == []


def test_a_folder_that_cannot_be_written_refuses(session, settings):
    (settings.data_dir / "handed_out").write_text("a file is in the way")

    with pytest.raises(JobRefused) as refused:
        hand_out(session, settings, FILE, NOON)

    assert refused.value.code == "handed_out_not_kept"
