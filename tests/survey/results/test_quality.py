import pytest
from builders import NOON, a_unit, an_answer_sheet, an_open_link
from evaluation_builders import an_asked_evaluation, answer, score, varied_sheets, wind_up

from scales import QualityLimits
from survey.evaluate.plan import choose_quality_rules, plan_content
from survey.evaluate.restore import restore_sheet
from survey.results import campaign_quality, rejected_sheets
from survey.rules.audience import Audience

STAFF, CITIZEN = Audience.STAFF, Audience.CITIZEN
POOR = b"\4\0\0"
KEY = b"the key of sheets in these tests"


def quality_of(session, evaluation, campaign):
    return campaign_quality(session, campaign, plan_content(session, evaluation), NOON)


def asked(session, audience, *sheets):
    """A unit for each list of sheets."""
    units = [a_unit(session) for _ in sheets]
    evaluation, campaigns = an_asked_evaluation(session, units)
    for unit, of_unit in zip(units, sheets, strict=True):
        answer(session, campaigns[audience], unit, of_unit)
    return units, evaluation, campaigns[audience]


def test_received_is_the_sum_of_valid_and_every_reason(session):
    sheets = [varied_sheets(31) + [POOR] * 2, [*varied_sheets(40, 2), POOR]]
    units, evaluation, campaign = asked(session, CITIZEN, *sheets)
    score(session, evaluation)
    answer(session, campaign, units[0], varied_sheets(4))

    quality = quality_of(session, evaluation, campaign)

    assert (quality.received_count, quality.valid_count) == (74, 71)
    assert (quality.by_rule, quality.ended_count) == ({"incomplete": 3}, 0)
    assert [unit.received_count for unit in quality.units] == [33, 41]
    assert [unit.waiting_count for unit in quality.units] == [4, 0]


def test_a_unit_with_too_few_says_so_and_is_in_no_sum(session):
    _, evaluation, campaign = asked(session, STAFF, varied_sheets(12), [*varied_sheets(4), POOR])
    score(session, evaluation)

    quality = quality_of(session, evaluation, campaign)

    shown, hidden = quality.units
    assert (hidden.valid_count, hidden.rejected_count, hidden.ended_count) == (None, None, None)
    assert (hidden.not_shown.code, hidden.not_shown.minimum) == ("too_few", 5)
    assert quality.received_count == shown.received_count == 12
    assert quality.by_rule == {}


def test_of_links_the_rules_that_reject_are_counted_over_all_units_only(session):
    _, evaluation, campaign = asked(session, STAFF, [*varied_sheets(12), POOR])
    score(session, evaluation)

    quality = quality_of(session, evaluation, campaign)

    assert quality.units[0].by_rule is None
    assert quality.units[0].waiting_count is None
    assert quality.by_rule == {"incomplete": 1}


def test_flags_wait_for_a_group_that_may_be_told(session):
    _, evaluation, campaign = asked(session, STAFF, varied_sheets(9))
    score(session, evaluation)

    quality = quality_of(session, evaluation, campaign)

    assert (quality.flags, quality.flagged_share, quality.seconds) == ((), None, ())
    assert quality.flags_not_shown.minimum == 10


def test_counts_move_with_the_run_and_not_with_each_sheet(session):
    units, evaluation, campaign = asked(session, CITIZEN, varied_sheets(35))
    score(session, evaluation)
    before = quality_of(session, evaluation, campaign)
    answer(session, campaign, units[0], [POOR] * 3)

    after = quality_of(session, evaluation, campaign)

    assert (after.flags, after.by_rule, after.seconds) == (
        before.flags,
        before.by_rule,
        before.seconds,
    )


def flagged(session, audience, fine, odd, is_closed=True):
    """Score a campaign where `odd` sheets are flagged as contradictory and rejected by nothing."""
    units, evaluation, campaign = asked(session, audience, varied_sheets(fine))
    limits = QualityLimits(contradiction_pairs=1, contradiction_share=0.9)
    choose_quality_rules(session, evaluation, (), limits, NOON)
    both = (b"\5\5\5", b"\5\4\5", b"\4\5\4", b"\5\4\4")
    answer(session, campaign, units[0], [both[n % 4] for n in range(odd)])
    if is_closed:
        wind_up(session, campaign)
    score(session, evaluation)
    return quality_of(session, evaluation, campaign)


