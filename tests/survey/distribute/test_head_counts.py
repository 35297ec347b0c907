"""Head counts after the opening: filled in, corrected, never below what is known to be out."""

from datetime import timedelta

import pytest
from builders import NOON, a_unit, an_inbox_sheet
from evaluation_builders import an_asked_evaluation

from survey.distribute.cards import cards_for
from survey.distribute.head_counts import correct_head_counts
from survey.errors import LaunchRefused, SteerRefused
from survey.rules.audience import Audience
from survey.rules.ways_in.link import LinkKind
from survey.storage.queries.campaigns import units_of_campaign
from survey.storage.tables import CodeBatch

LEFT, RIGHT = "U-1", "U-2"


@pytest.fixture
def campaigns(session):
    units = [a_unit(session, code=code, name=f"单位{code}") for code in (LEFT, RIGHT)]
    return an_asked_evaluation(session, units, (Audience.STAFF, Audience.CITIZEN))[1]


@pytest.fixture
def staff(campaigns):
    return campaigns[Audience.STAFF]


def rows(session, campaign):
    return {unit.code: row for row, unit in units_of_campaign(session, campaign.id)}


def refusal(act, kind=LaunchRefused):
    with pytest.raises(kind) as caught:
        act()
    return caught.value


def test_a_count_is_filled_in_and_corrected(session, staff):
    assert correct_head_counts(session, staff, {LEFT: 40}, NOON) == {LEFT: (None, 40)}
    assert correct_head_counts(session, staff, {LEFT: 42, RIGHT: 9}, NOON) == {
        LEFT: (40, 42),
        RIGHT: (None, 9),
    }
    assert correct_head_counts(session, staff, {LEFT: 42}, NOON) == {}
    assert rows(session, staff)[LEFT].head_count == 42


@pytest.mark.parametrize("people", [1, 7, 24, 25, 30, 100])
def test_never_below_the_people_that_cards_were_printed_for(session, staff, people):
    row = rows(session, staff)[LEFT]
    session.add(
        CodeBatch(
            campaign_id=staff.id,
            unit_id=row.unit_id,
            kind=LinkKind.CARD,
            count=cards_for(people),
            issued_at=NOON,
            issued_by="王敏",
        )
    )
    session.flush()

    correct_head_counts(session, staff, {LEFT: people}, NOON)
    error = refusal(lambda: correct_head_counts(session, staff, {LEFT: people - 1}, NOON))

    assert (error.code, error.values["least"]) == ("head_count_low", people)


def test_what_arrived_is_compared_in_the_steps_in_which_it_is_shown(session, staff):
    row = rows(session, staff)[LEFT]
    for _ in range(13):
        an_inbox_sheet(session, staff, _unit(session, staff, LEFT))
    row.head_count = 60

    error = refusal(lambda: correct_head_counts(session, staff, {LEFT: 9}, NOON))

    assert error.values["least"] == 10  # 13 would be the exact number
    correct_head_counts(session, staff, {LEFT: 12}, NOON)


def test_never_below_the_sheets_that_officers_keyed_in(session, staff):
    rows(session, staff)[LEFT].paper_count = 7

    error = refusal(lambda: correct_head_counts(session, staff, {LEFT: 6}, NOON))

    assert error.values["least"] == 7


def test_only_as_long_as_the_campaign_is_not_over_and_among_staff(session, campaigns, staff):
    late = staff.closes_at + timedelta(seconds=1)
    early = staff.opens_at - timedelta(days=1)

    assert correct_head_counts(session, staff, {LEFT: 5}, early)
    staff.is_paused = True
    assert correct_head_counts(session, staff, {LEFT: 6}, NOON)
    error = refusal(lambda: correct_head_counts(session, staff, {LEFT: 7}, late), SteerRefused)
    assert error.code == "steer_is_closed"
    citizens = campaigns[Audience.CITIZEN]
    error = refusal(lambda: correct_head_counts(session, citizens, {LEFT: 7}, NOON))
    assert error.code == "head_counts_staff_only"


def _unit(session, campaign, code):
    return next(unit for _, unit in units_of_campaign(session, campaign.id) if unit.code == code)
