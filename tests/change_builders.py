"""Two evaluations of the same units, a year apart, for tests of what changed."""

import random

from builders import QUESTIONNAIRE, a_unit
from evaluation_builders import an_asked_evaluation, answer, score, wind_up
from sqlmodel import Session

from survey.rules.audience import Audience
from survey.storage.tables import Evaluation, Unit

ALIKE = bytes([5, 1, 5])


def lifted_sheets(count: int, lift: float = 0.0, seed: int = 1, third: float = 0.0) -> list[bytes]:
    """Answers about the middle plus `lift`; those to the third item are moved by `third` too."""
    chance = random.Random(seed)
    sheets = []
    for _ in range(count):
        level = chance.gauss(3 + lift, 0.8)
        moved = (0.0, 0.0, third)
        near = [min(5, max(1, round(level + move + chance.gauss(0, 0.6)))) for move in moved]
        sheets.append(bytes([near[0], 6 - near[1], near[2]]))
    return sheets


def a_year(
    session: Session,
    units: list[Unit],
    sheets: dict[Audience, list[list[bytes]]],
    content: bytes = QUESTIONNAIRE,
    *,
    is_over: bool = False,
    **given: object,
) -> Evaluation:
    """An evaluation of the units, answered by each audience unit by unit, and scored."""
    evaluation, campaigns = an_asked_evaluation(
        session, units, tuple(sheets), content, prefix=str(given["code"]), **given
    )
    for audience, cells in sheets.items():
        for unit, cell in zip(units, cells, strict=True):
            answer(session, campaigns[audience], unit, cell)
        if is_over:
            wind_up(session, campaigns[audience])
    score(session, evaluation)
    return evaluation


def two_years(session: Session, content: bytes = QUESTIONNAIRE) -> tuple[Evaluation, Evaluation]:
    """Citizens rate five units twice: one rises, one falls, one stays, two are hidden in a year."""
    names = ("市政务服务局", "市图书馆", "市档案馆", "市规划局", "市体育局")
    units = [
        a_unit(session, code=f"C{n}", name=name, category="政府部门")
        for n, name in enumerate(names, start=1)
    ]
    first = [lifted_sheets(60, 0.0, seed) for seed in range(5)]
    first[3] = lifted_sheets(29)
    second = [lifted_sheets(70, lift, 9 + n) for n, lift in enumerate((0.8, -0.8, 0.0, 0.0, 0.0))]
    second[4] = [ALIKE] * 40
    citizen = Audience.CITIZEN
    return (
        a_year(session, units, {citizen: first}, code="year2025", name="2025年度评估", year=2025),
        a_year(session, units, {citizen: second}, content, code="year2026", name="2026年度评估"),
    )