def test_scores_without_the_flagged_are_told_after_the_close(session):
    (score_,) = flagged(session, STAFF, 30, 12).scores

    assert (score_.n, score_.not_shown) == (42, None)
    assert score_.n_without <= 30
    assert score_.mean_percent_without != score_.mean_percent


def test_before_the_close_they_are_not(session):
    (score_,) = flagged(session, STAFF, 30, 12, is_closed=False).scores

    assert (score_.mean_percent, score_.not_shown.code) == (None, "before_close")


def test_a_unit_that_comes_late_does_not_show_its_flagged_by_subtraction(session):
    (large, late), evaluation, campaign = asked(session, STAFF, varied_sheets(30), varied_sheets(4))
    limits = QualityLimits(
        contradiction_pairs=1, contradiction_share=0.9, short_form_seconds_per_item=2.0
    )
    choose_quality_rules(session, evaluation, ("too_fast",), limits, NOON)
    both = (b"\5\5\5", b"\5\4\5", b"\4\5\4", b"\5\4\4")
    answer(session, campaign, large, both * 3)
    an_answer_sheet(session, campaign, late, b"\5\1\4", seconds_bucket=0)
    wind_up(session, campaign)
    score(session, evaluation)
    before = quality_of(session, evaluation, campaign).scores
    plan = plan_content(session, evaluation)
    (sheet,) = rejected_sheets(session, campaign, plan, KEY).rejected
    given = {"restored_by": "王敏", "key": KEY, "now": NOON}
    restore_sheet(session, campaign, sheet.mark, "窗口人员代为操作", **given)

    score(session, evaluation)

    after = quality_of(session, evaluation, campaign)
    assert [unit.valid_count for unit in after.units] == [42, 5]
    assert after.scores == before
    assert before[0].not_shown is None


@pytest.mark.parametrize(("fine", "odd"), [(30, 4), (5, 12)])
def test_scores_with_few_flagged_or_few_others_are_not_told(session, fine, odd):
    (score_,) = flagged(session, STAFF, fine, odd).scores

    assert (score_.mean_percent_without, score_.not_shown.code) == (None, "few_flagged")


def test_a_unit_counted_by_earlier_rules_says_so(session):
    _, evaluation, campaign = asked(session, CITIZEN, varied_sheets(35))
    score(session, evaluation)
    choose_quality_rules(session, evaluation, (), QualityLimits(), NOON)

    assert quality_of(session, evaluation, campaign).units[0].kept_by == "until_close"
    wind_up(session, campaign)
    assert quality_of(session, evaluation, campaign).units[0].kept_by is None


def test_arrivals_of_open_codes_are_told_by_hour_and_place_and_bursts_named(session):
    units, evaluation, campaign = asked(session, CITIZEN, [])
    an_open_link(session, campaign, units[0], "一楼大厅")
    for hour in range(1, 9):
        at = NOON.replace(hour=hour)
        for _ in range(60 if hour == 5 else 2):
            an_answer_sheet(session, campaign, units[0], bucket_at=at, place="一楼大厅")

    arrivals = quality_of(session, evaluation, campaign).arrivals

    assert (arrivals.step, arrivals.places) == ("hour", ("一楼大厅",))
    assert [sum(bar.counts.values()) for bar in arrivals.bars] == [2, 2, 2, 2, 60, 2, 2, 2]
    (burst,) = arrivals.bursts
    assert (burst.at, burst.unit_name, burst.count) == (NOON.replace(hour=5), units[0].name, 60)


def test_links_tell_no_arrivals(session):
    _, evaluation, campaign = asked(session, STAFF, varied_sheets(12))
    score(session, evaluation)

    assert quality_of(session, evaluation, campaign).arrivals is None
