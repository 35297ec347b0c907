"""What is not shown enters nothing that is shown (ACCEPTANCE 47–49).

The strongest form of “cannot be recovered by subtracting”: two evaluations that differ in withheld
cells only show exactly the same, figures, files and digests alike.
"""

from dataclasses import replace

import pytest
from builders import NOON, a_unit
from evaluation_builders import (
    an_asked_evaluation,
    answer,
    answer_as_offices,
    own_figures,
    score,
    varied_sheets,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scales import Moments
from survey.errors import NothingNewToScore
from survey.evaluate.enter import enter_manual_value
from survey.evaluate.plan import plan_content
from survey.exchange.csv_export import indicators_csv, scores_csv
from survey.results import (
    campaign_progress,
    campaign_quality,
    evaluation_results,
    evidence_of,
    indicator_table,
)
from survey.rules.audience import Audience
from survey.storage.queries.evaluations import units_by_code
from survey.storage.queries.figures import read_run

ALIKE = bytes([5, 1, 5])
UNITS = ("U-1", "U-2", "U-3")
STAFF, PARTNER, CITIZEN = Audience.STAFF, Audience.PARTNER, Audience.CITIZEN


def scored(session, counts):
    """Score an evaluation with so many sheets a cell; cells of a pair are (count, seed)."""
    units = [a_unit(session, code=code, name=f"单位{code}") for code in UNITS]
    evaluation, campaigns = an_asked_evaluation(session, units, code="eval-code")
    for unit in units:
        for audience, campaign in campaigns.items():
            count, seed = counts.get((unit.code, audience), (0, 0))
            sheets = varied_sheets(count, seed)
            if audience is PARTNER:
                answer_as_offices(session, campaign, unit, sheets, invited=14)
            else:
                answer(session, campaign, unit, sheets)
    return evaluation, campaigns, score(session, evaluation)


def everything_shown(session, evaluation, campaigns, run):
    """Everything that leaves: results, tables, evidence, files, and what links received."""
    results = evaluation_results(session, evaluation)
    table = indicator_table(session, evaluation)
    run_info = replace(results.run, code="run")
    return {
        "results": replace(results, run=run_info),
        "table": replace(table, run=run_info),
        "evidence": [
            replace(evidence_of(session, evaluation, unit, leaf), run=run_info)
            for unit in UNITS
            for leaf in ("A11", "A12", "A21")
        ],
        "files": [
            scores_csv(results, "en").replace(run.code.encode(), b"run"),
            indicators_csv(table, "zh-Hans").replace(run.code.encode(), b"run"),
        ],
        "quality": [
            replace(
                campaign_quality(
                    session, campaigns[audience], plan_content(session, evaluation), NOON
                ),
                run=None,
            )
            for audience in (STAFF, PARTNER)
        ],
        "received": [
            campaign_progress(session, campaigns[audience], NOON) for audience in (STAFF, PARTNER)
        ],
    }


def shown_by(session, counts):
    nested = session.begin_nested()
    evaluation, campaigns, run = scored(session, counts)
    shown = everything_shown(session, evaluation, campaigns, run)
    nested.rollback()
    session.expunge_all()
    return shown


def cell_counts():
    """Counts of single-use links: some under the smallest number, some over it."""
    few_or_enough = st.one_of(st.integers(0, 4), st.integers(5, 14))
    cells = {(unit, audience): few_or_enough for unit in UNITS for audience in (STAFF, PARTNER)}
    return st.fixed_dictionaries(cells)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(counts=cell_counts(), others=st.lists(st.integers(0, 4), min_size=6, max_size=6))
def test_withheld_cells_may_hold_anything_and_nothing_shown_changes(sqlite_session, counts, others):
    one = {cell: (count, 1) for cell, count in counts.items()}
    another = {
        cell: (count, 1) if count >= 5 else (other, 7)
        for (cell, count), other in zip(counts.items(), others, strict=True)
    }

    assert shown_by(sqlite_session, one) == shown_by(sqlite_session, another)


def test_a_campaign_counts_the_sheets_of_the_cells_it_shows(sqlite_session):
    counts = {("U-1", STAFF): (12, 1), ("U-2", STAFF): (4, 2), ("U-3", STAFF): (3, 3)}

    evaluation, _, _ = scored(sqlite_session, counts)

    staff = evaluation_results(sqlite_session, evaluation).campaigns[0]
    assert (staff.audience, staff.sheet_count, staff.unit_count) == (STAFF, 12, 1)
    assert staff.scales[0].analysis.n == 12


def test_a_withheld_cell_says_too_few_and_the_minimum_and_never_how_many(sqlite_session):
    counts = {("U-1", STAFF): (4, 1), ("U-1", CITIZEN): (29, 1)}

    evaluation, _, _ = scored(sqlite_session, counts)

    cells = evaluation_results(sqlite_session, evaluation).units[0].cells
    for cell, minimum in zip(cells, (5, 5, 30), strict=True):
        assert cell.sheet_count is None
        assert (cell.not_shown.code, cell.not_shown.minimum) == ("too_few", minimum)
        assert [(s.n, s.mean_percent, s.ci95_percent) for s in cell.scores] == [(None, None, None)]


def test_a_scale_few_have_a_score_on_is_withheld_in_a_cell_that_is_shown(sqlite_session):
    unit = a_unit(sqlite_session)
    evaluation, campaigns = an_asked_evaluation(sqlite_session, [unit])
    answer(sqlite_session, campaigns[STAFF], unit, [*varied_sheets(4), *[b"\xff\xff\xff"] * 8])
    score(sqlite_session, evaluation)

    (found,) = evaluation_results(sqlite_session, evaluation).units

    assert found.cells[0].sheet_count == 12
    assert found.cells[0].scores[0].not_shown.code == "too_few"
    assert found.score.not_shown.code == "no_score"


def test_a_cell_where_all_answered_alike_shows_a_band_wherever_its_figure_would_stand(
    sqlite_session,
):
    unit = a_unit(sqlite_session)
    evaluation, campaigns = an_asked_evaluation(sqlite_session, [unit])
    answer(sqlite_session, campaigns[STAFF], unit, [ALIKE] * 12)
    answer(sqlite_session, campaigns[CITIZEN], unit, varied_sheets(40))
    score(sqlite_session, evaluation)

    results = evaluation_results(sqlite_session, evaluation)
    evidence = evidence_of(sqlite_session, evaluation, unit.code, "A12")
    table = indicator_table(sqlite_session, evaluation)

    staff = results.units[0].cells[0].scores[0]
    assert (staff.n, staff.mean_percent, staff.ci95_percent) == (12, None, None)
    assert staff.band_percent == (80.0, 100.0)
    low, high = results.units[0].score.band_percent
    assert results.units[0].score.percent is None
    assert high - low == pytest.approx(20 / 3)  # a third of the weight
    assert (evidence.value.points, evidence.value.band_points) == (None, (16.0, 20.0))
    assert evidence.formula == "[80, 100] ÷ 100 × 20 = [16, 20]"
    values = {value.indicator: value for value in table.categories[0].units[0].values}
    assert values["A12"].points is None
    assert values["A1"].points is None
    assert values["A1"].band_points[1] - values["A1"].band_points[0] == pytest.approx(4)
    assert b"100.0" not in scores_csv(results, "en").replace(b"80.0,100.0", b"")


def test_a_band_is_not_taken_back_by_the_campaigns_figures(sqlite_session):
    units = [a_unit(sqlite_session), a_unit(sqlite_session)]
    evaluation, campaigns = an_asked_evaluation(sqlite_session, units)
    answer(sqlite_session, campaigns[STAFF], units[0], [ALIKE] * 12)
    answer(sqlite_session, campaigns[STAFF], units[1], varied_sheets(15))
    score(sqlite_session, evaluation)

    staff = evaluation_results(sqlite_session, evaluation).campaigns[0]

    assert staff.scales[0].unit_count == 1
    assert staff.scales[0].analysis.n == 15


def test_a_unit_whose_total_is_a_band_has_no_rank_and_takes_no_place(sqlite_session):
    ranks = [
        ranks_beside_a_unanimous_unit(sqlite_session, alike, points)
        for alike, points in (([ALIKE] * 12, 30), ([bytes([2, 4, 2])] * 12, 0))
    ]

    assert ranks == [[None, 1, 2]] * 2


def ranks_beside_a_unanimous_unit(session, alike, points):
    """The ranks of a unit whose staff all answered the same, and of two others."""
    nested = session.begin_nested()
    units = [a_unit(session, code=code) for code in UNITS]
    evaluation, campaigns = an_asked_evaluation(session, units)
    answer(session, campaigns[STAFF], units[0], alike)
    for unit in units:
        answer(session, campaigns[CITIZEN], unit, varied_sheets(40))
    for unit, entered in zip(units, (points, 20, 10), strict=True):
        enter_manual_value(
            session,
            evaluation,
            unit_code=unit.code,
            indicator_code="A21",
            points=entered,
            entered_by="officer",
            now=NOON,
        )
    for unit in units[1:]:
        answer(session, campaigns[STAFF], unit, varied_sheets(12))
    score(session, evaluation)
    results = evaluation_results(session, evaluation).units
    rows = indicator_table(session, evaluation).categories[0].units
    assert {row.code: row.rank for row in rows} == {unit.code: unit.rank for unit in results}
    assert results[0].band_points is not None
    for shown in (*results, *rows):
        assert (shown.rank_not_shown is None) is (shown.code != "U-1")
    assert results[0].rank_not_shown.code == "not_ranked"
    nested.rollback()
    session.expunge_all()
    return [unit.rank for unit in results]


ITEM_FIGURES = ("mean", "sd", "skew", "kurtosis", "counts", "floor_share", "ceiling_share")


def item_figures(session, *cells):
    """Whether item figures of the staff scale are shown over the cells, and why not."""
    units = [a_unit(session) for _ in cells]
    evaluation, campaigns = an_asked_evaluation(session, units)
    for unit, sheets in zip(units, cells, strict=True):
        answer(session, campaigns[STAFF], unit, sheets)
    score(session, evaluation)
    (scale,) = evaluation_results(session, evaluation).campaigns[0].scales
    shown = {
        getattr(item, name) is not None
        for item in scale.analysis.by_item.values()
        for name in ITEM_FIGURES
    }
    (is_shown,) = shown
    assert scale.analysis.alpha is not None
    return is_shown, scale.items_not_shown.code if scale.items_not_shown is not None else None


def test_item_figures_are_shown_over_two_units_or_more(sqlite_session):
    assert item_figures(sqlite_session, varied_sheets(12), varied_sheets(15, 2)) == (True, None)


def test_item_figures_of_one_unit_alone_are_not_shown(sqlite_session):
    too_few, alike = varied_sheets(4), [ALIKE] * 12

    assert item_figures(sqlite_session, varied_sheets(12), too_few, alike) == (False, "one_unit")


def test_item_figures_are_not_shown_where_everybody_ticked_the_same_in_an_item(sqlite_session):
    same_third = [[sheet[:2] + b"\4" for sheet in varied_sheets(12, n)] for n in (1, 2)]

    assert item_figures(sqlite_session, *same_third) == (False, "all_alike")


def test_item_figures_are_not_shown_where_few_answered_an_item(sqlite_session):
    seldom = [sheet[:2] + b"\xff" for sheet in varied_sheets(12)]

    found = item_figures(sqlite_session, seldom + varied_sheets(3), seldom + varied_sheets(3, 2))

    assert found == (False, "too_few")


def test_reliability_with_its_counts_by_answer_waits_for_ten_sheets(sqlite_session):
    unit = a_unit(sqlite_session)
    evaluation, campaigns = an_asked_evaluation(sqlite_session, [unit])
    answer(sqlite_session, campaigns[STAFF], unit, varied_sheets(9))
    score(sqlite_session, evaluation)

    results = evaluation_results(sqlite_session, evaluation)

    assert results.units[0].cells[0].scores[0].n == 9
    assert results.campaigns[0].scales[0].analysis is None
    assert results.campaigns[0].scales[0].not_shown.minimum == 10


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(more=st.lists(st.integers(0, 14), min_size=3, max_size=3))
def test_between_two_runs_a_cell_differs_by_nobody_or_by_ten_or_more(sqlite_session, more):
    nested = sqlite_session.begin_nested()
    evaluation, campaigns, _ = scored(
        sqlite_session, {(unit, CITIZEN): (31, n) for n, unit in enumerate(UNITS)}
    )
    before = evaluation_results(sqlite_session, evaluation)
    for unit, count in zip(before.units, more, strict=True):
        rows = units_by_code(sqlite_session, UNITS)
        answer(sqlite_session, campaigns[CITIZEN], rows[unit.code], [ALIKE] * count)
    try:
        score(sqlite_session, evaluation)
    except NothingNewToScore:
        assert max(more) < 10
    after = evaluation_results(sqlite_session, evaluation)
    for old, new, count in zip(before.units, after.units, more, strict=True):
        moved_by = new.cells[2].sheet_count - old.cells[2].sheet_count
        assert moved_by == (count if count >= 10 else 0)
        assert (own_figures(old).cells == own_figures(new).cells) is (moved_by == 0)
    nested.rollback()
    sqlite_session.expunge_all()


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(gaps=st.lists(st.lists(st.integers(0, 14), max_size=3), min_size=3, max_size=3))
def test_between_two_runs_a_score_differs_by_nobody_or_by_ten_people(sqlite_session, gaps):
    """Each unit gets sheets in three lots: with all answers, without the last, without any."""
    lots = (bytes([5, 1, 5]), bytes([5, 1, 255]), bytes([255, 0, 255]))
    nested = sqlite_session.begin_nested()
    evaluation, campaigns, run = scored(
        sqlite_session, {(unit, CITIZEN): (31, n) for n, unit in enumerate(UNITS)}
    )
    rows = units_by_code(sqlite_session, UNITS)
    for unit, counts in zip(UNITS, gaps, strict=True):
        sheets = [sheet for sheet, count in zip(lots, counts, strict=False) for _ in range(count)]
        answer(sqlite_session, campaigns[CITIZEN], rows[unit], sheets)
    try:
        later = score(sqlite_session, evaluation)
    except NothingNewToScore:
        later = run
    before, after = (read_run(each).inputs.campaigns["camp-citizen"].cells for each in (run, later))
    for unit in UNITS:
        old, new = (Moments.from_json(each[unit].moments["ease"]) for each in (before, after))
        scored_by = sum(s.people for s in new.scores[2:]) - sum(s.people for s in old.scores[2:])
        assert scored_by == 0 or scored_by >= 10
        assert all(more == 0 or more >= 10 for more in (new.n - old.n).diagonal())
        assert (old.to_json() == new.to_json()) is (before[unit] == after[unit])
    nested.rollback()
    sqlite_session.expunge_all()
