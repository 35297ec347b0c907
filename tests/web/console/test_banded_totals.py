"""A unit whose total is a band: no rank, and the reason in its place."""

import csv
import io
import re

import pytest
from builders import NOON, a_unit
from console_visit import NAME
from evaluation_builders import an_asked_evaluation, answer, score, varied_sheets
from sqlmodel import select

from survey.evaluate.enter import enter_manual_value
from survey.rules.audience import Audience
from survey.storage.tables import Campaign

CODE = "banded-year"


@pytest.fixture
def banded(officer):
    """An officer, and an evaluation where the staff of the first of two units answered alike."""
    with officer.client.app.state.database.writing() as session:
        for number, campaign in enumerate(session.exec(select(Campaign)).all()):
            campaign.code = f"other-{number}"
        session.flush()
        units = [
            a_unit(session, code=f"B{n}", name=name) for n, name in enumerate(("甲局", "乙局"))
        ]
        evaluation, campaigns = an_asked_evaluation(session, units, code=CODE)
        for unit, staff in zip(units, ([bytes([5, 1, 5])] * 12, varied_sheets(12)), strict=True):
            answer(session, campaigns[Audience.STAFF], unit, staff)
            answer(session, campaigns[Audience.CITIZEN], unit, varied_sheets(40))
            enter_manual_value(
                session,
                evaluation,
                unit_code=unit.code,
                indicator_code="A21",
                points=20,
                entered_by=NAME,
                now=NOON,
            )
        score(session, evaluation)
    return officer


@pytest.mark.parametrize("page", ["results", "indicators"])
@pytest.mark.parametrize(
    ("locale", "words", "why"),
    [("zh-Hans", "不排名", "总分只给出区间"), ("en", "not ranked", "shown as a band")],
)
def test_a_page_says_why_a_unit_has_no_rank_and_ranks_the_others(banded, page, locale, words, why):
    html = banded.get(f"/console/evaluations/{CODE}/{page}", params={"lang": locale}).text

    ranks = dict(
        re.findall(
            r'<td class="right num rank">(.*?)</td>\s*<th scope="row"[^>]*><a[^>]*>(.*?)</a></th>',
            html,
        )
    )
    by_unit = {unit: cell for cell, unit in ranks.items()}
    assert f">{words}<" in by_unit["甲局"]
    assert why in by_unit["甲局"]
    assert ">1<" in by_unit["乙局"]


def test_the_file_leaves_the_rank_empty(banded):
    reply = banded.get(f"/console/evaluations/{CODE}/indicators.csv", params={"lang": "en"})

    rows = csv.DictReader(io.StringIO(reply.content.decode("utf-8-sig")))
    assert {row["unit_code"]: row["rank"] for row in rows} == {"B0": "", "B1": "1"}
