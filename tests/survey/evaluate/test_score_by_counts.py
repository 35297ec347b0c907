import builders
import pytest
from builders import NOON, a_unit
from evaluation_builders import an_asked_evaluation, score, varied_sheets, wind_up

from survey.collect.wind_up import wind_up_cell
from survey.evaluate.plan import plan_content
from survey.exchange.csv_export import scores_csv
from survey.results import (
    NotShown,
    campaign_quality,
    campaign_report,
    evaluation_changes,
    evaluation_results,
    rejected_sheets,
)
from survey.rules.audience import Audience
from survey.storage.queries.figures import newest_run, read_run
from survey.storage.tables import CampaignUnit


def asked(session, *sheets_of_units, counts_only=True, **given):
    """Staff asked about units, each with its sheets in the inbox."""
    units = [a_unit(session) for _ in sheets_of_units]
    evaluation, campaigns = an_asked_evaluation(session, units, [Audience.STAFF], **given)
    campaign = campaigns[Audience.STAFF]
    campaign.counts_only = counts_only
    for unit, sheets in zip(units, sheets_of_units, strict=True):
        builders.a_personal_link(session, campaign, unit)
        for packed in sheets:
            builders.an_inbox_sheet(session, campaign, unit, packed)
    return evaluation, campaign, units


def close(session, campaign, units):
    for unit in units:
        wind_up_cell(session, campaign.id, unit.id, NOON)
    wind_up(session, campaign)


def scored(session, *sheets_of_units, **given):
    evaluation, campaign, units = asked(session, *sheets_of_units, **given)
    close(session, campaign, units)
    score(session, evaluation)
    return evaluation, campaign, units


def cell_of(session, evaluation, unit):
    found = evaluation_results(session, evaluation)
    return next(each for each in found.units if each.code == unit.code).cells[0]


def test_counts_give_the_score_that_sheets_give_where_everybody_answered_everything(session):
    sheets = varied_sheets(24)

    by_sheets, by_counts = (
        cell_of(session, evaluation, units[0]).scores[0]
        for counts_only in (False, True)
        for evaluation, _, units in [
            scored(session, sheets, counts_only=counts_only, prefix=f"counts-{counts_only}"[:10])
        ]
    )

    assert by_counts.mean_percent == pytest.approx(by_sheets.mean_percent, abs=1e-9)
    assert by_counts.n == by_sheets.n == 24
    assert by_counts.top.share == by_sheets.top.share
    assert by_counts.ci95_percent is None
    assert by_counts.interval_not_shown == NotShown("counts_only")
    assert by_sheets.interval_not_shown is None


def test_nothing_is_counted_before_the_close(session):
    evaluation, campaign, units = asked(session, varied_sheets(24))
    score(session, evaluation)

    assert cell_of(session, evaluation, units[0]).not_shown == NotShown("before_close")

    close(session, campaign, units)
    score(session, evaluation)

    assert cell_of(session, evaluation, units[0]).sheet_count == 24


def test_reliability_quality_and_sheets_say_that_only_counts_are_kept(session):
    evaluation, campaign, _ = scored(session, varied_sheets(12), varied_sheets(12, seed=2))
    plan = plan_content(session, evaluation)

    scale = campaign_report(session, campaign, NOON).figures.scales[0]
    quality = campaign_quality(session, campaign, plan, NOON)

    assert scale.analysis.alpha is None
    assert "counts_only" in scale.analysis.warnings
    assert sum(scale.analysis.by_item["Q1"].counts.values()) == 24
    assert quality.flags_not_shown == NotShown("counts_only")
    assert quality.valid_count == 24
    assert rejected_sheets(session, campaign, plan, b"key").not_listed == "counts_only"
    assert b"counts_only" in scores_csv(evaluation_results(session, evaluation), "en")


def test_a_unit_where_all_ticked_the_same_is_a_band_and_not_in_the_items(session):
    alike = [bytes([4, 2, 4])] * 12
    evaluation, campaign, units = scored(session, alike, varied_sheets(12))

    score_of_unit = cell_of(session, evaluation, units[0]).scores[0]

    assert (score_of_unit.mean_percent, score_of_unit.band_percent) == (None, (60.0, 80.0))
    scale = campaign_report(session, campaign, NOON).figures.scales[0]
    assert scale.unit_count == 1
    assert scale.items_not_shown == NotShown("one_unit")


def test_a_scale_with_an_item_that_too_few_answered_is_not_in_the_run(session):
    evaluation, campaign, units = scored(session, [bytes([4, 2, 255])] * 8 + varied_sheets(4))

    counted = read_run(newest_run(session, evaluation.id)).inputs.campaigns[campaign.code]

    assert counted.counts_only
    assert counted.cells[units[0].code].counts == {}
    assert cell_of(session, evaluation, units[0]).scores[0].not_shown.code == "too_few"


def test_two_years_are_not_compared_and_the_reason_is_said(session):
    first, _, units = scored(session, varied_sheets(12), counts_only=False, prefix="one")
    second, campaigns = an_asked_evaluation(
        session, units, [Audience.STAFF], prefix="two", year=2027
    )
    campaigns[Audience.STAFF].counts_only = True
    wind_up(session, campaigns[Audience.STAFF])
    score(session, second)

    changes = evaluation_changes(session, first, second)

    assert changes.scales[0].units[0].not_shown == NotShown("counts_only")


def test_results_say_which_unit_joined_which(session):
    evaluation, campaign, (small, large) = asked(session, varied_sheets(4), varied_sheets(11))
    session.get_one(CampaignUnit, (campaign.id, small.id)).merge_into_unit_id = large.id
    close(session, campaign, [small, large])
    score(session, evaluation)

    joined, sibling = cell_of(session, evaluation, small), cell_of(session, evaluation, large)

    assert (joined.not_shown, joined.merged_into) == (NotShown("merged"), large.name)
    assert (sibling.sheet_count, sibling.merged_from) == (15, (small.name,))
