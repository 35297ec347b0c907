"""Invitations over a real mail server: tokens, pauses, refusals, words."""

from dataclasses import replace
from datetime import timedelta

import pytest
from builders import NOON
from mail_office import ANN, BOB, EVE, MailOffice
from real_mail_server import a_certificate, a_mail_server, text_of, token_in

from survey.distribute.roster import Invitee, add_to_roster, keep_words, send_again
from survey.errors import LinkNotFound
from survey.mail_server import MailServer
from survey.rules.ways_in.invitation import RETRY_AFTER, Delivery, Words
from survey.storage.tables import Campaign, Link, LinkToken, OutboxMail, RosterEntry


@pytest.fixture
def postbox():
    with a_mail_server() as (made, server):
        made.server = server
        yield made


@pytest.fixture
def office(database, settings, postbox):
    return MailOffice(database, settings, postbox.server)


def test_each_address_gets_a_link_of_its_own_in_both_languages(office, postbox):
    assert office.invite(ANN, BOB) == 2

    mail = postbox.to(ANN)[0]
    assert mail["Subject"] == "请您填写问卷：市图书馆 / Please answer a questionnaire: 市图书馆"
    assert mail["From"] == "民意 <pingyi@example.cn>"
    assert "2026-06-08 12:00" in text_of(mail)
    assert mail.get_content_type() == "text/plain"
    ways = {office.way(token_in(mail)).link_id for mail in postbox.mails}
    assert len(ways) == 2
    assert {entry.delivery for entry in office.rows(RosterEntry)} == {Delivery.SENT}
    assert office.rows(OutboxMail) == []


def test_a_link_that_was_not_mailed_yet_has_no_token_at_all(office):
    with office.database.writing() as session:
        campaign = session.get_one(Campaign, office.campaign.id)
        add_to_roster(session, campaign, [Invitee(office.unit_code, ANN)], NOON)

    assert len(office.rows(Link)) == 1
    assert office.rows(LinkToken) == []


def test_neither_token_nor_address_reaches_the_log(office, postbox, caplog):
    caplog.set_level("DEBUG")
    postbox.replies[BOB] = "550 no such user here"
    office.invite(ANN, BOB)

    said = "\n".join(
        record.getMessage() for record in caplog.records if record.name.startswith("survey")
    )
    assert postbox.token_to(ANN) not in caplog.text
    assert "sent 1 mails" in said
    assert "@example.cn" not in said


def test_the_token_is_nowhere_in_the_files_of_the_database(sqlite_database, sqlite_settings):
    with a_mail_server() as (postbox, server):
        office = MailOffice(sqlite_database, sqlite_settings, server)
        office.invite(ANN)
        token = postbox.token_to(ANN).encode()

    files = [path.read_bytes() for path in sqlite_settings.data_dir.glob("minyi.sqlite3*")]
    assert any(ANN.encode() in content for content in files)
    assert not any(token in content for content in files)


def test_mails_wait_for_the_opening_and_while_paused(office, postbox):
    with office.database.writing() as session:
        session.get_one(Campaign, office.campaign.id).is_paused = True
    assert office.invite(ANN) == 0

    with office.database.writing() as session:
        session.get_one(Campaign, office.campaign.id).is_paused = False
    assert office.postman.deliver() == 1


def test_a_mail_that_is_put_off_is_tried_again_after_growing_pauses(office, postbox):
    postbox.replies[ANN] = "451 too busy"
    office.invite(ANN)
    assert office.postman.deliver() == 0
    assert office.entry(ANN).delivery == Delivery.WAITING
    assert office.entry(ANN).refusal == "too busy"

    for pause in RETRY_AFTER[:2]:
        office.clock.now += pause - timedelta(seconds=1)
        assert office.postman.deliver() == 0
        attempts = office.rows(OutboxMail)[0].attempts
        office.clock.now += timedelta(seconds=1)
        office.postman.deliver()
        assert office.rows(OutboxMail)[0].attempts == attempts + 1

    postbox.replies.clear()
    office.clock.now += RETRY_AFTER[2]
    assert office.postman.deliver() == 1
    assert office.entry(ANN).refusal == ""
    assert len(office.rows(LinkToken)) == 4


