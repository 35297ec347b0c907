"""Short codes typed or scanned, and a counter's screen whose code keeps changing."""

import pytest
from answering import ANSWERS, form_of, open_form, rows, send
from builders import a_campaign, a_questionnaire_version, a_unit, an_evaluation
from sqlmodel import Session

from survey.distribute.invite import single_use_links
from survey.rules.ways_in.link import LinkKind, LinkState, new_code
from survey.rules.ways_in.rotating import new_ticket, screen_secret
from survey.rules.ways_in.short_code import new_short_code, shown_short_code
from survey.storage.tables import AnswerSheet, InboxSheet, Link, LinkToken


@pytest.fixture
def database(client):
    return client.app.state.database


@pytest.fixture
def screens(client):
    """The key that signs what a screen shows."""
    return client.app.state.settings.key("screens")


def a_citizen_campaign(session: Session):
    unit = a_unit(session, name="市不动产登记中心")
    return unit, a_campaign(
        session,
        [unit],
        evaluation_id=an_evaluation(session, [unit]).id,
        questionnaire_version_id=a_questionnaire_version(session).id,
    )


@pytest.fixture
def receipt(client, database):
    """A receipt's code, issued but not used."""
    code, key = new_short_code(), client.app.state.settings.key("links")
    with database.writing() as session:
        unit, campaign = a_citizen_campaign(session)
        single_use_links(session, campaign, unit, LinkKind.RECEIPT, [code], key)
    return code


@pytest.fixture
def rotating(database):
    """The code of a counter's screen."""
    code = new_code()
    with database.writing() as session:
        unit, campaign = a_citizen_campaign(session)
        session.add(
            Link(
                campaign_id=campaign.id,
                unit_id=unit.id,
                kind=LinkKind.ROTATING,
                state=LinkState.OPEN,
                code=code,
                place="3 号窗口",
            )
        )
    return code


def scanned(screens, code, now):
    """What a phone reads off the screen at an instant."""
    return f"{code}.{new_ticket(screens, code, now)}"


def test_a_receipt_code_is_used_once_and_its_sheet_keeps_the_channel_but_not_the_code(
    client, receipt
):
    assert send(client, receipt).status_code == 303

    again = client.get(f"/a/{receipt}")

    assert again.status_code == 200
    assert "我们已收到您的答案" in again.text
    [sheet] = rows(client.app, InboxSheet)
    assert sheet.channel == "receipt"
    [token] = [t for t in rows(client.app, LinkToken) if len(t.token_hash) == 32][-1:]
    assert receipt.encode() not in token.token_hash


def test_a_code_is_read_however_it_is_written(client, receipt):
    typed = client.post("/a", data={"code": f" {shown_short_code(receipt)} "})
    scanned = client.get(f"/a/{shown_short_code(receipt)}?size=large")

    assert typed.headers["location"] == f"/a/{receipt}"
    assert scanned.headers["location"] == f"/a/{receipt}?size=large"
    assert client.get(typed.headers["location"]).status_code == 200


@pytest.mark.parametrize("typed", ["", "abc", "ABCDE-FGHJ1", "<b>x</b>"])
def test_what_cannot_be_a_code_is_told_so_and_stays_in_the_field(client, typed):
    reply = client.post("/a", data={"code": typed})

    assert reply.status_code == 422
    assert 'aria-invalid="true"' in reply.text
    assert "<b>x" not in reply.text


def test_a_slip_is_found_without_looking_the_code_up(client, receipt):
    wrong = receipt[:3] + ("a" if receipt[3] != "a" else "b") + receipt[4:]

    reply = client.post("/a", data={"code": wrong})

    assert reply.status_code == 422
    assert "输反" in reply.text
    assert client.get(f"/a/{wrong}").status_code == 404


def test_whoever_scans_the_screen_has_ten_minutes_to_begin_and_thirty_to_finish(
    client, rotating, screens, clock
):
    code = scanned(screens, rotating, clock())
    clock.move(minutes=9)
    form = open_form(client, code)
    clock.move(minutes=2)

    too_late_to_begin = client.get(f"/a/{code}")
    clock.move(minutes=27, seconds=59)
    in_time = client.post(f"/a/{code}", data=form | ANSWERS)

    assert too_late_to_begin.status_code == 410
    assert "请扫屏幕上正在显示的二维码" in too_late_to_begin.text
    assert in_time.status_code == 303
    assert client.get(in_time.headers["location"]).status_code == 200
    [sheet] = rows(client.app, AnswerSheet)
    assert (sheet.channel, sheet.place) == ("on_site", "3 号窗口")


def test_a_form_opened_in_time_is_refused_after_half_an_hour_and_says_so(
    client, rotating, screens, clock
):
    code = scanned(screens, rotating, clock())
    form = open_form(client, code)
    clock.move(minutes=30, seconds=1)

    reply = client.post(f"/a/{code}", data=form | ANSWERS)

    assert reply.status_code == 410
    assert "30 分钟" in reply.text
    assert rows(client.app, AnswerSheet) == []


def test_nobody_gets_in_without_a_ticket_or_with_another_codes_or_an_altered_one(
    client, rotating, screens, clock, codes
):
    good = scanned(screens, rotating, clock())
    other = new_ticket(screens, codes.citizen, clock())
    last = "A" if good[-1] != "A" else "B"

    for code in (rotating, f"{rotating}.{other}", good[:-1] + last, f"{rotating}."):
        page = client.get(f"/a/{code}")
        assert page.status_code == 410, code
        assert form_of(page.text) == {}
        posted = client.post(f"/a/{code}", data=ANSWERS)
        assert posted.status_code == 410
        assert "@sheet" not in posted.text
    assert client.get(f"/a/{codes.citizen}.{other}").status_code == 404
    assert client.get(f"/q/{rotating}.svg").status_code == 404
    assert rows(client.app, AnswerSheet) == []


def test_a_screen_shows_a_fresh_code_to_its_secret_address_only(client, rotating, screens, clock):
    address = f"/s/{rotating}.{screen_secret(screens, rotating)}"

    first, again = client.get(address), None
    clock.move(seconds=61)
    again = client.get(address)

    assert first.status_code == again.status_code == 200
    assert "市不动产登记中心" in first.text
    assert "3 号窗口" in first.text
    assert '<meta http-equiv="refresh" content="60">' in first.text
    assert picture_of(first) != picture_of(again)
    assert client.get(f"/s/{rotating}.{'x' * 22}").status_code == 404
    assert client.get(f"/s/{rotating}").status_code == 404
    assert first.headers["cache-control"] == "no-store"


def test_a_staff_link_keeps_no_channel(client, codes):
    assert send(client, codes.staff[0]).status_code == 303

    assert [sheet.channel for sheet in rows(client.app, InboxSheet)] == [None]


def picture_of(page):
    return page.text.partition("base64,")[2].partition('"')[0]
