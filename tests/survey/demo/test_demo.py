"""The demo is a whole evaluation, and stands where a newcomer's one answer moves a score."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from evaluation_builders import own_figures
from sqlmodel import func, select

from survey.demo import make_demo
from survey.errors import DemoExists, NothingNewToScore
from survey.evaluate.plan import current_plan
from survey.evaluate.score import score_evaluation
from survey.results import (
    campaign_progress,
    coverage_of,
    evaluation_overview,
    evaluation_results,
    indicator_table,
)
from survey.rules.audience import Audience
from survey.rules.sheets.serving import day_of
from survey.storage.queries.campaigns import campaign_by_code, received_counts
from survey.storage.queries.evaluations import evaluation_by_code
from survey.storage.queries.links import way_by_code
from survey.storage.tables import AnswerSheet, Campaign, InboxSheet, Link, OpenAnswer

NOW = datetime(2026, 6, 18, 3, 30, tzinfo=UTC)


@pytest.fixture
def demo(sqlite_database, sqlite_settings):
    return make_demo(sqlite_database, sqlite_settings, NOW)


@pytest.fixture
def demo_session(sqlite_database, demo):
    with sqlite_database.writing() as session:
        yield session


@pytest.fixture
def evaluation(demo_session, demo):
    return evaluation_by_code(demo_session, demo.evaluation_code)


def campaign_of(session, results, audience):
    codes = {campaign.audience: campaign.campaign for campaign in results.campaigns}
    return campaign_by_code(session, codes[audience])


def still_rating(session):
    """The campaign whose offices are at work; named offices count after the close only."""
    name = "协作部门问卷，正在填（演示）"
    return session.exec(select(Campaign).where(Campaign.name == name)).one()


def test_offices_are_at_work_and_one_has_not_begun(demo_session):
    campaign = still_rating(demo_session)

    coverage = coverage_of(demo_session, campaign)

    assert [office.done_count for office in coverage.offices] == [0, 8, 5, 8, 0, 2, 0, 0]
    assert coverage.offices[0].place_count == 2


def test_twelve_units_in_two_categories_are_marked_as_a_demo(demo_session, evaluation):
    results = evaluation_results(demo_session, evaluation)

    assert evaluation.is_demo
    assert "演示" in evaluation.name
    assert len(results.units) == 12
    assert {unit.category for unit in results.units} == {"政府部门", "事业单位"}
    assert all(unit.name.startswith("示范市") for unit in results.units)
    assert {campaign.audience for campaign in results.campaigns} == {
        Audience.STAFF,
        Audience.PARTNER,
        Audience.CITIZEN,
    }


def test_a_second_demo_is_refused_on_either_database(database, settings):
    first = make_demo(database, settings, NOW)

    with pytest.raises(DemoExists):
        make_demo(database, settings, NOW)

    with database.reading() as session:
        evaluation = evaluation_by_code(session, first.evaluation_code)
        assert len(evaluation_results(session, evaluation).units) == 12


def test_scales_hang_together_as_real_ones_do(demo_session, evaluation):
    results = evaluation_results(demo_session, evaluation)

    for campaign in results.campaigns:
        if campaign.campaign == still_rating(demo_session).code:
            continue
        for scale in campaign.scales:
            low = 0.5 if len(scale.analysis.items) == 2 else 0.65
            assert low < scale.analysis.alpha < 0.95, (campaign.audience, scale.scale)
            assert 45 < scale.analysis.mean_percent < 85
            assert scale.analysis.by_item
            assert not [w for w in scale.analysis.warnings if "reverse" in w]


def test_the_staff_of_one_unit_are_too_few_to_show(demo_session, evaluation):
    results = evaluation_results(demo_session, evaluation)

    withheld = [
        (unit.code, cell.audience.value)
        for unit in results.units
        for cell in unit.cells
        if cell.not_shown is not None and cell.campaign != still_rating(demo_session).code
    ]
    assert withheld == [("DEMO12", "staff")]
    assert results.units[11].score.is_renormalised
    assert results.units[11].rank is None


def test_all_other_units_have_a_total_and_a_rank_in_their_category(demo_session, evaluation):
    table = indicator_table(demo_session, evaluation)

    ranks = [[unit.rank for unit in category.units] for category in table.categories]
    assert ranks == [[1, 2, 3, 4, 5, 6, 7], [1, 2, 3, 4, None]]
    assert {node.level for node in table.nodes} == {1, 2, 3}
    leaves = [node for node in table.nodes if node.source is not None]
    assert sum(leaf.full_points for leaf in leaves) == 100
    assert {leaf.source for leaf in leaves} == {"survey", "manual"}


def test_one_more_citizen_of_the_demo_unit_lets_a_run_move(demo_session, demo, evaluation):
    results = evaluation_results(demo_session, evaluation)
    plan = current_plan(demo_session, evaluation)
    campaign = campaign_of(demo_session, results, Audience.CITIZEN)
    with pytest.raises(NothingNewToScore) as nothing:
        score_evaluation(demo_session, evaluation, plan, NOW)
    assert nothing.value.waiting[0].unit_code == demo.unit_code
    assert nothing.value.waiting[0].missing_count == 1
    way = way_by_code(demo_session, demo.open_code, b"any key")
    assert way.unit_name == demo.unit_name

    answer_once(demo_session, way, [5, 1, 5, 1, 5, 5, 5])
    run = score_evaluation(demo_session, evaluation, plan, NOW)

    moved = evaluation_results(demo_session, evaluation)
    assert (run.number, way.campaign_id) == (2, campaign.id)
    assert moved.units[0].cells[2].sheet_count == results.units[0].cells[2].sheet_count + 10
    scores = zip(moved.units[0].cells[2].scores, results.units[0].cells[2].scores, strict=True)
    assert all(new.n == old.n + 10 for new, old in scores)
    assert moved.units[0].score.percent != results.units[0].score.percent
    others = [[own_figures(unit) for unit in found.units[1:]] for found in (moved, results)]
    assert others[0] == others[1]


def test_those_who_wait_have_answered_everything(sqlite_database, sqlite_settings, monkeypatch):
    monkeypatch.setattr("survey.demo.make._WAITING_COUNT", 300)
    demo = make_demo(sqlite_database, sqlite_settings, NOW)

    with sqlite_database.reading() as session:
        way = way_by_code(session, demo.open_code, b"any key")
        waiting = session.exec(
            select(AnswerSheet.packed).where(
                AnswerSheet.campaign_id == way.campaign_id,
                AnswerSheet.unit_id == way.unit_id,
                AnswerSheet.bucket_at > NOW - timedelta(hours=2),
            )
        ).all()
    assert len(waiting) > 200
    assert set(b"".join(waiting)) == {1, 2, 3, 4, 5}


@pytest.mark.parametrize(
    ("packed", "stays"),
    [
        ([0, 1, 5, 1, 5, 5, 5], "ease"),
        ([5, 255, 5, 1, 5, 5, 5], "ease"),
        ([5, 1, 5, 255, 5, 5, 5], "conduct"),
        ([5, 1, 5, 1, 0, 5, 5], "satisfaction"),
    ],
)
def test_an_answer_with_a_gap_still_moves_the_other_scales(
    demo_session, demo, evaluation, packed, stays
):
    before = evaluation_results(demo_session, evaluation).units[0].cells[2].scores
    answer_once(demo_session, way_by_code(demo_session, demo.open_code, b"any key"), packed)

    score_evaluation(demo_session, evaluation, current_plan(demo_session, evaluation), NOW)

    after = evaluation_results(demo_session, evaluation).units[0].cells[2].scores
    grown = {new.scale: new.n - old.n for new, old in zip(after, before, strict=True)}
    assert grown == {"ease": 10, "conduct": 10, "satisfaction": 10} | {stays: 0}


def test_citizens_and_staff_can_answer_now_for_weeks_to_come(demo_session, evaluation):
    overview = evaluation_overview(demo_session, evaluation, NOW)

    still_asked = [c for c in overview.campaigns if c.audience is not Audience.PARTNER]
    for campaign in still_asked:
        assert campaign.phase == "open"
        assert campaign.closes_at - NOW >= timedelta(days=14)
    citizens = next(c for c in overview.campaigns if c.audience is Audience.CITIZEN)
    assert all(unit.open_codes for unit in citizens.units)


def test_staff_sheets_stand_as_the_mixer_leaves_them(demo_session, evaluation):
    results = evaluation_results(demo_session, evaluation)
    staff = campaign_of(demo_session, results, Audience.STAFF)

    for unit_id, received in received_counts(demo_session, staff.id).items():
        waiting = _count(demo_session, InboxSheet, staff, unit_id)
        held = _count(demo_session, AnswerSheet, staff, unit_id, AnswerSheet.is_held.is_(True))
        used = _count(demo_session, Link, staff, unit_id, Link.state == "used")
        assert waiting < 10
        assert held == (10 if received >= 10 else 0)
        assert used == received
    buckets = demo_session.exec(
        select(AnswerSheet.bucket_at).where(AnswerSheet.campaign_id == staff.id)
    ).all()
    assert all(bucket == day_of(bucket) for bucket in buckets)


def test_people_wrote_a_few_words_and_no_time_stands_finer_than_ten_minutes(
    demo_session, evaluation
):
    words = demo_session.exec(select(func.count()).select_from(OpenAnswer)).one()
    buckets = demo_session.exec(select(AnswerSheet.bucket_at)).all()

    assert 20 < words < 200
    assert all(bucket.timestamp() % 600 == 0 for bucket in buckets)


def test_progress_of_the_demo_unit_is_nine_sheets_ahead_of_its_score(demo_session, evaluation):
    results = evaluation_results(demo_session, evaluation)
    citizens = campaign_of(demo_session, results, Audience.CITIZEN)

    first = campaign_progress(demo_session, citizens, NOW).units[0]

    assert first.received_count == results.units[0].cells[2].sheet_count + 9
    assert first.missing_count == 1


def answer_once(session, way, packed):
    sheet = AnswerSheet(
        campaign_id=way.campaign_id,
        unit_id=way.unit_id,
        id=uuid4(),
        packed=bytes(packed),
        bucket_at=NOW,
    )
    session.add(sheet)
    session.flush()


def _count(session, table, campaign, unit_id, *conditions):
    return session.exec(
        select(func.count())
        .select_from(table)
        .where(table.campaign_id == campaign.id, table.unit_id == unit_id, *conditions)
    ).one()
