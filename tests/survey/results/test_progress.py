from datetime import timedelta

import pytest
from builders import NOON, a_personal_link, a_unit, an_inbox_sheet
from evaluation_builders import (
    an_asked_evaluation,
    answer,
    answer_as_offices,
    score,
    varied_sheets,
    wind_up,
)

from survey.distribute.launch import open_links
from survey.results import campaign_progress, evaluation_list, evaluation_overview
from survey.rules.audience import Audience


def progress(session, campaign, now=NOON):
    return campaign_progress(session, campaign, now)


def test_open_codes_are_counted_exactly_with_the_codes_that_lead_there(session):
    units = [a_unit(session), a_unit(session)]
    _, campaigns = an_asked_evaluation(session, units)
    citizens = campaigns[Audience.CITIZEN]
    links = open_links(session, citizens, {units[0].code: ("办事大厅",)})
    answer(session, citizens, units[0], varied_sheets(3))

    found = progress(session, citizens)

    assert found.is_exact
    assert [unit.received_count for unit in found.units] == [3, 0]
    assert found.received_count == 3
    assert [(c.code, c.place) for c in found.units[0].open_codes] == [(links[0].code, "办事大厅")]


@pytest.mark.parametrize(
    ("mixed", "waiting", "shown"), [(0, 4, None), (0, 5, 5), (10, 4, 10), (10, 9, 15)]
)
def test_sheets_of_links_are_counted_in_steps_of_five(session, mixed, waiting, shown):
    unit = a_unit(session)
    _, campaigns = an_asked_evaluation(session, [unit])
    staff = campaigns[Audience.STAFF]
    for _ in range(20):
        a_personal_link(session, staff, unit)
    answer(session, staff, unit, varied_sheets(mixed))
    for _ in range(waiting):
        an_inbox_sheet(session, staff, unit)

    found = progress(session, staff)

    assert not found.is_exact
    assert (found.units[0].received_count, found.units[0].issued_count) == (shown, 20)
    assert found.received_count == (shown or 0)
    assert (found.units[0].not_shown is None) is (shown is not None)
    assert found.units[0].missing_count is None


def test_the_sum_over_units_adds_up_what_is_shown_of_them(session):
    units = [a_unit(session), a_unit(session)]
    _, campaigns = an_asked_evaluation(session, units)
    answer_as_offices(session, campaigns[Audience.PARTNER], units[0], varied_sheets(9))
    answer_as_offices(session, campaigns[Audience.PARTNER], units[1], varied_sheets(4))

    assert progress(session, campaigns[Audience.PARTNER]).received_count == 5


def test_an_open_cell_tells_how_many_sheets_the_next_run_needs(session):
    unit = a_unit(session)
    evaluation, campaigns = an_asked_evaluation(session, [unit])
    citizens = campaigns[Audience.CITIZEN]
    answer(session, citizens, unit, varied_sheets(27))
    missing = [progress(session, citizens).units[0].missing_count]
    answer(session, citizens, unit, varied_sheets(3))
    missing.append(progress(session, citizens).units[0].missing_count)

    score(session, evaluation)
    answer(session, citizens, unit, varied_sheets(9))
    missing.append(progress(session, citizens).units[0].missing_count)
    wind_up(session, citizens)
    missing.append(progress(session, citizens).units[0].missing_count)

    assert missing == [3, 0, 1, None]


def test_the_phase_is_that_of_the_window(session):
    _, campaigns = an_asked_evaluation(session, [a_unit(session)])
    citizens = campaigns[Audience.CITIZEN]
    day = timedelta(days=1)

    phases = [
        progress(session, citizens, now).phase
        for now in (citizens.opens_at - day, NOON, citizens.closes_at)
    ]

    assert phases == ["upcoming", "open", "closed"]


def test_a_campaign_is_being_wound_up_from_its_close_until_that_is_done(session):
    _, campaigns = an_asked_evaluation(session, [a_unit(session)])
    citizens = campaigns[Audience.CITIZEN]
    states = [progress(session, citizens, at).is_winding_up for at in (NOON, citizens.closes_at)]
    wind_up(session, citizens)
    states.append(progress(session, citizens, citizens.closes_at).is_winding_up)

    assert states == [False, True, False]


def test_an_overview_names_what_a_run_made_now_would_count(session):
    units = [a_unit(session), a_unit(session)]
    evaluation, campaigns = an_asked_evaluation(session, units)
    answer(session, campaigns[Audience.CITIZEN], units[0], varied_sheets(30))
    before = evaluation_overview(session, evaluation, NOON)
    score(session, evaluation)

    after = evaluation_overview(session, evaluation, NOON)

    assert (before.run, before.ready_unit_count) == (None, 1)
    assert (after.run.number, after.ready_unit_count) == (1, 0)
    assert (after.tree, after.tree_version) == ("tree", 1)
    assert [campaign.code for campaign in after.campaigns] == [
        "camp-staff",
        "camp-partner",
        "camp-citizen",
    ]


def test_evaluations_are_listed_with_how_much_they_hold(session):
    evaluation, _ = an_asked_evaluation(session, [a_unit(session), a_unit(session)])

    (listed,) = evaluation_list(session)

    assert (listed.code, listed.unit_count, listed.campaign_count) == (evaluation.code, 2, 3)


def test_after_the_close_offices_are_counted_exactly_and_links_stay_in_steps(session):
    unit = a_unit(session)
    _, campaigns = an_asked_evaluation(session, [unit])
    partner, staff = campaigns[Audience.PARTNER], campaigns[Audience.STAFF]
    answer_as_offices(session, partner, unit, varied_sheets(9))
    answer(session, staff, unit, varied_sheets(13))
    before = [progress(session, campaign) for campaign in (partner, staff)]
    for campaign in (partner, staff):
        wind_up(session, campaign)
    after = [progress(session, campaign) for campaign in (partner, staff)]

    assert [(one.received_count, one.counting) for one in before] == [
        (5, "at_least"),
        (10, "at_least"),
    ]
    assert [(one.received_count, one.counting) for one in after] == [(9, "exact"), (10, "in_steps")]


def test_a_closed_campaign_asks_for_no_more_sheets(session):
    _, campaigns = an_asked_evaluation(session, [a_unit(session)])
    citizens = campaigns[Audience.CITIZEN]

    assert progress(session, citizens, citizens.closes_at).units[0].missing_count is None
