"""What the pages of an import are about: a campaign, a table that waits, what its columns are."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from sqlmodel import Session

from scales import Item, Questionnaire
from survey.errors import ImportRefused
from survey.exchange.foreign_answers.translate import Reading, translate
from survey.exchange.foreign_answers.wait import Waiting, waiting_export
from survey.rules.sheets.column_mapping import IGNORED, UNIT, guess_uses
from survey.rules.sheets.imported_sheet import Export, Fidelity, Unmatched
from survey.settings import Settings
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import units_of_campaign
from survey.storage.queries.questionnaires import questionnaire_of
from web.forms import Form

FIRST_VALUES = 3
NUMBERS = "numbers"


@dataclass(frozen=True)
class Desk:
    """A campaign, its units (code and name by id), and the table that waits."""

    campaign: Any
    questionnaire: Questionnaire
    units: Mapping[int, tuple[str, str]]
    export: Export

    @property
    def unit_names(self) -> Sequence[str]:
        """The names of the campaign's units."""
        return [name for _, name in self.units.values()]

    def first_values(self, column: int) -> list[str]:
        """Return the first values of a column that differ and are not empty."""
        values = dict.fromkeys(row.cells[column].strip() for row in self.export.rows)
        return [value for value in values if value][:FIRST_VALUES]


def open_desk(
    session: Session, settings: Settings, campaign: Any, waiting: str, officer: str, now: datetime
) -> Desk | None:
    """Return what a waiting table is about, or None where it is gone or somebody else's."""
    export = waiting_export(settings, waiting, Waiting(officer, campaign.code), now)
    if export is None:
        return None
    questionnaire = questionnaire_of(session, campaign.questionnaire_version_id)
    return Desk(campaign, questionnaire, units_by_id(session, campaign), export)


def units_by_id(session: Session, campaign: Any) -> dict[int, tuple[str, str]]:
    """Return code and name of the campaign's units by id."""
    found = units_of_campaign(session, key_of(campaign))
    return {key_of(unit): (unit.code, unit.name) for _, unit in found}


def suggested_reading(desk: Desk) -> Reading:
    """Return what ids and texts say exactly; a campaign of one unit needs no column for it."""
    uses = guess_uses(desk.export.headings, desk.questionnaire, desk.unit_names)
    alone = next(iter(desk.units)) if len(desk.units) == 1 and UNIT not in uses else None
    return Reading(uses, alone)


def reading_in(form: Form, desk: Desk) -> Reading:
    """Return how the officer wants the table read."""
    uses = tuple(form.text(f"c{place}", IGNORED) for place in range(len(desk.export.headings)))
    chosen = form.text("unit")
    unit_id = next((key for key, (code, _) in desk.units.items() if code == chosen), None)
    if chosen and unit_id is None:
        raise ImportRefused("import_unit", value=chosen[:40])
    return Reading(uses, unit_id)


def read_table(form: Form, desk: Desk) -> Fidelity:
    """Return what the table becomes; the texts ticked in the form count as not answered."""
    reading = reading_in(form, desk)
    fidelity = translate(desk.export, reading, desk.questionnaire, desk.units)
    ticked = set(form.all("skip"))
    skipped = {
        (each.column, each.text)
        for column in fidelity.columns
        for each in column.unmatched
        if mark_of(each) in ticked
    }
    if not skipped:
        return fidelity
    again = Reading(reading.uses, reading.unit_id, skipped)
    return translate(desk.export, again, desk.questionnaire, desk.units)


def mark_of(unmatched: Unmatched) -> str:
    """Return the value that stands for a text in the form: any text may be in a file."""
    return hashlib.sha256(f"{unmatched.column} {unmatched.text}".encode()).hexdigest()[:24]


def chosen_fields(form: Form) -> dict[str, str]:
    """Return the fields that say what each column is, or whose file it is."""
    return {name: form.text(name) for name in form.fields if _is_choice(name)}


def chosen_query(form: Form) -> str:
    """Return the columns as chosen, for the address of a page."""
    return urlencode(chosen_fields(form))


def _is_choice(name: str) -> bool:
    return name == "unit" or (name[:1] == "c" and name[1:].isdecimal())


def items_left(desk: Desk, fidelity: Fidelity) -> list[Item]:
    """Return the items of the questionnaire that no column holds."""
    used = {column.use for column in fidelity.columns}
    return [item for item in desk.questionnaire.items if item.id not in used]


def has_numbers(fidelity: Fidelity) -> bool:
    """Whether a column is read by points, which a number alone does not prove."""
    return any(column.are_points for column in fidelity.columns)
