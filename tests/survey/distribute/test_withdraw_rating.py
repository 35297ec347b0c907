"""An office has its ratings erased: every revision, file, draft and word that can be told."""

from datetime import timedelta
from uuid import uuid4

import pytest
from builders import (
    NOON,
    a_campaign,
    a_rating_pair,
    a_unit,
    an_office_sheet,
    an_open_answer,
)
from raw_storage import RawStorage
from sqlmodel import select

from survey.collect.draft import draft_place, save_draft
from survey.collect.scrub_withdrawn import scrub_withdrawn
from survey.collect.wind_up import wind_up
from survey.distribute.withdraw_rating import withdraw_ratings
from survey.errors import OfficeNotFound, SteerRefused, WithdrawRefused
from survey.rules.audience import Audience
from survey.rules.ways_in.rating_pairs import RatingState
from survey.storage.queries.ratings import ratings_of
from survey.storage.queries.withdrawals import scrubs_due
from survey.storage.tables import (
    Campaign,
    EvidenceFile,
    OfficeSheet,
    OpenAnswer,
    RatingPair,
    RestoredSheet,
    SheetDraft,
)

KEY = b"the key of drafts in these tests"


@pytest.fixture
def units(session):
    return [a_unit(session, code=f"U{n}") for n in (1, 2)]


@pytest.fixture
def campaign(session, units):
    return a_campaign(session, units, Audience.PARTNER)


def withdraw(session, campaign, unit_code=None, now=NOON, **given):
    asked = {"reason": "填错了单位", "is_asked": True} | given
    return withdraw_ratings(
        session, campaign, rater_code="CZ", unit_code=unit_code, now=now, **asked
    )


def rated(session, campaign, unit, rater_code="CZ", **given):
    pair = a_rating_pair(session, campaign, unit, rater_code=rater_code, quota=2)
    return pair, an_office_sheet(session, pair, **given)


def left(session, table):
    return session.exec(select(table)).all()


def test_everything_of_one_pair_goes_and_nothing_of_others(session, campaign, units):
    pair, sheet = rated(session, campaign, units[0], texts='{"Q4": "太慢"}')
    an_office_sheet(session, pair, revision=2)
    an_office_sheet(session, pair, quota_place=2)
    others = [rated(session, campaign, units[1])[0], rated(session, campaign, units[0], "FG")[0]]
    note = {"reason": "核对过", "restored_by": "王敏", "restored_on": NOON.date()}
    of_cell = {"campaign_id": campaign.id, "unit_id": units[0].id}
    session.add(RestoredSheet(**of_cell, sheet_id=sheet.sheet_id, **note))
    session.add(RestoredSheet(**of_cell, sheet_id=uuid4(), **note))
    file = {"name": "a.pdf", "media_type": "application/pdf", "content": b"%PDF", "digest": "d"}
    session.add(EvidenceFile(rating_pair_id=pair.id, item_id="Q1", added_at=NOON, **file))
    for token, owner in (("one", pair.id), ("two", others[0].id), ("three", None)):
        place = draft_place(KEY, token)
        save_draft(session, place, campaign.id, {"Q1": "1"}, NOON, rating_pair_id=owner)

    done = withdraw(session, campaign, "U1")

    assert done.unit_codes == ("U1",)
    assert (done.sheet_count, done.restored_count) == (3, 1)
    assert (done.file_count, done.draft_count, done.word_count) == (1, 1, 0)
    assert {sheet.rating_pair_id for sheet in left(session, OfficeSheet)} == {p.id for p in others}
    assert (len(left(session, SheetDraft)), len(left(session, RestoredSheet))) == (2, 1)
    assert left(session, EvidenceFile) == []
    mine = [r for r in ratings_of(session, campaign.id, "CZ") if r.unit_code == "U1"]
    assert {(r.state, r.withdrawn_at) for r in mine} == {(RatingState.NOT_YET, NOON)}


def test_all_pairs_of_an_office_go_at_once(session, campaign, units):
    for unit in units:
        rated(session, campaign, unit)

    assert withdraw(session, campaign).unit_codes == ("U1", "U2")

    assert left(session, OfficeSheet) == []
    with pytest.raises(WithdrawRefused):
        withdraw(session, campaign)


def test_words_taken_apart_stay_while_another_office_may_have_written_them(
    session, campaign, units
):
    rated(session, campaign, units[0], texts='{"Q4": "太慢"}')
    rated(session, campaign, units[0], "FG", texts='{"Q4": "很好"}')
    an_open_answer(session, campaign, units[1], "别的单位")
    wind_up(session, campaign, campaign.closes_at)
    after = campaign.closes_at + timedelta(hours=1)

    assert withdraw(session, campaign, "U1", after).word_count == 0
    assert len(left(session, OpenAnswer)) == 3

    asked = {"reason": "同样", "is_asked": True, "now": after}
    last = withdraw_ratings(session, campaign, rater_code="FG", unit_code="U1", **asked)
    assert last.word_count == 2
    assert [words.text for words in left(session, OpenAnswer)] == ["别的单位"]


def test_nothing_goes_without_request_reason_or_office_nor_from_a_locked_campaign(
    session, campaign, units
):
    rated(session, campaign, units[0])

    for given in ({"reason": " "}, {"reason": "长" * 301}, {"is_asked": False}):
        with pytest.raises(WithdrawRefused):
            withdraw(session, campaign, **given)
    with pytest.raises(OfficeNotFound):
        withdraw(session, campaign, "U9")
    campaign.locked_at = campaign.closes_at
    session.flush()
    with pytest.raises(SteerRefused) as refused:
        withdraw(session, campaign, now=campaign.closes_at)

    assert refused.value.code == "steer_is_locked"
    assert len(left(session, OfficeSheet)) == 1


def test_no_byte_is_left_in_the_files_after_a_withdrawal(settings, database):
    marks = [
        b"MARKED-WORDS-7714",
        b"%PDF-MARKED-FILE-5531",
        bytes([7, 3, 1, 6, 5, 2, 4, 7, 7, 1] * 4),
    ]
    storage = RawStorage(settings)
    with database.writing() as session:
        unit = a_unit(session, code="U1")
        campaign = a_campaign(session, [unit], Audience.PARTNER)
        words = f'{{"Q4": "{marks[0].decode()}"}}'
        pair, _ = rated(session, campaign, unit, packed=marks[2], texts=words)
        file = {"name": "a.pdf", "media_type": "application/pdf", "digest": "d"}
        session.add(
            EvidenceFile(
                rating_pair_id=pair.id, item_id="Q1", content=marks[1], added_at=NOON, **file
            )
        )
    storage.gather_statistics()
    assert not scrub_withdrawn(database)
    with database.writing() as session:
        withdraw(session, session.get_one(Campaign, campaign.id))
        assert len(scrubs_due(session)) == 1

    assert scrub_withdrawn(database)

    assert storage.found(marks) == set()
    with database.reading() as session:
        assert scrubs_due(session) == []
        assert [pair.withdrawn_at for pair in left(session, RatingPair)] == [NOON]
    assert not scrub_withdrawn(database)
