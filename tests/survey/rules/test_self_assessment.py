"""What a unit signs, what may be handed in, and what is said of a gap."""

import json

from hypothesis import given
from hypothesis import strategies as st

from survey.rules.self_gap import GapSize, judge_gap
from survey.rules.sheets.evidence_file import plain_name
from survey.rules.sheets.self_assessment import SignedFile, read_texts, seal_of, with_files

FILE = SignedFile("U01", "纪要.pdf", "a" * 64)


def test_the_seal_tells_every_kind_of_change():
    seals = {
        seal_of(bytes([5]), {}, []),
        seal_of(bytes([4]), {}, []),
        seal_of(bytes([5]), {"U01@evidence": "3"}, []),
        seal_of(bytes([5]), {}, [FILE]),
        seal_of(bytes([5]), {}, [SignedFile("U02", FILE.name, FILE.digest)]),
    }

    assert len(seals) == 5
    assert seal_of(b"", {}, [FILE]) == seal_of(b"", {}, [FILE])


def test_signed_files_come_back_apart_from_the_words():
    stored = json.dumps(with_files({"Q": "字"}, [FILE]))

    assert read_texts(stored) == ({"Q": "字"}, (FILE,))
    assert read_texts(None) == ({}, ())


@given(st.text())
def test_a_plain_name_cannot_leave_its_folder_or_turn_round(name):
    plain = plain_name(name)

    assert not set(plain) & set('/\\:*?"<>|\n\r\u202e\u2066')
    assert not plain.startswith(".")
    assert len(plain) <= 120
    assert plain_name(plain) == plain


def test_a_gap_is_judged_by_its_width_and_by_chance():
    said = [judge_gap(points) for points in (4.9, 5, 14.9, 15, -5, -15)]

    assert said == [
        GapSize.ALIKE,
        GapSize.HIGHER,
        GapSize.HIGHER,
        GapSize.MUCH_HIGHER,
        GapSize.LOWER,
        GapSize.MUCH_LOWER,
    ]
    assert judge_gap(20, is_within_interval=True) is GapSize.CHANCE
