"""A thousand injected votes among a thousand honest ones (ACCEPTANCE 53), and what they move."""

import asyncio
import random
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import numpy as np
import pytest
from answering import StandingClock
from builders import NOON, a_unit
from evaluation_builders import CITIZEN, an_asked_evaluation, score, varied_sheets, whole, wind_up
from sqlalchemy import insert

from survey.collect.arrivals import Arrivals, Visit
from survey.evaluate.plan import plan_content, save_plan
from survey.results import campaign_quality, evaluation_results
from survey.rules.audience import Audience
from survey.rules.sheets.serving import ten_minutes_of
from survey.rules.ways_in.arrival import ARRIVAL_RULES, ArrivalMark, marked_by
from survey.storage.tables import AnswerSheet

COUNT = 1_000
MORNING = NOON - timedelta(hours=3, minutes=30)


def honest_times(chance):
    """When people come to a hall in eight hours, with a crowded hour in the morning."""
    spread = [chance.uniform(0, 8 * 3600) for _ in range(COUNT - 200)]
    crowded = [chance.uniform(1.5 * 3600, 2.5 * 3600) for _ in range(200)]
    return [MORNING + timedelta(seconds=seconds) for seconds in spread + crowded]


def injected_times():
    """Five a second."""
    return [NOON + timedelta(seconds=n / 5) for n in range(COUNT)]


def marks_of(arrivals, clock, visits):
    """The marks of sheets that come in order of time; a phone that is asked proves itself."""

    async def come():
        marks = []
        for at, visit in visits:
            clock.now = at
            asked = await arrivals.must_prove(visit)
            proved = ArrivalMark.CHALLENGED if asked else ArrivalMark(0)
            marks.append(int(proved | await arrivals.note_sheet(visit, at)))
        return marks

    return asyncio.run(come())


@pytest.fixture
def marked(sqlite_settings):
    """Times, who is honest, and marks of both streams at one code."""
    chance, clock = random.Random(53), StandingClock()
    hall = [(at, Visit("abcdefgh", "the hall"), True) for at in honest_times(chance)]
    machine = [
        (at, Visit("abcdefgh", f"network {n % 40}"), False) for n, at in enumerate(injected_times())
    ]
    stream = sorted(hall + machine, key=lambda each: each[0])
    marks = marks_of(Arrivals(sqlite_settings, clock), clock, [each[:2] for each in stream])
    times, is_honest = [each[0] for each in stream], np.array([each[2] for each in stream])
    return times, is_honest, np.array(marks, dtype=np.uint8)


def test_injected_votes_are_flagged_and_honest_ones_of_one_network_are_not(marked):
    _, is_honest, marks = marked

    is_flagged = np.any([marked_by(rule, marks) for rule in ARRIVAL_RULES], axis=0)

    assert is_flagged[~is_honest].mean() >= 0.95
    assert is_flagged[is_honest].mean() <= 0.02


def test_a_thousand_of_one_network_in_a_day_without_an_attack_are_not_flagged(sqlite_settings):
    clock = StandingClock()
    visits = [(at, Visit("abcdefgh", "the hall")) for at in sorted(honest_times(random.Random(41)))]

    marks = np.array(marks_of(Arrivals(sqlite_settings, clock), clock, visits), dtype=np.uint8)

    assert np.mean([(mark & ~ArrivalMark.CHALLENGED) != 0 for mark in marks.tolist()]) <= 0.02


@pytest.fixture
def flooded(sqlite_session, marked):
    """An evaluation whose only citizens' sheets are these, closed and scored."""
    times, is_honest, marks = marked
    unit = a_unit(sqlite_session)
    evaluation, campaigns = an_asked_evaluation(sqlite_session, [unit], [Audience.CITIZEN])
    campaign = campaigns[Audience.CITIZEN]
    honest = iter(varied_sheets(COUNT))
    rows = [
        {
            "campaign_id": campaign.id,
            "unit_id": unit.id,
            "id": uuid4(),
            "packed": next(honest) if fair else b"\5\1\5",
            "bucket_at": ten_minutes_of(at),
            "channel": "open",
            "arrival_marks": int(mark),
        }
        for at, fair, mark in zip(times, is_honest, marks, strict=True)
    ]
    sqlite_session.execute(insert(AnswerSheet), rows)
    wind_up(sqlite_session, campaign)
    return evaluation, campaign


def cell_score(session, evaluation):
    return evaluation_results(session, evaluation).units[0].cells[0].scores[0]


def test_the_score_without_the_flagged_is_that_of_the_honest(sqlite_session, flooded):
    evaluation, campaign = flooded
    score(sqlite_session, evaluation)

    quality = campaign_quality(
        sqlite_session, campaign, plan_content(sqlite_session, evaluation), NOON
    )

    told = quality.scores[0]
    assert told.not_shown is None
    assert told.mean_percent > 70
    assert told.mean_percent_without == pytest.approx(50, abs=4)
    assert quality.trust == {"code_verified": 0, "on_site": 0, "open": 2 * COUNT}


def test_open_votes_alone_are_not_graded_where_the_plan_minds(sqlite_session, flooded):
    evaluation, _ = flooded
    plan = replace(plan_content(sqlite_session, evaluation), unit_score=(whole(CITIZEN),))
    save_plan(sqlite_session, evaluation, plan, NOON)
    score(sqlite_session, evaluation)
    assert cell_score(sqlite_session, evaluation).is_enough_for_grade

    save_plan(sqlite_session, evaluation, replace(plan, grades_open_alone=False), NOON)
    score(sqlite_session, evaluation)

    unit = evaluation_results(sqlite_session, evaluation).units[0]
    told = unit.cells[0].scores[0]
    assert (told.is_enough_for_grade, told.not_graded) == (False, "open_alone")
    assert (unit.score.is_enough_for_grade, unit.score.not_graded) == (False, "open_alone")
    assert told.mean_percent is not None
    assert unit.cells[0].trust == {"code_verified": 0, "on_site": 0, "open": 1}


def test_with_receipts_among_them_the_score_is_graded(sqlite_session, flooded):
    evaluation, _ = flooded
    plan = replace(plan_content(sqlite_session, evaluation), grades_open_alone=False)
    save_plan(sqlite_session, evaluation, plan, NOON)
    row = sqlite_session.exec(AnswerSheet.__table__.select().limit(1)).one()
    sqlite_session.exec(
        AnswerSheet.__table__.update()
        .where(AnswerSheet.__table__.c.id == row.id)
        .values(channel="receipt")
    )
    score(sqlite_session, evaluation)

    assert cell_score(sqlite_session, evaluation).is_enough_for_grade
