"""The share of high answers by unit, and that no campaign-wide figure gives a hidden one away."""

import json

import pytest
from builders import a_unit
from evaluation_builders import an_asked_evaluation, answer, score, varied_sheets

from survey.results import evaluation_results
from survey.rules.audience import Audience
from survey.rules.scoring.run import RunContent
from survey.storage.queries.figures import read_run, write_run

STAFF, CITIZEN = Audience.STAFF, Audience.CITIZEN
HIGH, GOOD = bytes([5, 1, 5]), bytes([4, 2, 4])


def results_of(session, *cells):
    units = [a_unit(session) for _ in cells]
    evaluation, campaigns = an_asked_evaluation(session, units)
    for unit, sheets in zip(units, cells, strict=True):
        answer(session, campaigns[STAFF], unit, sheets)
    run = score(session, evaluation)
    results = evaluation_results(session, evaluation)
    tops = [unit.cells[0].scores[0].top for unit in results.units]
    return tops, results.campaigns[0].scales[0], read_run(run)


def high_answers(sheets):
    """How many answers lie on the two best points, the second item turned."""
    return sum((a >= 4) + (b <= 2) + (c >= 4) for a, b, c in sheets)


def test_a_units_share_names_its_levels_and_counts_answers(sqlite_session):
    sheets = varied_sheets(12, 3)

    (top,), _, _ = results_of(sqlite_session, sheets)

    assert (top.levels, top.n_answers) == ((4, 5), 36)
    assert top.share == pytest.approx(high_answers(sheets) / 36)
    assert top.ci95[0] < top.share < top.ci95[1]
    assert top.level_names["zh-Hans"] == ("同意", "非常同意")


def test_under_the_smallest_subgroup_no_share_is_shown_though_the_score_is(sqlite_session):
    (top,), _, _ = results_of(sqlite_session, varied_sheets(9))

    assert (top.share, top.band, top.n_answers) == (None, None, None)
    assert (top.not_shown.code, top.not_shown.minimum) == ("too_few", 10)


def test_where_all_answers_are_high_a_band_stands_though_the_scores_differ(sqlite_session):
    (top,), _, _ = results_of(sqlite_session, [HIGH] * 6 + [GOOD] * 6)

    assert (top.share, top.ci95, top.n_answers) == (None, None, None)
    assert top.band == (0.8, 1.0)


def test_a_unit_whose_share_is_hidden_is_not_in_the_answers_to_the_items(sqlite_session):
    shown = [varied_sheets(12, 1), varied_sheets(15, 2)]

    tops, scale, _ = results_of(sqlite_session, *shown, [HIGH] * 7 + [GOOD] * 5)

    counted = sum(
        count
        for item, figures in scale.analysis.by_item.items()
        for point, count in figures.counts.items()
        if int(point) in ((1, 2) if item == "Q2" else (4, 5))
    )
    assert [top.share is None for top in tops] == [False, False, True]
    assert counted == sum(high_answers(sheets) for sheets in shown)  # nothing left to subtract
    assert (scale.item_unit_count, scale.unit_count, scale.analysis.n) == (2, 3, 39)
    assert scale.top.n_answers == 27 * 3
    assert {item.n for item in scale.analysis.by_item.values()} == {27}


def test_what_the_hidden_unit_ticked_changes_no_answer_to_an_item(sqlite_session):
    shown = [varied_sheets(12, 1), varied_sheets(15, 2)]

    def items(hidden):
        nested = sqlite_session.begin_nested()
        _, scale, _ = results_of(sqlite_session, *shown, hidden)
        nested.rollback()
        sqlite_session.expunge_all()
        names = ("n", "mean", "sd", "skew", "kurtosis", "counts", "floor_share", "missing_share")
        by_item = scale.analysis.by_item
        return {k: [getattr(v, n) for n in names] for k, v in by_item.items()}, scale.top

    assert items([HIGH] * 7 + [GOOD] * 5) == items([HIGH] * 2 + [GOOD] * 9 + [bytes([4, 3, 4])])


def test_where_no_share_is_shown_the_items_count_all_units_whose_score_is(sqlite_session):
    cells = [varied_sheets(n, n) for n in (6, 7, 8)]

    tops, scale, _ = results_of(sqlite_session, *cells)

    assert all(top.share is None for top in tops)
    assert (scale.item_unit_count, scale.analysis.by_item["Q1"].n) == (3, 21)


def test_one_unit_alone_shows_its_share_and_not_its_items(sqlite_session):
    (first, second), scale, _ = results_of(sqlite_session, varied_sheets(12), [HIGH, GOOD] * 6)

    assert (first.share is None, second.share is None) == (False, True)
    assert (scale.items_not_shown.code, scale.top) == ("one_unit", None)


def test_a_run_older_than_shares_is_read_as_it_was(sqlite_session):
    _, _, run = results_of(sqlite_session, varied_sheets(12), varied_sheets(15, 2))
    old = json.loads(write_run(run))
    for name in ("agreement", "comparisons"):
        del old["outputs"][name]
    del old["inputs"]["asked"]
    for cells in old["outputs"]["cells"].values():
        for scales in cells.values():
            for figure in scales.values():
                del figure["top"], figure["finite_ci95_percent"]
    for scales in old["outputs"]["pooled"].values():
        for pooled in scales.values():
            del pooled["top"], pooled["item_unit_count"]
    for unit in old["outputs"]["units"].values():
        del unit["score_standing"], unit["total_standing"]

    content = read_run(_Kept(json.dumps(old).encode()))

    assert isinstance(content, RunContent)
    assert content.outputs.agreement == {}
    assert content.outputs.cells["camp-staff"] != {}


class _Kept:
    """A run's row, as far as reading goes."""

    def __init__(self, content):
        self.content = content
