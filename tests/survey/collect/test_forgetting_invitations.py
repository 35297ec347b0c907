"""At the close addresses, mails and every trace of reminders are gone."""

from datetime import timedelta

import pytest
from mail_office import ANN, BOB, EVE, MailOffice
from real_mail_server import a_mail_server, token_in

from survey.collect.wind_up import WAIT_AFTER_CLOSE, wind_up_closed
from survey.rules.ways_in.link import LinkState, Standing, standing_of
from survey.storage.tables import Link, LinkToken, OutboxMail, RosterEntry


@pytest.fixture
def server():
    with a_mail_server() as (postbox, made):
        yield postbox, made


def closed(office, postbox):
    """Three were invited, one answered and one was reminded twice; then the campaign closed."""
    office.invite(ANN, BOB, EVE)
    office.use(postbox.token_to(BOB))
    office.clock.now += timedelta(days=3)
    office.remind()
    postbox.replies[EVE] = "451 busy"
    office.clock.now += timedelta(days=2)
    office.remind()
    office.clock.now = office.campaign.closes_at + WAIT_AFTER_CLOSE
    wind_up_closed(office.database, office.clock.now)


def test_at_the_close_the_roster_and_the_outbox_are_erased(database, settings, server):
    postbox, made = server
    office = MailOffice(database, settings, made)
    closed(office, postbox)

    assert office.rows(RosterEntry) == office.rows(OutboxMail) == []
    assert {link.state for link in office.rows(Link)} == {LinkState.VOID}
    assert office.postman.deliver() == 0


def test_every_mailed_link_says_after_the_close_that_it_is_closed(database, settings, server):
    postbox, made = server
    office = MailOffice(database, settings, made)
    closed(office, postbox)

    ways = [office.way(token_in(mail)) for mail in postbox.mails]
    assert len(office.rows(LinkToken)) >= len(ways) == 6
    assert {standing_of(way, office.clock.now) for way in ways} == {Standing.CLOSED}


def test_no_address_is_left_in_the_files_of_the_database(sqlite_database, sqlite_settings, server):
    postbox, made = server
    office = MailOffice(sqlite_database, sqlite_settings, made)
    closed(office, postbox)

    files = [path.read_bytes() for path in sqlite_settings.data_dir.glob("minyi.sqlite3*")]
    for address in (ANN, BOB, EVE):
        assert not any(address.encode() in content for content in files)
