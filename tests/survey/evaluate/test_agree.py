"""ICC, shrunken means and answers needed of a run, against the same figures from the answers."""

import numpy as np
import pytest
from builders import QUESTIONNAIRE, a_unit
from evaluation_builders import an_asked_evaluation, answer, score, varied_sheets, wind_up

from scales import agreement_of_units, read_questionnaire
from survey.rules.audience import Audience
from survey.storage.queries.figures import read_run
from survey.storage.tables import CampaignUnit

STAFF, CITIZEN = Audience.STAFF, Audience.CITIZEN
HIGH, LOW = bytes([5, 1, 5]), bytes([1, 5, 1])
ALIKE = HIGH


def run_of(session, cells, audience=CITIZEN, **launch):
    units = [a_unit(session, code=f"U{n}") for n in range(len(cells))]
    evaluation, campaigns = an_asked_evaluation(session, units, **launch)
    for unit, sheets in zip(units, cells, strict=True):
        answer(session, campaigns[audience], unit, sheets)
    return read_run(score(session, evaluation)), campaigns, evaluation


def differing(count, seed, share_high):
    """Sheets of a unit whose people mostly think high, or low."""
    sheets = varied_sheets(count, seed)
    return [HIGH if n < count * share_high else sheet for n, sheet in enumerate(sheets)]


def test_agreement_is_that_of_the_answers_themselves(sqlite_session):
    cells = [differing(40 + n, n, n / 5) for n in range(4)]

    run, _, _ = run_of(sqlite_session, cells)

    scale = read_questionnaire(QUESTIONNAIRE).scales[0]
    packed = np.array([list(sheet[:3]) for cell in cells for sheet in cell], dtype=np.uint8)
    expected = agreement_of_units(packed, np.repeat(range(4), [len(c) for c in cells]), scale)
    found = run.outputs.agreement["camp-citizen"]["ease"]
    assert found.over_units.icc1 == pytest.approx(expected.icc1, abs=1e-12)
    assert found.over_units.icc2 == pytest.approx(expected.icc2, abs=1e-12)
    assert found.over_units.answers_needed == expected.answers_needed
    for number in range(4):
        unit = found.units[f"U{number}"]
        shrunken = (expected.shrunken_means[number] - 1) / 4 * 100
        assert unit.shrunken_percent == pytest.approx(shrunken, abs=1e-9)
        assert unit.reliability == pytest.approx(expected.reliability[number], abs=1e-12)


def test_answers_lacking_are_those_needed_less_those_there(sqlite_session):
    run, _, _ = run_of(sqlite_session, [differing(30 + 9 * n, n, n / 5) for n in range(4)])

    found = run.outputs.agreement["camp-citizen"]["ease"]

    for number in range(4):
        n = run.outputs.cells["camp-citizen"][f"U{number}"]["ease"].n
        lacking = found.units[f"U{number}"].more_answers
        assert lacking == {
            target: max(0, needed - n) for target, needed in found.over_units.answers_needed.items()
        }


def test_units_that_do_not_differ_say_so_and_no_number_of_answers_is_enough(sqlite_session):
    run, _, _ = run_of(sqlite_session, [varied_sheets(40, 1)] * 3)

    over_units = run.outputs.agreement["camp-citizen"]["ease"].over_units

    assert over_units.icc1 < 0
    assert set(over_units.answers_needed.values()) == {None}
    assert "units_do_not_differ" in over_units.warnings


def test_one_unit_alone_has_no_agreement_but_its_score(sqlite_session):
    run, _, _ = run_of(sqlite_session, [varied_sheets(40, 1)])

    found = run.outputs.agreement["camp-citizen"]["ease"]

    assert (found.over_units.icc1, found.over_units.warnings) == (None, ("single_unit",))
    assert found.units["U0"].reliability is None


def test_a_cell_shown_as_a_band_is_in_no_figure_of_the_others(sqlite_session):
    cells = [differing(40 + n, n, n / 5) for n in range(3)]
    nested = sqlite_session.begin_nested()
    without, _, _ = run_of(sqlite_session, cells)
    nested.rollback()
    sqlite_session.expunge_all()

    beside, _, _ = run_of(sqlite_session, [*cells, [ALIKE] * 40])

    assert beside.outputs.agreement == without.outputs.agreement


def test_an_interval_for_the_people_there_are_is_narrower_and_needs_their_number(sqlite_session):
    units = [a_unit(sqlite_session)]
    evaluation, campaigns = an_asked_evaluation(sqlite_session, units)
    rows = {"head_count": 16}
    _set_cell(sqlite_session, campaigns[STAFF], units[0], **rows)
    answer(sqlite_session, campaigns[STAFF], units[0], varied_sheets(12))
    answer(sqlite_session, campaigns[CITIZEN], units[0], varied_sheets(40))

    run = read_run(score(sqlite_session, evaluation))

    staff = run.outputs.cells["camp-staff"][units[0].code]["ease"]
    width, narrow = (b - a for a, b in (staff.ci95_percent, staff.finite_ci95_percent))
    assert narrow / width == pytest.approx((1 - 12 / 16) ** 0.5, abs=1e-12)
    assert run.outputs.cells["camp-citizen"][units[0].code]["ease"].finite_ci95_percent is None


def test_a_run_says_how_many_could_be_asked_of_the_cells_it_counts_only(sqlite_session):
    units = [a_unit(sqlite_session), a_unit(sqlite_session)]
    evaluation, campaigns = an_asked_evaluation(sqlite_session, units)
    for unit, count in zip(units, (12, 4), strict=True):
        _set_cell(
            sqlite_session, campaigns[STAFF], unit, head_count=20, issued_count=18, void_count=2
        )
        answer(sqlite_session, campaigns[STAFF], unit, varied_sheets(count))
    wind_up(sqlite_session, campaigns[STAFF])

    run = read_run(score(sqlite_session, evaluation))

    assert set(run.inputs.asked["camp-staff"]) == {units[0].code}
    assert run.inputs.asked["camp-staff"][units[0].code].issued_count == 16


def _set_cell(session, campaign, unit, **values):
    row = session.get_one(CampaignUnit, (campaign.id, unit.id))
    for name, value in values.items():
        setattr(row, name, value)
    session.add(row)
    session.flush()
