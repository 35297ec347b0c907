"""A rating withdrawn after the close leaves the next run, and moves nothing else."""

from datetime import timedelta

import pytest
from builders import a_unit
from evaluation_builders import an_asked_evaluation, answer_as_offices, revise, score, varied_sheets
from sqlmodel import select

from survey.collect.wind_up import wind_up
from survey.distribute.withdraw_rating import withdraw_ratings
from survey.errors import NothingNewToScore
from survey.results.newest import newest
from survey.rules.audience import Audience
from survey.storage.queries.figures import read_run
from survey.storage.tables import Rater, RatingPair

LOW = bytes([1, 5, 1])


@pytest.fixture
def rated(session):
    """Seven offices rated the first unit, five the second; the campaign is over and scored."""
    units = [a_unit(session, code=f"U{n}", category="政府部门") for n in (1, 2)]
    evaluation, campaigns = an_asked_evaluation(session, units, [Audience.PARTNER])
    campaign = campaigns[Audience.PARTNER]
    answer_as_offices(session, campaign, units[0], [*varied_sheets(6), LOW])
    answer_as_offices(session, campaign, units[1], varied_sheets(5, 2))
    wind_up(session, campaign, campaign.closes_at)
    score(session, evaluation)
    return evaluation, campaign


def withdraw(session, campaign, unit_code, place=-1):
    """Let one of a unit's offices withdraw, the last unless told, an hour after the close."""
    offices = session.exec(
        select(Rater.code, RatingPair)
        .join(RatingPair, RatingPair.rater_id == Rater.id)
        .where(RatingPair.campaign_id == campaign.id)
        .order_by(RatingPair.id)
    ).all()
    first = offices[0][1].unit_id
    of_unit = [code for code, pair in offices if (pair.unit_id == first) == (unit_code == "U1")]
    withdraw_ratings(
        session,
        campaign,
        rater_code=of_unit[place],
        unit_code=unit_code,
        reason="部门来函",
        is_asked=True,
        now=campaign.closes_at + timedelta(hours=1),
    )


def test_the_next_run_counts_without_it_and_says_so(session, rated):
    evaluation, campaign = rated
    before = read_run_of(session, evaluation)

    withdraw(session, campaign, "U1")
    after = read_run(score(session, evaluation))

    old, new = (run.inputs.campaigns[campaign.code] for run in (before, after))
    assert (old.cells["U1"].sheet_count, new.cells["U1"].sheet_count) == (7, 6)
    means = [run.outputs.cells[campaign.code]["U1"]["ease"].mean_percent for run in (before, after)]
    assert means[0] * 7 == pytest.approx(means[1] * 6)  # the one withdrawn gave nothing
    assert new.cells["U2"].moments == old.cells["U2"].moments
    assert (old.withdrawn, new.withdrawn) == ({}, {"U1": 1})
    assert new.cells["U1"].validity == old.cells["U1"].validity
    assert not any(cell.sheets.unflagged for cell in new.cells.values())
    assert [(gone.count) for gone in newest(session, evaluation).info.withdrawn] == [1]


def test_a_unit_that_falls_under_its_minimum_is_withheld_from_then_on(session, rated):
    evaluation, campaign = rated

    withdraw(session, campaign, "U2")

    run = read_run(score(session, evaluation))
    assert set(run.inputs.campaigns[campaign.code].cells) == {"U1"}
    assert "U2" not in run.outputs.cells[campaign.code]
    with pytest.raises(NothingNewToScore):
        score(session, evaluation)


def test_nothing_else_moves_a_unit_that_was_counted_for_good(session, rated):
    evaluation, campaign = rated
    pairs = session.exec(select(RatingPair).order_by(RatingPair.id)).all()

    revise(session, pairs[0].id, LOW, 2)

    with pytest.raises(NothingNewToScore):
        score(session, evaluation)
    withdraw(session, campaign, "U2")
    kept = read_run(score(session, evaluation)).inputs.campaigns[campaign.code].cells["U1"]
    assert kept.sheet_count == 7


def test_before_the_close_nothing_is_said_since_nothing_moved(session):
    unit = a_unit(session, code="U1", category="政府部门")
    evaluation, campaigns = an_asked_evaluation(session, [unit], [Audience.PARTNER])
    campaign = campaigns[Audience.PARTNER]
    answer_as_offices(session, campaign, unit, varied_sheets(6))
    office = session.exec(select(Rater.code).order_by(Rater.id)).first()
    asked = {"reason": "部门来函", "is_asked": True, "unit_code": None}
    now = campaign.closes_at - timedelta(hours=1)
    withdraw_ratings(session, campaign, rater_code=office, now=now, **asked)
    wind_up(session, campaign, campaign.closes_at)

    counted = read_run(score(session, evaluation)).inputs.campaigns[campaign.code]

    assert counted.cells["U1"].sheet_count == 5
    assert counted.withdrawn == {}


def read_run_of(session, evaluation):
    """What the newest run holds."""
    return newest(session, evaluation).content
