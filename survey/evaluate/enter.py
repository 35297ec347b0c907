"""Enter the points of leaves by hand."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from survey.errors import ManualValueRefused
from survey.evaluate.gather import leaves_of
from survey.rules.indicator import MANUAL
from survey.storage.keys import key_of
from survey.storage.queries.evaluations import units_of
from survey.storage.queries.figures import manual_values_of
from survey.storage.tables import Evaluation, Indicator, ManualValue, Unit


@dataclass(frozen=True, slots=True)
class Entry:
    """Points for a unit on a leaf, with a note that prints."""

    unit_code: str
    indicator_code: str
    points: float
    note: str = ""

    @property
    def clean_note(self) -> str:
        """The note without signs that cannot be kept or printed."""
        return "".join(sign for sign in self.note if sign.isprintable() or sign == "\n").strip()


@dataclass(frozen=True, slots=True)
class Fillable:
    """What may be filled in: the units of an evaluation, and the leaves of its tree."""

    units: Mapping[str, Unit]
    leaves: Mapping[str, Indicator]

    def check_unit(self, unit_code: str) -> None:
        """Refuse a code that no unit of the evaluation has."""
        if unit_code not in self.units:
            raise ManualValueRefused("manual_unit_unknown", unit=unit_code)

    def check_leaf(self, indicator_code: str) -> None:
        """Refuse a code that no leaf has, or a leaf that a survey feeds."""
        leaf = self.leaves.get(indicator_code)
        if leaf is None:
            raise ManualValueRefused("manual_indicator_unknown", indicator=indicator_code)
        if leaf.source != MANUAL:
            raise ManualValueRefused("manual_not_by_hand", indicator=indicator_code)

    def check_points(self, indicator_code: str, points: float) -> None:
        """Refuse points under 0 or over the leaf's full points."""
        full_points = self.leaves[indicator_code].points_bp / 100
        if not (math.isfinite(points) and 0 <= points <= full_points):
            raise ManualValueRefused(
                "manual_points_range",
                indicator=indicator_code,
                points=f"{points:g}",
                full_points=f"{full_points:g}",
            )


def fillable(session: Session, evaluation: Evaluation) -> Fillable:
    """Return the units and leaves for which points may be entered."""
    return Fillable(
        {unit.code: unit for unit in units_of(session, key_of(evaluation))},
        {leaf.code: leaf for leaf in leaves_of(session, evaluation)},
    )


def enter_manual_value(
    session: Session,
    evaluation: Evaluation,
    *,
    unit_code: str,
    indicator_code: str,
    points: float,
    note: str = "",
    entered_by: str,
    now: datetime,
) -> int:
    """Enter or replace a unit's points on a manual leaf; return 1 if it changed, else 0."""
    entry = Entry(unit_code, indicator_code, points, note)
    return enter_manual_values(session, evaluation, [entry], entered_by=entered_by, now=now)


def enter_manual_values(
    session: Session,
    evaluation: Evaluation,
    entries: Sequence[Entry],
    *,
    entered_by: str,
    now: datetime,
) -> int:
    """Enter or replace points between 0 and the full points of manual leaves.

    Return how many changed; the same points and note again change nothing, not even who entered
    them. Where one entry is refused none is entered.
    """
    places = fillable(session, evaluation)
    for entry in entries:
        places.check_unit(entry.unit_code)
        places.check_leaf(entry.indicator_code)
        places.check_points(entry.indicator_code, entry.points)
    standing = {
        (value.indicator_id, value.unit_id): value
        for value in manual_values_of(session, key_of(evaluation))
    }
    changed = [
        entry for entry in entries if not _stands(entry, standing.get(_place(entry, places)))
    ]
    for entry in changed:
        leaf_id, unit_id = _place(entry, places)
        value = standing.setdefault(
            (leaf_id, unit_id),
            ManualValue(
                evaluation_id=key_of(evaluation),
                indicator_id=leaf_id,
                unit_id=unit_id,
                points=entry.points,
                entered_by=entered_by,
                entered_at=now,
            ),
        )
        value.points, value.note = entry.points, entry.clean_note
        value.entered_by, value.entered_at = entered_by, now
        session.add(value)
    session.flush()
    return len(changed)


def _place(entry: Entry, places: Fillable) -> tuple[int, int]:
    return key_of(places.leaves[entry.indicator_code]), key_of(places.units[entry.unit_code])


def _stands(entry: Entry, value: ManualValue | None) -> bool:
    return value is not None and (value.points, value.note) == (entry.points, entry.clean_note)