def test_a_mail_put_off_for_days_counts_as_refused(office, postbox):
    postbox.replies[ANN] = "451 too busy"
    office.invite(ANN)
    for pause in RETRY_AFTER:
        office.clock.now += pause
        office.postman.deliver()

    assert office.entry(ANN).delivery == Delivery.REFUSED
    assert office.rows(OutboxMail) == []


def test_a_refused_address_keeps_the_servers_words_and_can_be_corrected(office, postbox):
    postbox.replies[BOB] = "550 5.1.1 no such\tuser"
    assert office.invite(ANN, BOB) == 1

    entry = office.entry(BOB)
    assert (entry.delivery, entry.refusal) == (Delivery.REFUSED, "5.1.1 no such user")

    with office.database.writing() as session:
        campaign = session.get_one(Campaign, office.campaign.id)
        send_again(session, campaign, entry.id, EVE, NOON)
    assert office.postman.deliver() == 1
    assert office.way(postbox.token_to(EVE)).link_id == entry.link_id


def test_an_unreachable_server_costs_no_mail_an_attempt(office, postbox):
    server = office.settings.mail_server
    office.use_server(replace(server, port=9))
    assert office.invite(ANN) == 0

    assert office.postman.trouble is not None
    assert office.rows(OutboxMail)[0].attempts == 0

    office.use_server(server)
    assert office.postman.deliver() == 1
    assert office.postman.trouble is None


def test_a_password_leaves_encrypted_only_and_a_wrong_one_blames_no_address(
    sqlite_database, sqlite_settings, tmp_path, monkeypatch
):
    certificate = a_certificate(tmp_path)
    with a_mail_server("minyi", "right", certificate) as (_, server):
        office = MailOffice(sqlite_database, sqlite_settings, server)
        assert office.invite(ANN) == 0
        assert "CERTIFICATE_VERIFY_FAILED" in str(office.postman.trouble)

        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        office.use_server(replace(server, password="wrong"))
        assert office.postman.deliver() == 0
        assert "Authentication credentials invalid" in str(office.postman.trouble)
        assert office.entry(ANN).delivery == Delivery.WAITING

        office.use_server(server)
        assert office.postman.deliver() == 1


def test_own_words_are_sent_with_template_syntax_as_it_stands(office, postbox):
    odd = "{{7*7}} ${7*7} {% if x %} {0} {link.__class__} {unit} {closes}\n{link}\n"
    with office.database.writing() as session:
        campaign = session.get_one(Campaign, office.campaign.id)
        keep_words(session, campaign, "invitation", Words("{{7*7}} {unit} {name}", odd))
    office.invite(ANN)

    mail = postbox.to(ANN)[0]
    assert mail["Subject"] == "{{7*7}} 市图书馆 {name}"
    assert text_of(mail).startswith(
        "{{7*7}} ${7*7} {% if x %} {0} {link.__class__} 市图书馆 2026-06-08 12:00\nhttp://"
    )


def test_guessed_tokens_lead_nowhere(office, postbox):
    office.invite(ANN)
    token = postbox.token_to(ANN)

    with pytest.raises(LinkNotFound):
        office.way(token[:-1] + ("A" if token[-1] != "A" else "Q"))


def test_nothing_is_sent_without_a_mail_server(office):
    office.use_server(None)

    assert office.invite(ANN) == 0


def test_the_password_is_not_in_what_is_printed_of_the_server():
    assert "geheim" not in repr(MailServer("h", 25, "a@b.cn", user="u", password="geheim"))


def test_a_data_refusal_keeps_the_words_of_the_server(office, postbox):
    postbox.data_reply = "554 looks like spam"
    office.invite(ANN)

    assert office.entry(ANN).refusal == "looks like spam"
