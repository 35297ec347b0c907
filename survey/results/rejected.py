"""The sheets that rules reject, one by one, as far as an officer may see and restore them.

Sheets of open codes are listed when a run has counted their unit; those of links after the winding
up, without a time, since the ids they are restored by are made there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session

from scales import DONT_KNOW, SKIPPED, Item, Questionnaire
from survey.results.newest import NewestRun, newest
from survey.results.quality_figures import RejectedSheet, RejectedSheets
from survey.rules.audience import Audience
from survey.rules.scoring.batch import rules_of_cell
from survey.rules.scoring.run import CountedCampaign
from survey.rules.scoring.scoring_plan import PlanContent
from survey.rules.scoring.suppression import is_shown
from survey.rules.scoring.validity import RULES, Validity, Verdicts, judge_sheets
from survey.rules.sheets.serving import SECONDS_BUCKETS
from survey.rules.sheets.sheet_mark import mark_of
from survey.rules.ways_in.link import is_open_to_all
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import units_of_campaign
from survey.storage.queries.collected import (
    CollectedSheets,
    collected_sheets,
    restored_sheets,
)
from survey.storage.queries.evaluations import evaluation_of_campaign
from survey.storage.queries.figures import newest_sheet_rules
from survey.storage.queries.questionnaires import questionnaire_of
from survey.storage.tables import Campaign, RestoredSheet, Unit


@dataclass(frozen=True, slots=True)
class FoundSheet:
    """A listed sheet with the keys it is stored under, which never leave the process."""

    sheet: RejectedSheet
    unit_id: int
    sheet_id: UUID


def rejected_sheets(
    session: Session, campaign: Campaign, plan: PlanContent, key: bytes
) -> RejectedSheets:
    """Return the rejected and the restored sheets of a campaign."""
    run = newest(session, evaluation_of_campaign(session, campaign))
    reason = _not_listed(campaign, run)
    if reason is not None:
        return RejectedSheets((), (), reason)
    listed = [found.sheet for found in find_rejected(session, campaign, run, plan, key)]
    listed.sort(key=lambda sheet: (sheet.unit_code, RULES.index(sheet.rule), sheet.mark))
    return RejectedSheets(
        rejected=tuple(sheet for sheet in listed if sheet.restored_reason is None),
        restored=tuple(sheet for sheet in listed if sheet.restored_reason is not None),
        not_listed=None,
    )


def find_rejected(
    session: Session, campaign: Campaign, run: NewestRun | None, plan: PlanContent, key: bytes
) -> Iterator[FoundSheet]:
    """Yield the sheets that may be listed and that a rule rejects, restored or not."""
    if _not_listed(campaign, run) is not None:
        return
    questionnaire = questionnaire_of(session, campaign.questionnaire_version_id)
    rules = newest_sheet_rules(session, campaign, plan)
    listing = _Listing(campaign, questionnaire, run, plan, rules, key)
    restored = {row.sheet_id: row for row in restored_sheets(session, key_of(campaign))}
    sheets = collected_sheets(session, campaign, with_ids=True)
    for row, unit in units_of_campaign(session, key_of(campaign)):
        yield from listing.of_unit(
            row.unit_id, unit, sheets.of(sheets.unit_ids == row.unit_id), restored
        )


def is_open_code(campaign: Campaign) -> bool:
    """Whether a campaign's sheets come by codes that are open to all."""
    return is_open_to_all(Audience(campaign.audience))


def _not_listed(campaign: Campaign, run: NewestRun | None) -> str | None:
    if campaign.counts_only:
        return "counts_only"
    if campaign.wound_up_at is not None:
        return None
    if not is_open_code(campaign):
        return "before_close"
    counted = run.content.inputs.campaigns.get(campaign.code) if run is not None else None
    return None if counted is not None and counted.cells else "no_run"


