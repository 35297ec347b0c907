"""Audiences that answered the same scale, against the same tests on the people's own scores."""

import numpy as np
import pytest
from builders import QUESTIONNAIRE, a_unit
from evaluation_builders import an_asked_evaluation, answer, score, varied_sheets

from scales import (
    align_keying,
    games_howell,
    read_questionnaire,
    respondent_percent,
    summarise_group,
    unpack,
    welch_anova,
)
from survey.distribute.launch import launch_campaign
from survey.distribute.publish import publish_questionnaire
from survey.rules.audience import Audience
from survey.storage.queries.figures import read_run

STAFF, CITIZEN = Audience.STAFF, Audience.CITIZEN
ALIKE = bytes([5, 1, 5])


def compared(session, cells):
    """A run over units with sheets of staff and of citizens each."""
    units = [a_unit(session) for _ in cells]
    evaluation, campaigns = an_asked_evaluation(session, units)
    for unit, (staff, citizens) in zip(units, cells, strict=True):
        answer(session, campaigns[STAFF], unit, staff)
        answer(session, campaigns[CITIZEN], unit, citizens)
    return read_run(score(session, evaluation)).outputs


def percents(sheets):
    scale = read_questionnaire(QUESTIONNAIRE).scales[0]
    packed = np.array([list(sheet[:3]) for sheet in sheets], dtype=np.uint8)
    return respondent_percent(align_keying(unpack(packed, scale), scale), scale)


def test_audiences_are_compared_as_their_people_would_be(sqlite_session):
    cells = [(varied_sheets(12 + n, n), varied_sheets(40 + n, 9 + n)[3:]) for n in range(3)]

    (found,) = compared(sqlite_session, cells).comparisons

    groups = {
        name: summarise_group(np.concatenate([percents(cell[side]) for cell in cells]))
        for side, name in ((1, "camp-citizen"), (0, "camp-staff"))
    }
    (pair,), (expected,) = found.differences, games_howell(groups)
    assert pair.campaigns == (expected.first, expected.second)
    assert pair.difference_percent == pytest.approx(expected.difference, abs=1e-9)
    assert pair.ci95_percent == pytest.approx(expected.ci95, abs=1e-9)
    assert pair.p == pytest.approx(expected.p, abs=1e-9)
    assert found.f == pytest.approx(welch_anova(list(groups.values())).f, abs=1e-9)
    assert 0 < pair.congruence <= 1


def test_a_cell_that_is_a_band_is_in_no_comparison(sqlite_session):
    cells = [(varied_sheets(12 + n, n), varied_sheets(40, 9 + n)) for n in range(2)]
    nested = sqlite_session.begin_nested()
    without = compared(sqlite_session, cells).comparisons
    nested.rollback()
    sqlite_session.expunge_all()

    beside = compared(sqlite_session, [*cells, ([ALIKE] * 12, [ALIKE] * 40)]).comparisons

    assert beside == without


def test_an_audience_with_too_few_sheets_is_not_compared(sqlite_session):
    cells = [(varied_sheets(4, n), varied_sheets(40, 9 + n)) for n in range(2)]

    assert compared(sqlite_session, cells).comparisons == ()


def test_a_scale_whose_items_differ_is_not_compared(sqlite_session):
    unit = a_unit(sqlite_session)
    evaluation, campaigns = an_asked_evaluation(sqlite_session, [unit], [CITIZEN])
    other = QUESTIONNAIRE.replace(b"version = 1", b"version = 2").replace(b'"Q3"', b'"Q9"')
    staff = launch_campaign(
        sqlite_session,
        evaluation=evaluation,
        questionnaire_version=publish_questionnaire(
            sqlite_session, other, campaigns[CITIZEN].opens_at
        ),
        audience=STAFF,
        name="职工问卷",
        units=[unit],
        opens_at=campaigns[CITIZEN].opens_at,
        closes_at=campaigns[CITIZEN].closes_at,
    )
    answer(sqlite_session, campaigns[CITIZEN], unit, varied_sheets(40))
    answer(sqlite_session, staff, unit, varied_sheets(12))

    outputs = read_run(score(sqlite_session, evaluation)).outputs

    assert outputs.cells[staff.code][unit.code]["ease"].n == 12
    assert outputs.comparisons == ()
