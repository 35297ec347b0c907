"""Count a campaign's valid sheets into cells, which move in batches until it is wound up."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from sqlmodel import Session

from scales import Questionnaire
from survey.evaluate.by_counts import campaign_by_counts
from survey.evaluate.examine import MovedCell, examine, without_unflagged
from survey.evaluate.move import count_cell, counted_count
from survey.evaluate.sheets_of_units import sheets_of_units
from survey.evaluate.tabulate import tabulate
from survey.rules.audience import Audience, Minima
from survey.rules.scoring.batch import missing_count, most_valid, rules_of_cell
from survey.rules.scoring.run import CountedCampaign, CountedCell
from survey.rules.scoring.scoring_plan import PlanContent, canonical_json, digest_of
from survey.rules.scoring.validity import NOTHING_REJECTED, Validity, judge_sheets
from survey.rules.ways_in.link import is_open_to_all
from survey.storage.queries.campaigns import merged_units
from survey.storage.queries.collected import CollectedSheets
from survey.storage.queries.figures import newest_sheet_rules
from survey.storage.queries.questionnaires import questionnaire_of
from survey.storage.queries.withdrawals import withdrawn_counts
from survey.storage.tables import Campaign


@dataclass(frozen=True, slots=True)
class Count:
    """A campaign as it is counted, and how many more sheets each open-code cell waits for."""

    campaign: CountedCampaign
    missing: Mapping[str, int]


def count_campaign(
    session: Session,
    campaign: Campaign,
    before: CountedCampaign | None,
    plan: PlanContent,
    *,
    compared: Collection[str] = (),
) -> Count:
    """Count the valid sheets of a campaign.

    A cell that no run has counted is counted from the smallest number shown on. One that a run has
    counted keeps its rules of validity, and its sheets until a whole batch more has come; then
    each scale moves that enough of them have a score on. After the winding up cells of open codes
    are counted by the newest rules, however few move; those of links move once more, by a batch
    or not at all, and never again. Named offices count after the winding up only: a few late ones
    would show by subtraction; so do campaigns that keep counts alone. A unit that an office has
    withdrawn from since is counted anew, by its rules, or withheld. The scales that are
    `compared` with another campaign are counted by total score too, once this one is over.
    """
    audience = Audience(campaign.audience)
    if campaign.counts_only:
        return Count(campaign_by_counts(session, campaign, plan.minima[audience]), {})
    counting = _Counting(
        questionnaire=questionnaire_of(session, campaign.questionnaire_version_id),
        before=before,
        plan=plan,
        newest=newest_sheet_rules(session, campaign, plan),
        minima=plan.minima[audience],
        is_final=campaign.wound_up_at is not None,
        is_open=is_open_to_all(audience),
        merged=merged_units(session, campaign),
        withdrawn=withdrawn_counts(session, campaign),
    )
    sheets = sheets_of_units(session, campaign)
    cells, moved, missing = _count_units(counting, sheets)
    cells |= examine(
        moved,
        counting.questionnaire,
        plan.quality,
        has_arrivals=counting.is_open,
        is_late=counting.is_frozen,
    )
    if counting.is_frozen and any(counting.has_lost(unit) for unit in sheets):
        cells = without_unflagged(cells)
    counted_now = counting.counted(audience, cells)
    if counting.is_final and compared:
        collected = {code: of_unit for code, of_unit in sheets.items() if of_unit is not None}
        counted_now = tabulate(
            counted_now, collected, counting.questionnaire, counting.minima, compared
        )
    return Count(counted_now, missing)


@dataclass(frozen=True, slots=True)
class _Counting:
    """What holds for all cells of a campaign while it is counted."""

    questionnaire: Questionnaire
    before: CountedCampaign | None
    plan: PlanContent
    newest: Validity
    minima: Minima
    is_final: bool
    is_open: bool
    merged: Mapping[str, str]
    withdrawn: Mapping[str, int]

    @property
    def is_free(self) -> bool:
        """Whether cells are counted by the newest rules, and move by however few."""
        return self.is_final and self.is_open

    @property
    def is_frozen(self) -> bool:
        """Whether a run has counted the campaign for good."""
        return not self.is_open and self.before is not None and self.before.is_closed

    def count(self, unit_code: str, sheets: CollectedSheets) -> MovedCell | None:
        """Count a cell, or return None where it stays as a run has counted it, or as it was."""
        validity = rules_of_cell(self.before, unit_code, self.newest, may_change=self.is_free)
        verdicts = judge_sheets(
            sheets.packed,
            sheets.seconds_buckets,
            sheets.arrival_marks,
            sheets.is_restored,
            self.questionnaire,
            validity,
        )
        valid = sheets.packed[verdicts.is_valid]
        raters = sheets.raters[verdicts.is_valid] if sheets.raters is not None else None
        counted = self.counted_before(unit_code)
        if not self._has_enough(counted_count(len(valid), raters), counted):
            return None
        cell = count_cell(valid, self.questionnaire, counted, self.minima, self.plan.batch, raters)
        if cell is None:
            return None
        return MovedCell(replace(cell, validity=_key_of(validity)), counted, sheets, verdicts)

    def counted_before(self, unit_code: str) -> CountedCell | None:
        """Return a cell as a run has counted it; None where it is counted from the start."""
        if self.before is None or self.is_free or self.has_lost(unit_code):
            return None
        return self.before.cells.get(unit_code)

    def has_lost(self, unit_code: str) -> bool:
        """Whether an office has withdrawn from the unit since the run before."""
        before = self.before.withdrawn if self.before is not None else {}
        return self.withdrawn.get(unit_code, 0) != before.get(unit_code, 0)

    def lacking(self, counted: CountedCell | None, arrived: int) -> int:
        """Return how many more sheets an open-code cell needs at least, as may be told."""
        return missing_count(
            most_valid(arrived, counted),
            counted.sheet_count if counted is not None else None,
            minimum=self.minima.shown,
            batch=self.plan.batch,
        )

    def counted(self, audience: Audience, cells: Mapping[str, CountedCell]) -> CountedCampaign:
        """Return the campaign with the rules its cells are counted by."""
        known = dict(self.before.validities) if self.before is not None else {}
        known[_key_of(self.newest)] = self.newest.as_dict()
        known[_key_of(NOTHING_REJECTED)] = NOTHING_REJECTED.as_dict()
        used = {cell.validity for cell in cells.values()}
        return CountedCampaign(
            audience=audience,
            questionnaire=self.questionnaire.id,
            version=self.questionnaire.version,
            digest=self.questionnaire.digest,
            is_closed=self.is_final,
            cells=dict(sorted(cells.items())),
            validities={key: kept for key, kept in known.items() if key in used},
            merged=self.merged,
            withdrawn=self.withdrawn,
        )

    def _has_enough(self, valid: int, counted: CountedCell | None) -> bool:
        lacking = missing_count(
            valid,
            counted.sheet_count if counted is not None else None,
            minimum=self.minima.shown,
            batch=self.plan.batch,
        )
        return lacking <= 0


def _key_of(validity: Validity) -> str:
    return digest_of(canonical_json(validity.as_dict()))


def _count_units(
    counting: _Counting, sheets: Mapping[str, CollectedSheets | None]
) -> tuple[dict[str, CountedCell], dict[str, MovedCell], dict[str, int]]:
    """Return the cells that stay, those that move, and how many sheets the others lack."""
    cells: dict[str, CountedCell] = {}
    moved: dict[str, MovedCell] = {}
    missing: dict[str, int] = {}
    for code, found in sheets.items():
        counted = counting.counted_before(code)
        if counting.is_frozen and counted is not None:
            cells[code] = counted
            continue
        moving = counting.count(code, found) if found is not None else None
        if moving is not None:
            moved[code] = moving
        elif counted is not None:
            cells[code] = counted
        if counting.is_open and not counting.is_final and moving is None:
            lacking = counting.lacking(counted, len(found.packed) if found is not None else 0)
            if lacking > 0:
                missing[code] = lacking
    return cells, moved, missing
