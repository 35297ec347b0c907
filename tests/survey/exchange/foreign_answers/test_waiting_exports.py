"""An export waits sealed, for an hour, and opens to its code and its officer alone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from builders import NOON, QUESTIONNAIRE
from foreign_exports import a_csv, a_row

from scales.catalog import read_questionnaire
from survey.exchange.foreign_answers.read_export import Destination, read_export
from survey.exchange.foreign_answers.wait import (
    Waiting,
    forget_export,
    forget_old_exports,
    let_wait,
    waiting_export,
)

WAITING = Waiting("王敏", "abcdefgh")
HOUR = timedelta(hours=1)


@pytest.fixture
def export():
    to = Destination("abcdefgh", read_questionnaire(QUESTIONNAIRE), ["市图书馆"], b"k" * 32)
    return read_export(a_csv([a_row(1, words="窗口太少"), a_row(2)]), "export.csv", to)


def files(settings):
    return list((settings.data_dir / "imports").iterdir())


def test_what_waits_comes_back_as_it_was(sqlite_settings, export):
    code = let_wait(sqlite_settings, WAITING, export, NOON)

    assert waiting_export(sqlite_settings, code, WAITING, NOON + HOUR / 2) == export


def test_nobody_else_opens_it_nor_another_campaign_nor_a_guessed_code(sqlite_settings, export):
    code = let_wait(sqlite_settings, WAITING, export, NOON)

    for other in (replace(WAITING, officer="李审"), replace(WAITING, campaign="hgfedcba")):
        assert waiting_export(sqlite_settings, code, other, NOON) is None
    assert waiting_export(sqlite_settings, "../" + code, WAITING, NOON) is None


def test_the_file_says_nothing_without_its_code(sqlite_settings, export):
    code = let_wait(sqlite_settings, WAITING, export, NOON)

    (file,) = files(sqlite_settings)

    assert code not in file.name
    assert "窗口太少".encode() not in file.read_bytes()
    assert file.stat().st_mode & 0o777 == 0o600


def test_after_an_hour_it_is_gone(sqlite_settings, export):
    code = let_wait(sqlite_settings, WAITING, export, NOON)

    assert forget_old_exports(sqlite_settings, NOON + HOUR / 2) == 0
    assert waiting_export(sqlite_settings, code, WAITING, NOON + HOUR) is None
    assert forget_old_exports(sqlite_settings, NOON + HOUR) == 1
    assert files(sqlite_settings) == []


def test_it_can_be_forgotten_twice(sqlite_settings, export):
    code = let_wait(sqlite_settings, WAITING, export, NOON)

    forget_export(sqlite_settings, code)
    forget_export(sqlite_settings, code)

    assert waiting_export(sqlite_settings, code, WAITING, NOON) is None
