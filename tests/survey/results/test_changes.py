"""Before and after: against the people's own scores, and nothing of what is hidden."""

from dataclasses import fields

import numpy as np
import pytest
from builders import NOON, QUESTIONNAIRE, a_unit, an_evaluation
from change_builders import a_year, lifted_sheets, two_years
from pingouin import compute_effsize, ttest

from scales import align_keying, read_questionnaire, respondent_percent, unpack
from survey.results import UnitChange, evaluation_changes
from survey.rules.audience import Audience

CITIZEN, SELF = Audience.CITIZEN, Audience.SELF
FIGURES = {field.name for field in fields(UnitChange)} - {"unit", "name", "category", "not_shown"}


def changed(session, *pair):
    """The changes of the only scale, by unit."""
    (scale,) = evaluation_changes(session, *pair).scales
    return {unit.unit: unit for unit in scale.units}


def percents(sheets):
    scale = read_questionnaire(QUESTIONNAIRE).scales[0]
    packed = np.array([list(sheet[:3]) for sheet in sheets], dtype=np.uint8)
    return respondent_percent(align_keying(unpack(packed, scale), scale), scale)


def later_version(*changes):
    content = QUESTIONNAIRE.decode().replace("version = 1", "version = 2", 1)
    for old, new in changes:
        assert old in content
        content = content.replace(old, new, 1)
    return content.encode()


def test_a_change_is_that_of_the_peoples_own_scores(sqlite_session):
    found = changed(sqlite_session, *two_years(sqlite_session))["C1"]

    before, after = percents(lifted_sheets(60, 0.0, 0)), percents(lifted_sheets(70, 0.8, 9))
    test = ttest(after, before, correction=True)
    assert (found.n_before, found.n_after) == (60, 70)
    assert found.change_percent == pytest.approx(after.mean() - before.mean(), abs=1e-9)
    assert found.ci95_percent == pytest.approx(test["CI95"].iloc[0], abs=0.006)
    assert found.p == pytest.approx(test["p_val"].iloc[0], rel=1e-9)
    assert found.hedges_g == pytest.approx(
        compute_effsize(after, before, eftype="hedges"), abs=2e-3
    )
    assert found.hedges_g_ci95[0] < found.hedges_g < found.hedges_g_ci95[1]


def test_a_size_in_words_is_told_of_changes_beyond_chance_only(sqlite_session):
    found = changed(sqlite_session, *two_years(sqlite_session))

    assert (found["C1"].is_beyond_chance, found["C1"].band) == (True, "large")
    assert found["C2"].change_percent < 0
    assert found["C2"].is_beyond_chance
    assert (found["C3"].is_beyond_chance, found["C3"].band) == (False, None)


@pytest.mark.parametrize(("unit", "reason"), [("C4", "withheld_before"), ("C5", "withheld_after")])
def test_nothing_is_told_where_a_side_is_hidden_or_a_band(sqlite_session, unit, reason):
    found = changed(sqlite_session, *two_years(sqlite_session))[unit]

    assert found.not_shown.code == reason
    assert {name for name in FIGURES if getattr(found, name) is not None} == set()


def test_the_earlier_year_comes_first_whichever_is_asked(sqlite_session):
    one, two = two_years(sqlite_session)

    assert evaluation_changes(sqlite_session, two, one) == evaluation_changes(
        sqlite_session, one, two
    )
    assert evaluation_changes(sqlite_session, two, one).before.year == 2025


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (('id = "Q3"', 'id = "Q9"'), "items_differ"),
        (('keyed = "-"\n', ""), "coding_differs"),
        (
            ('title = { zh-Hans = "便捷"', 'min_answered = 1.0\ntitle = { zh-Hans = "便捷"'),
            "coding_differs",
        ),
    ],
)
def test_a_scale_that_measures_otherwise_is_not_compared(sqlite_session, change, reason):
    found = changed(sqlite_session, *two_years(sqlite_session, later_version(change)))

    assert {unit.not_shown.code for unit in found.values()} == {reason}
    assert all(unit.change_percent is None for unit in found.values())


def test_other_words_are_compared_and_said(sqlite_session):
    content = later_version(("要交的材料说得清楚。", "要交哪些材料说得明白。"))

    (scale,) = evaluation_changes(sqlite_session, *two_years(sqlite_session, content)).scales

    assert not scale.is_same_wording
    assert scale.units[0].change_percent is not None


def test_a_scale_asked_in_one_year_only_is_named(sqlite_session):
    content = later_version(('id = "ease"', 'id = "speed"'), ('scale = "ease"', 'scale = "speed"'))
    content = content.replace(b'scale = "ease"', b'scale = "speed"')

    changes = evaluation_changes(sqlite_session, *two_years(sqlite_session, content))

    said = {scale.scale: {unit.not_shown.code for unit in scale.units} for scale in changes.scales}
    assert said == {"speed": {"not_asked_before"}, "ease": {"not_asked_after"}}


def test_a_unit_that_only_one_year_evaluated_is_not_compared(sqlite_session):
    units = [a_unit(sqlite_session) for _ in range(2)]
    first = a_year(sqlite_session, units, {CITIZEN: [lifted_sheets(40)] * 2}, code="one", year=2025)
    later = a_year(sqlite_session, units[:1], {CITIZEN: [lifted_sheets(40, 1)]}, code="two")

    found = changed(sqlite_session, first, later)

    assert found[units[0].code].change_percent > 0
    assert found[units[1].code].not_shown.code == "not_asked_after"


def test_an_evaluation_without_a_run_says_so(sqlite_session):
    unit = a_unit(sqlite_session)
    scored = a_year(sqlite_session, [unit], {CITIZEN: [lifted_sheets(40)]}, code="one", year=2025)
    empty = an_evaluation(sqlite_session, [unit], created_at=NOON)

    changes = evaluation_changes(sqlite_session, empty, scored)

    assert (changes.not_shown.code, changes.scales) == ("no_run_after", ())
    assert changes.before_run is not None
