"""Choose the units of a draft, and settle what a campaign fixes about each of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete
from sqlmodel import Session, col

from survey.errors import LaunchRefused
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import units_of_campaign
from survey.storage.queries.evaluations import units_of
from survey.storage.tables import Campaign, CampaignUnit, Unit


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """What is settled about a unit beforehand; `merge_into` is the code of another unit."""

    head_count: int | None = None
    statement: str = ""
    merge_into: str = ""

    def over(self, before: "UnitChoice") -> "UnitChoice":
        """Return this choice, with what was settled before where it says nothing."""
        count = before.head_count if self.head_count is None else self.head_count
        statement = self.statement or before.statement
        return UnitChoice(count, statement, self.merge_into or before.merge_into)


def add_units(session: Session, draft: Campaign, units: Sequence[Unit]) -> None:
    """Ask about these units too."""
    check_draft(draft)
    asked = {unit.id for _, unit in units_of_campaign(session, key_of(draft))}
    session.add_all(
        CampaignUnit(campaign_id=key_of(draft), unit_id=key_of(unit))
        for unit in units
        if unit.id not in asked
    )
    session.flush()


def remove_units(session: Session, draft: Campaign, units: Sequence[Unit]) -> None:
    """Ask about these units no more."""
    check_draft(draft)
    of_draft = col(CampaignUnit.campaign_id) == key_of(draft)
    session.connection().execute(
        delete(CampaignUnit).where(
            of_draft, col(CampaignUnit.unit_id).in_([key_of(unit) for unit in units])
        )
    )
    session.expire_all()


def settle_units(session: Session, draft: Campaign, choices: Mapping[str, UnitChoice]) -> None:
    """Keep what is settled about units that the draft asks about, by their code."""
    check_draft(draft)
    asked = {unit.code: (row, unit) for row, unit in units_of_campaign(session, key_of(draft))}
    for code, choice in choices.items():
        row, unit = asked[code]
        sibling = asked.get(choice.merge_into)
        if choice.merge_into and (sibling is None or choice.merge_into == code):
            raise LaunchRefused("launch_sibling", unit=unit.name, sibling=choice.merge_into)
        row.head_count = choice.head_count
        row.statement = choice.statement or None
        row.merge_into_unit_id = sibling[0].unit_id if sibling is not None else None
    session.flush()


def settled_units(session: Session, draft: Campaign) -> dict[str, UnitChoice]:
    """Return what is settled about each unit that the draft asks about, by its code."""
    asked = units_of_campaign(session, key_of(draft))
    codes = {row.unit_id: unit.code for row, unit in asked}
    return {
        unit.code: UnitChoice(
            row.head_count,
            row.statement or "",
            codes.get(row.merge_into_unit_id or 0, ""),
        )
        for row, unit in asked
    }


def settle_listed_units(
    session: Session, draft: Campaign, listed: Mapping[str, UnitChoice]
) -> None:
    """Ask about the units of a list too, and keep what it says of them; silence changes nothing."""
    everyone = {unit.code: unit for unit in units_of(session, draft.evaluation_id)}
    add_units(session, draft, [everyone[code] for code in listed])
    before = settled_units(session, draft)
    settle_units(session, draft, {code: said.over(before[code]) for code, said in listed.items()})


def check_draft(draft: Campaign) -> None:
    """Refuse to change a campaign that was opened."""
    if not draft.is_draft:
        raise LaunchRefused("launch_not_a_draft")
