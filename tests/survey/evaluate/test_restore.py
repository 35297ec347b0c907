import pytest
from builders import NOON, a_unit, an_answer_sheet
from evaluation_builders import (
    an_asked_evaluation,
    answer,
    answer_as_offices,
    score,
    varied_sheets,
    wind_up,
)
from sqlmodel import select

from scales import QualityLimits
from survey.errors import NothingNewToScore, RestoreRefused, SheetNotFound
from survey.evaluate.plan import choose_quality_rules, plan_content
from survey.evaluate.restore import restore_sheet
from survey.results import rejected_sheets
from survey.rules.audience import Audience
from survey.storage.queries.figures import read_run
from survey.storage.tables import AnswerSheet, RestoredSheet

STAFF, PARTNER, CITIZEN = Audience.STAFF, Audience.PARTNER, Audience.CITIZEN
POOR = b"\4\0\0"
KEY = b"the key of sheets in these tests"
EARLY = NOON.replace(hour=1)


FAST = bytes([5, 1, 5])


def asked(session, audience, valid, poor):
    """A unit with so many sheets, valid and rejected, that came before NOON.

    Citizens and staff are rejected for answering within five seconds, offices for one answer.
    """
    unit = a_unit(session)
    evaluation, campaigns = an_asked_evaluation(session, [unit])
    limits = QualityLimits(short_form_seconds_per_item=2.0)
    choose_quality_rules(session, evaluation, ("incomplete", "too_fast"), limits, NOON)
    if audience is PARTNER:
        sheets = varied_sheets(valid) + [POOR] * poor
        answer_as_offices(session, campaigns[audience], unit, sheets)
    else:
        answer(session, campaigns[audience], unit, varied_sheets(valid))
        for _ in range(poor):
            fast = {"bucket_at": EARLY, "seconds_bucket": 0}
            an_answer_sheet(session, campaigns[audience], unit, FAST, **fast)
    return unit, evaluation, campaigns[audience]


def listed(session, evaluation, campaign):
    return rejected_sheets(session, campaign, plan_content(session, evaluation), KEY)


def restore(session, campaign, mark, reason="窗口人员代为操作"):
    given = {"restored_by": "王敏", "key": KEY, "now": NOON}
    return restore_sheet(session, campaign, mark, reason, **given)


def refusal(session, campaign, mark, **given):
    with pytest.raises(RestoreRefused) as refused:
        restore(session, campaign, mark, **given)
    return refused.value.code


def count(run, audience, unit):
    return read_run(run).inputs.campaigns[f"camp-{audience}"].cells[unit.code].sheet_count


def percent(run, unit):
    return read_run(run).outputs.cells["camp-citizen"][unit.code]["ease"].mean_percent


def test_a_restored_sheet_of_a_closed_open_code_moves_the_score(session):
    unit, evaluation, campaign = asked(session, CITIZEN, 30, 2)
    wind_up(session, campaign)
    before = score(session, evaluation)
    (one, other) = listed(session, evaluation, campaign).rejected

    restore(session, campaign, one.mark)
    run = score(session, evaluation)

    assert count(run, CITIZEN, unit) == 31
    assert percent(run, unit) > percent(before, unit)
    now = listed(session, evaluation, campaign)
    assert [sheet.mark for sheet in now.rejected] == [other.mark]
    (restored,) = now.restored
    assert (restored.restored_reason, restored.restored_by) == ("窗口人员代为操作", "王敏")


def test_before_the_close_a_restored_sheet_waits_for_a_whole_batch(session):
    unit, evaluation, campaign = asked(session, CITIZEN, 30, 1)
    score(session, evaluation)
    restore(session, campaign, listed(session, evaluation, campaign).rejected[0].mark)

    with pytest.raises(NothingNewToScore):
        score(session, evaluation)
    answer(session, campaign, unit, varied_sheets(9))

    assert count(score(session, evaluation), CITIZEN, unit) == 40


def test_the_list_of_open_codes_grows_with_a_run_and_not_with_each_sheet(session):
    unit, evaluation, campaign = asked(session, CITIZEN, 30, 1)
    assert listed(session, evaluation, campaign).not_listed == "no_run"
    score(session, evaluation)
    an_answer_sheet(session, campaign, unit, FAST, bucket_at=NOON, seconds_bucket=0)

    assert len(listed(session, evaluation, campaign).rejected) == 1


