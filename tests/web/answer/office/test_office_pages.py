"""An office rates several units: one at a time, item by item, compared, sent, replaced, closed."""

import pytest
from answering import ANSWERS, rows

from survey.collect.wind_up import wind_up_closed
from survey.storage.tables import Campaign, OpenAnswer, SheetDraft

OTHER = {"Q1": "2", "Q2": "2", "Q3": "2"}


def test_a_link_lists_the_units_of_its_office_and_no_other(office):
    reply = office.client.get(f"/a/{office.token}")

    assert reply.headers["location"] == f"/a/{office.token}/units"
    page = office.get().text
    assert "市财政局" in page
    assert [name in page for name in ("被评1局", "被评2局", "被评3局")] == [True, True, False]
    assert page.count("还没有填") == 2


@pytest.mark.parametrize("path", ["units/U3", "units/U9", "units/市财政局"])
def test_a_unit_that_is_not_the_offices_is_not_found(office, path):
    assert office.get(path).status_code == 404
    assert office.client.post(f"/a/{office.token}/{path}", data=ANSWERS).status_code == 404
    assert office.client.post(f"/a/{office.token}/send", data={"U3": "0" * 32}).status_code == 404
    assert office.sheets() == []


def test_a_rating_is_kept_first_and_sent_after_the_comparison(office):
    assert office.rate("U1").status_code == 303
    assert office.sheets() == []
    assert "已填好，待提交" in office.get().text

    reply = office.send()

    assert reply.headers["location"].endswith("?said=sent")
    (sheet,) = office.sheets()
    assert (sheet.revision, sheet.packed, sheet.has_no_dealings) == (1, bytes([4, 2, 255]), False)
    assert sheet.texts == '{"Q4": "窗口太少"}'
    assert rows(office.client.app, SheetDraft) == []


def test_what_is_kept_comes_back_at_the_same_link_and_at_no_other(office):
    office.rate("U1", OTHER)

    assert 'name="Q1" value="2" checked' in office.get("units/U1").text
    assert " checked>" not in office.get("units/U1", office.second).text


def test_a_missed_item_is_named_and_the_rest_is_kept(office):
    reply = office.rate("U1", {"Q2": "2"})

    assert reply.status_code == 422
    assert "这一题还没有回答" in reply.text
    assert 'name="Q2" value="2" checked' in reply.text
    assert "填了一部分" in office.get().text
    assert 'type="checkbox"' not in office.get("compare").text  # it cannot be sent yet


def test_sending_twice_makes_one_revision_and_a_change_makes_the_next(office):
    office.rate("U1")
    page = office.get("compare").text
    office.send()
    again = office.client.post(
        f"/a/{office.token}/send", data={"U1": page.partition('name="U1" value="')[2][:32]}
    )

    assert again.status_code == 303
    assert len(office.sheets()) == 1
    office.rate("U1", OTHER)
    office.send()
    assert [(sheet.revision, sheet.packed[0]) for sheet in office.sheets()] == [(1, 4), (2, 2)]
    assert "第 2 次" in office.get().text


def test_a_rating_opened_and_left_as_it_was_needs_no_sending(office):
    office.rate("U1")
    office.send()

    office.rate("U1")

    assert "待提交" not in office.get().text


def test_what_was_changed_after_the_comparison_is_not_sent_unseen(office):
    office.rate("U1")
    seen = office.get("compare").text.partition('name="U1" value="')[2][:32]
    office.rate("U1", OTHER)

    reply = office.client.post(f"/a/{office.token}/send", data={"U1": seen})

    assert reply.headers["location"].endswith("?said=changed")
    assert office.sheets() == []


def test_no_dealings_is_one_tap_and_may_be_taken_back(office):
    office.rate("U1", OTHER)

    reply = office.post("units/U1/none")

    assert reply.headers["location"].endswith("?said=none")
    (sheet,) = office.sheets()
    assert (sheet.has_no_dealings, sheet.packed) == (True, bytes(3))
    assert rows(office.client.app, SheetDraft) == []  # what was kept is gone
    office.rate("U1")
    office.send()
    assert [sheet.has_no_dealings for sheet in office.sheets()] == [True, False]


def test_all_units_are_rated_on_one_item_after_the_other(office):
    page = office.get("items").text
    assert page.count("<fieldset") == 2

    for number, item in enumerate(("Q1", "Q2", "Q3"), start=1):
        path = f"items?page={number}"
        given = {f"U1@{item}": "5", f"U2@{item}": str(number), "@go": "next"}
        reply = office.post("items", given, path)

    assert reply.headers["location"].endswith("/compare")
    office.send()
    assert [sheet.packed for sheet in office.sheets()] == [bytes([5, 5, 5]), bytes([1, 2, 3])]


def test_the_comparison_turns_reverse_items_round_and_warns_of_sameness(office):
    office.rate("U1", {"Q1": "5", "Q2": "1", "Q3": "5"})
    office.rate("U2", {"Q1": "5", "Q2": "1", "Q3": "5"})
    assert "完全一样" in office.get("compare").text

    office.rate("U2", {"Q1": "1", "Q2": "5", "Q3": "1"})

    page = office.get("compare").text
    assert "最高 100.0 分，最低 0.0 分，相差 100.0 分，平均 50.0 分" in page
    assert "比平均低 50.0 分" in page


def test_two_quota_places_of_an_office_rate_apart(office):
    office.rate("U1")
    office.rate("U1", OTHER, office.second)
    office.send()
    office.send(office.second)

    assert [(s.quota_place, s.revision) for s in office.sheets()] == [(1, 1), (2, 1)]


def test_after_the_close_every_page_says_the_same_and_words_stand_apart(office, clock):
    office.rate("U1")
    office.send()
    office.rate("U1", ANSWERS | {"Q4": "回复很快"})
    office.send()
    clock.move(days=8)

    pages = {office.get(path).text for path in ("units", "units/U1", "items", "compare")}

    assert len(pages) == 1
    assert office.get().status_code == 410
    assert office.client.post(f"/a/{office.token}/send", data={"U1": "0"}).status_code == 410
    app = office.client.app
    wind_up_closed(app.state.database, clock.now)
    assert [row.text for row in rows(app, OpenAnswer)] == ["回复很快"]
    assert {sheet.texts for sheet in office.sheets()} == {None}


def test_a_pause_loses_nothing(office):
    with office.client.app.state.database.writing() as session:
        session.get_one(Campaign, office.campaign_id).is_paused = True

    reply = office.client.post(f"/a/{office.token}/units/U1", data=ANSWERS | {"@page": "1"})

    assert reply.status_code == 503
    assert 'name="Q4" value="窗口太少"' in reply.text


def test_what_was_sent_stands_and_counts_as_done_until_the_new_one_is_sent(office):
    office.rate("U1")
    office.send()
    before = office.get().text
    office.rate("U1", OTHER)
    meanwhile = office.get().text
    office.send()

    assert "已完成 1 个" in before
    assert "上次提交的仍然有效" not in before
    assert "已完成 1 个" in meanwhile
    assert "上次提交的仍然有效" in meanwhile
    assert "上次提交的仍然有效" not in office.get().text
