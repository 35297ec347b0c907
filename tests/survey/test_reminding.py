"""Reminders over a real mail server: to whom, when, and what is kept of them."""

from datetime import timedelta

import pytest
from builders import NOON
from mail_office import ANN, BOB, MailOffice
from real_mail_server import a_mail_server, token_in

from survey.distribute.remind import begin_due_reminders, cancel_reminder, plan_reminder
from survey.errors import InvitationRefused
from survey.rules.ways_in.invitation import RETRY_AFTER, most_reminded
from survey.rules.ways_in.link import LinkState
from survey.storage.tables import Campaign, OutboxMail, Reminder, RosterEntry


@pytest.fixture
def postbox():
    with a_mail_server() as (made, server):
        made.server = server
        yield made


@pytest.fixture
def office(database, settings, postbox):
    return MailOffice(database, settings, postbox.server)


def test_a_reminder_goes_to_unused_links_with_a_fresh_token_of_the_same_link(office, postbox):
    office.invite(ANN, BOB)
    office.use(postbox.token_to(BOB))
    office.clock.now += timedelta(days=2)

    assert office.remind() == 1

    first, second = (token_in(mail) for mail in postbox.to(ANN))
    assert first != second
    assert office.way(first).link_id == office.way(second).link_id
    assert len(postbox.to(BOB)) == 1
    office.use(second)
    assert office.way(first).state == LinkState.USED


def test_a_reminder_is_dropped_where_an_answer_came_while_it_waited(office, postbox):
    office.invite(ANN)
    office.clock.now += timedelta(days=2)
    postbox.replies[ANN] = "451 too busy"
    office.remind()
    office.use(postbox.token_to(ANN))
    postbox.replies.clear()
    office.clock.now += RETRY_AFTER[0]

    assert office.postman.deliver() == 0
    assert office.rows(OutboxMail) == []


def test_what_became_of_a_reminder_is_not_kept_for_it_would_tell_who_had_not_answered(
    office, postbox
):
    office.invite(ANN, BOB)
    office.use(postbox.token_to(BOB))
    before = office.rows(RosterEntry)
    office.clock.now += timedelta(days=2)
    postbox.replies[ANN] = "550 mailbox full"
    office.remind()

    assert office.rows(OutboxMail) == []
    assert office.rows(RosterEntry) == before


def test_a_reminder_to_all_goes_to_those_who_have_answered_too(office, postbox):
    office.invite(ANN, BOB)
    office.use(postbox.token_to(BOB))
    office.clock.now += timedelta(days=2)

    assert office.remind(is_to_all=True) == 2


def test_how_many_were_reminded_is_kept_in_steps_of_five(office, postbox):
    addresses = [f"p{number}@example.cn" for number in range(12)]
    office.invite(*addresses)
    for address in addresses[:7]:
        office.use(postbox.token_to(address))
    office.clock.now += timedelta(days=2)

    assert office.remind() == 5
    assert office.rows(Reminder)[0].most_count == 7


def refusal_of_a_plan(office, due_at):
    with office.database.writing() as session:
        campaign = session.get_one(Campaign, office.campaign.id)
        with pytest.raises(InvitationRefused) as refused:
            plan_reminder(session, campaign, due_at, is_to_all=False, now=NOON)
    return refused.value.code


def test_reminders_lie_two_days_apart_and_inside_the_window(office):
    with office.database.writing() as session:
        campaign = session.get_one(Campaign, office.campaign.id)
        later = NOON + timedelta(days=3)
        plan_reminder(session, campaign, later, is_to_all=False, now=NOON)

    near = later + timedelta(days=2) - timedelta(seconds=1)
    assert refusal_of_a_plan(office, near) == "reminder_too_near"
    assert refusal_of_a_plan(office, NOON - timedelta(seconds=1)) == "reminder_outside"
    assert refusal_of_a_plan(office, NOON + timedelta(days=7)) == "reminder_outside"


def test_a_planned_reminder_begins_once_at_its_time_and_only_then(office, postbox):
    office.invite(ANN)
    due_at = NOON + timedelta(days=3)
    with office.database.writing() as session:
        campaign = session.get_one(Campaign, office.campaign.id)
        plan_reminder(session, campaign, due_at, is_to_all=False, now=NOON)

    assert begin_due_reminders(office.database, due_at - timedelta(seconds=1)) == 0
    office.clock.now = due_at
    assert [begin_due_reminders(office.database, due_at) for _ in range(2)] == [1, 0]
    assert office.postman.deliver() == 1


def test_a_cancelled_reminder_reminds_nobody_and_one_that_began_cannot_be_cancelled(office):
    office.invite(ANN)
    office.clock.now += timedelta(days=2)
    office.remind()
    key = office.rows(Reminder)[0].id

    with office.database.writing() as session, pytest.raises(InvitationRefused):
        cancel_reminder(session, session.get_one(Campaign, office.campaign.id), key)


def test_whoever_was_invited_yesterday_is_left_in_peace(office, postbox):
    office.invite(ANN)
    office.clock.now += timedelta(days=1)

    assert office.remind() == 0


@pytest.mark.parametrize("delivered_count", range(1, 40))
def test_the_count_of_reminded_says_no_more_than_the_progress_in_steps_of_five(delivered_count):
    said = {used: most_reminded(delivered_count, used) for used in range(delivered_count + 1)}

    for used, most in said.items():
        assert most == said[used // 5 * 5]
        assert delivered_count - used <= most
