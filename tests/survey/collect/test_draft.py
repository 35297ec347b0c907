"""A sheet not yet sent is kept for its respondent, and for nobody else."""

from datetime import timedelta

from builders import NOON, a_campaign
from sqlmodel import select

from survey.collect.draft import (
    draft_place,
    erase_draft,
    erase_drafts_of,
    erase_old_drafts,
    load_draft,
    save_draft,
)
from survey.rules.ways_in.link import new_token
from survey.storage.tables import SheetDraft

KEY = b"the key of drafts in these tests."
FIELDS = {"Q1": "4", "Q4": "窗口太少𠮷"}


def test_a_draft_comes_back_to_its_token_and_to_no_other(session):
    campaign, token = a_campaign(session), new_token()
    save_draft(session, draft_place(KEY, token), campaign.id, FIELDS, NOON)

    later = NOON + timedelta(hours=23, minutes=59)
    assert load_draft(session, draft_place(KEY, token), later) == FIELDS
    assert load_draft(session, draft_place(KEY, new_token()), later) is None
    assert load_draft(session, draft_place(KEY, token, "U01"), later) is None
    assert (
        load_draft(session, draft_place(b"another key of the service.......", token), NOON) is None
    )


def test_parts_of_one_token_are_kept_apart(session):
    campaign, token = a_campaign(session), new_token()
    first, second = (draft_place(KEY, token, part) for part in ("U01", "U02"))
    save_draft(session, first, campaign.id, {"Q1": "1"}, NOON)
    save_draft(session, second, campaign.id, {"Q1": "2"}, NOON)

    erase_draft(session, first)

    assert load_draft(session, first, NOON) is None
    assert load_draft(session, second, NOON) == {"Q1": "2"}


def test_a_newer_draft_takes_the_place_of_the_older(session):
    campaign, place = a_campaign(session), draft_place(KEY, new_token())
    for ticked in ("1", "2"):
        save_draft(session, place, campaign.id, {"Q1": ticked}, NOON)

    assert load_draft(session, place, NOON) == {"Q1": "2"}
    assert len(session.exec(select(SheetDraft)).all()) == 1


def test_what_lies_in_the_table_shows_neither_answers_nor_token_nor_length(session):
    campaign, token = a_campaign(session), new_token()
    short, long = (draft_place(KEY, token, part) for part in ("a", "b"))
    save_draft(session, short, campaign.id, {"satisfied": "4"}, NOON)
    save_draft(session, long, campaign.id, FIELDS | {f"Q{n}": "5" for n in range(10, 99)}, NOON)

    rows = session.exec(select(SheetDraft)).all()

    stored = b"".join(row.draft_key + row.sealed for row in rows)
    assert token.encode() not in stored
    assert "窗口".encode() not in stored
    assert b"satisfied" not in stored  # two letters would stand there by chance
    assert len({len(row.sealed) for row in rows}) == 1
    assert {row.expires_at.minute % 10 for row in rows} == {0}


def test_a_draft_moved_to_another_campaign_does_not_open(session):
    campaign, other = a_campaign(session), a_campaign(session)
    place = draft_place(KEY, new_token())
    save_draft(session, place, campaign.id, FIELDS, NOON)

    session.exec(select(SheetDraft)).one().campaign_id = other.id
    session.flush()

    assert load_draft(session, place, NOON) is None


def test_after_a_day_a_draft_is_neither_shown_nor_kept(database):
    place = draft_place(KEY, new_token())
    with database.writing() as session:
        save_draft(session, place, a_campaign(session).id, FIELDS, NOON + timedelta(minutes=3))

    with database.reading() as session:
        shown = load_draft(session, place, NOON + timedelta(hours=24, minutes=3))
    erased = [erase_old_drafts(database, NOON + timedelta(hours=hours)) for hours in (24, 24.2)]

    assert shown is None
    assert erased == [0, 1]


def test_the_drafts_of_a_closed_campaign_are_erased_and_others_stay(session):
    closed, other = a_campaign(session), a_campaign(session)
    places = [draft_place(KEY, new_token()) for _ in range(2)]
    for campaign, place in zip((closed, other), places, strict=True):
        save_draft(session, place, campaign.id, FIELDS, NOON)

    erase_drafts_of(session, closed.id)

    assert [load_draft(session, place, NOON) for place in places] == [None, FIELDS]