@dataclass(frozen=True, slots=True)
class _Listing:
    """What holds for all sheets of a campaign while they are listed."""

    campaign: Campaign
    questionnaire: Questionnaire
    run: NewestRun | None
    plan: PlanContent
    newest_rules: Validity
    key: bytes

    def of_unit(
        self,
        unit_id: int,
        unit: Unit,
        sheets: CollectedSheets,
        restored: dict[UUID, RestoredSheet],
    ) -> Iterator[FoundSheet]:
        """Yield the rejected sheets of a unit."""
        if sheets.ids is None or not self._is_listed(unit.code, len(sheets.packed)):
            return
        verdicts = self._judge(unit.code, sheets)
        is_early = self._was_met(unit.code, sheets)
        for place in np.flatnonzero((verdicts.reasons >= 0) & is_early).tolist():
            sheet_id = sheets.ids[place]
            made = restored.get(sheet_id)
            sheet = self._sheet(unit, sheets, place, int(verdicts.reasons[place]), made)
            yield FoundSheet(sheet, unit_id, sheet_id)

    def _sheet(
        self, unit: Unit, sheets: CollectedSheets, place: int, rule: int, made: RestoredSheet | None
    ) -> RejectedSheet:
        is_open = is_open_code(self.campaign)
        ids = sheets.ids or ()
        answers = sheets.packed[place, [self.questionnaire.columns[i.id] for i in self._scaled]]
        return RejectedSheet(
            mark=mark_of(self.key, self.campaign.code, ids[place]),
            unit_code=unit.code,
            unit_name=unit.name,
            rule=RULES[rule],
            seconds=_seconds(float(sheets.seconds_buckets[place])) if is_open else None,
            answered_count=int(np.sum((answers != SKIPPED) & (answers != DONT_KNOW)))
            if is_open
            else None,
            may_be_restored=is_open or not self._is_counted_for_good(unit.code),
            restored_reason=made.reason if made is not None else None,
            restored_by=made.restored_by if made is not None else None,
            restored_on=made.restored_on if made is not None else None,
        )

    @property
    def _scaled(self) -> tuple[Item, ...]:
        return tuple(item for item in self.questionnaire.packed_items if item.format is not None)

    @property
    def _counted(self) -> CountedCampaign | None:
        if self.run is None:
            return None
        return self.run.content.inputs.campaigns.get(self.campaign.code)

    def _judge(self, unit_code: str, sheets: CollectedSheets) -> Verdicts:
        """Judge the sheets as if none was restored."""
        is_free = is_open_code(self.campaign) and self.campaign.wound_up_at is not None
        validity = rules_of_cell(self._counted, unit_code, self.newest_rules, may_change=is_free)
        nobody = np.zeros(len(sheets.packed), dtype=bool)
        return judge_sheets(
            sheets.packed,
            sheets.seconds_buckets,
            sheets.arrival_marks,
            nobody,
            self.questionnaire,
            validity,
        )

    def _is_counted(self, unit_code: str) -> bool:
        """Whether a run has shown figures of this cell."""
        return self._counted is not None and unit_code in self._counted.cells

    def _is_counted_for_good(self, unit_code: str) -> bool:
        """Whether a run made after the close has; a sheet more would show by subtraction."""
        return self._counted is not None and self._counted.is_closed and self._is_counted(unit_code)

    def _is_listed(self, unit_code: str, arrived: int) -> bool:
        if self.campaign.wound_up_at is None:
            return self._is_counted(unit_code)
        audience = Audience(self.campaign.audience)
        return is_open_code(self.campaign) or is_shown(arrived, self.plan.minima[audience].shown)

    def _was_met(self, unit_code: str, sheets: CollectedSheets) -> NDArray[np.bool_]:
        """Tell which sheets were there when a run last counted the unit, by whole ten minutes.

        A list that grows with each sheet, or with a run that does not move the unit, would show
        what the latest looks like.
        """
        counted = self._counted.cells.get(unit_code) if self._counted is not None else None
        if self.campaign.wound_up_at is not None or counted is None:
            return np.ones(len(sheets.packed), dtype=bool)
        met = counted.sheet_count
        if counted.sheets is not None:
            met += sum(counted.sheets.rejected.values()) + counted.sheets.ended
        if met >= len(sheets.packed):
            return np.ones(len(sheets.packed), dtype=bool)
        return np.asarray(sheets.bucket_at < np.sort(sheets.bucket_at)[met])


def _seconds(bucket: float) -> tuple[float, float] | None:
    if np.isnan(bucket):
        return None
    ends = [*SECONDS_BUCKETS[1:], float("inf")]
    return bucket, float(ends[SECONDS_BUCKETS.index(int(bucket))])
