"""Whether the units of a breakdown differ, and whether each unit's people agree."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from scales import (
    Agreement,
    Questionnaire,
    Scale,
    Undefined,
    agreement_of_points,
    agreement_of_units,
    more_answers_needed,
)
from survey.exchange.answers_file import AnswersFile
from survey.item_analysis.groups import Rows
from survey.item_analysis.head_count import BesideHeadCount, beside_head_count
from survey.item_analysis.person import PersonScores
from survey.item_analysis.result import TOO_FEW, ScaleAgreement, UnitAgreement


@dataclass(frozen=True)
class Units:
    """The groups of a breakdown as units; rows without a unit belong to none."""

    names: tuple[str, ...]
    unit_of_row: Rows

    @classmethod
    def of_groups(cls, groups: Mapping[str, Rows], row_count: int) -> "Units":
        """Return the groups as units; rows whose label is empty belong to none."""
        names = tuple(name for name in groups if name.strip(","))
        unit_of_row = np.full(row_count, -1, dtype=np.intp)
        for place, name in enumerate(names):
            unit_of_row[groups[name]] = place
        return cls(names, unit_of_row)


def agreement_of_breakdown(
    questionnaire: Questionnaire,
    answers: AnswersFile,
    groups: Mapping[str, Rows],
    scores: Mapping[str, PersonScores],
    minimum: int,
    head_counts: Mapping[str, int],
) -> dict[str, ScaleAgreement]:
    """Return the agreement of the groups on each scale.

    ICCs are over all units of the file; a unit with fewer people than the minimum shows nothing.
    """
    units = Units.of_groups(groups, len(answers.packed))
    found = {}
    for scale in questionnaire.scales:
        agreement = _agreement(questionnaire, scale, answers, units)
        percent = scores[scale.id].percent
        found[scale.id] = ScaleAgreement(
            agreement.icc1,
            agreement.icc2,
            agreement.answers_needed,
            {
                name: _of_unit(
                    agreement,
                    place,
                    minimum,
                    beside_head_count(percent[groups[name]], head_counts.get(name)),
                )
                for place, name in enumerate(units.names)
            },
            *_warnings_and_p(agreement),
        )
    return found


def _warnings_and_p(agreement: Agreement) -> tuple[tuple[str, ...], float | None]:
    if agreement.one_way is None:
        return agreement.warnings, None
    try:
        return agreement.warnings, agreement.one_way.p()
    except Undefined as reason:
        return tuple(dict.fromkeys((*agreement.warnings, reason.code))), None


def _agreement(
    questionnaire: Questionnaire, scale: Scale, answers: AnswersFile, units: Units
) -> Agreement:
    columns = list(questionnaire.scale_columns(scale))
    count = len(units.names)
    if scale.format.fractional and answers.points is not None:
        raw = answers.points[:, columns]
        return agreement_of_points(raw, units.unit_of_row, scale, unit_count=count)
    packed = answers.packed[:, columns]
    return agreement_of_units(packed, units.unit_of_row, scale, unit_count=count)


def _of_unit(
    agreement: Agreement, place: int, minimum: int, beside: BesideHeadCount
) -> UnitAgreement:
    found = agreement.unit(place)
    is_small = found.n < minimum
    return UnitAgreement(
        found.n,
        None if is_small else found.mean_points,
        None if is_small else found.rwg,
        None if is_small else found.ad,
        None if is_small else found.shrunken_mean_points,
        None if is_small else found.reliability,
        {
            target: None if is_small else _more(found.n, agreement.icc1, float(target))
            for target in agreement.answers_needed
        },
        beside.head_count,
        beside.response_rate,
        None if is_small else beside.ci95_percent,
        (TOO_FEW,) if is_small else (*found.warnings, *beside.warnings),
    )


def _more(n: int, icc1: float | None, target: float) -> int | None:
    if icc1 is None:
        return None
    try:
        return more_answers_needed(n, icc1, target)
    except Undefined:
        return None