def test_the_list_of_a_unit_that_does_not_move_does_not_grow_with_a_run(session):
    unit, evaluation, campaign = asked(session, CITIZEN, 0, 1)
    for sheet in varied_sheets(30):
        an_answer_sheet(session, campaign, unit, sheet, bucket_at=EARLY)
    score(session, evaluation)
    before = listed(session, evaluation, campaign)
    late = {"bucket_at": NOON.replace(hour=3), "seconds_bucket": 0}
    an_answer_sheet(session, campaign, unit, FAST, **late)
    limits = QualityLimits(short_form_seconds_per_item=2.0, burst_sheets=50)
    choose_quality_rules(session, evaluation, ("incomplete", "too_fast"), limits, NOON)

    score(session, evaluation)

    assert listed(session, evaluation, campaign) == before
    assert len(before.rejected) == 1


@pytest.mark.parametrize("audience", [STAFF, PARTNER])
def test_rules_chosen_after_the_close_tell_nothing_of_sheets_of_links(session, audience):
    unit, evaluation, campaign = asked(session, audience, 12, 1)
    wind_up(session, campaign)
    before = listed(session, evaluation, campaign)
    limits = QualityLimits(answered_share=1.0, straight_line_items=2, contradiction_pairs=1)
    late = NOON.replace(day=29)
    choose_quality_rules(session, evaluation, ("straight_line", "contradictory"), limits, late)

    assert listed(session, evaluation, campaign) == before
    assert count(score(session, evaluation), audience, unit) == 12


@pytest.mark.parametrize("audience", [STAFF, PARTNER])
def test_sheets_of_links_are_restored_after_the_close_and_before_it_is_scored(session, audience):
    unit, evaluation, campaign = asked(session, audience, 12, 1)
    assert listed(session, evaluation, campaign).not_listed == "before_close"
    assert refusal(session, campaign, "any") == "restore_before_close"
    wind_up(session, campaign)
    (sheet,) = listed(session, evaluation, campaign).rejected

    restore(session, campaign, sheet.mark)

    assert count(score(session, evaluation), audience, unit) == 13


@pytest.mark.parametrize("audience", [STAFF, PARTNER])
def test_once_scored_after_the_close_no_sheet_of_a_link_is_restored(session, audience):
    _, evaluation, campaign = asked(session, audience, 12, 1)
    wind_up(session, campaign)
    score(session, evaluation)
    (sheet,) = listed(session, evaluation, campaign).rejected

    assert not sheet.may_be_restored
    assert refusal(session, campaign, sheet.mark) == "restore_counted"


@pytest.mark.parametrize("audience", [STAFF, PARTNER])
def test_of_links_nothing_but_the_unit_and_the_rule_is_told(session, audience):
    _, evaluation, campaign = asked(session, audience, 12, 1)
    wind_up(session, campaign)

    (sheet,) = listed(session, evaluation, campaign).rejected

    rule = "too_fast" if audience is STAFF else "incomplete"
    assert (sheet.rule, sheet.seconds, sheet.answered_count) == (rule, None, None)


def test_sheets_of_a_unit_with_too_few_are_not_listed(session):
    _, evaluation, campaign = asked(session, STAFF, 3, 1)
    wind_up(session, campaign)

    assert listed(session, evaluation, campaign).rejected == ()


@pytest.mark.parametrize("reason", ["", "好", "长" * 201])
def test_a_restoring_needs_a_reason(session, reason):
    _, evaluation, campaign = asked(session, CITIZEN, 30, 1)
    score(session, evaluation)
    mark = listed(session, evaluation, campaign).rejected[0].mark

    assert refusal(session, campaign, mark, reason=reason) == "restore_reason"
    assert session.exec(select(RestoredSheet)).all() == []


def test_a_sheet_is_restored_once(session):
    _, evaluation, campaign = asked(session, CITIZEN, 30, 1)
    score(session, evaluation)
    mark = listed(session, evaluation, campaign).rejected[0].mark
    restore(session, campaign, mark)

    assert refusal(session, campaign, mark) == "restore_twice"


def test_only_rejected_sheets_can_be_named(session):
    _, evaluation, campaign = asked(session, CITIZEN, 30, 0)
    score(session, evaluation)

    with pytest.raises(SheetNotFound):
        restore(session, campaign, "nosuchsheet")


def test_a_sheet_is_known_by_a_mark_and_never_by_its_id(session):
    _, evaluation, campaign = asked(session, CITIZEN, 30, 1)
    score(session, evaluation)

    mark = listed(session, evaluation, campaign).rejected[0].mark

    stored = {sheet.id.hex for sheet in session.exec(select(AnswerSheet)).all()}
    assert not any(mark in sheet_id for sheet_id in stored)
    assert listed(session, evaluation, campaign).rejected[0].mark == mark
