"""Count a campaign's sheets into cells, which move in batches until the campaign is wound up."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session

from scales import Moments, Questionnaire, Scale, scale_moments, summarise_moments
from survey.rules.audience import Audience, Minima
from survey.rules.batch import has_grown_by_a_group, missing_count
from survey.rules.link import ADMITTED_BY, LinkKind
from survey.rules.run import CountedCampaign, CountedCell
from survey.rules.scoring_plan import PlanContent
from survey.rules.suppression import is_shown
from survey.storage.keys import key_of
from survey.storage.queries.answers import office_matrix, packed_matrix
from survey.storage.queries.campaigns import units_of_campaign
from survey.storage.queries.questionnaires import questionnaire_of
from survey.storage.tables import Campaign

Packed = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Count:
    """A campaign as it is counted, and how many more sheets each open-code cell waits for."""

    campaign: CountedCampaign
    missing: Mapping[str, int]


def count_campaign(
    session: Session, campaign: Campaign, before: CountedCampaign | None, plan: PlanContent
) -> Count:
    """Count the sheets of a campaign.

    A cell that no run has counted is counted from the smallest number shown on; one that a run has
    counted keeps its sheets until a whole batch more has come, and then each scale moves that
    enough of them have a score on; after the winding up all count.
    Named offices count after the winding up only: a few late ones would show by subtraction.
    """
    questionnaire = questionnaire_of(session, campaign.questionnaire_version_id)
    audience = Audience(campaign.audience)
    minima = plan.minima[audience]
    is_final = campaign.wound_up_at is not None
    waits = not is_final and _is_signed(audience)
    sheets = {} if waits else counted_sheets(session, campaign, questionnaire)
    cells: dict[str, CountedCell] = {}
    missing: dict[str, int] = {}
    for _, unit in units_of_campaign(session, key_of(campaign)):
        packed = sheets.get(key_of(unit), _NOBODY)
        counted = before.cells.get(unit.code) if before is not None and not is_final else None
        lacking = missing_count(
            len(packed),
            counted.sheet_count if counted is not None else None,
            minimum=minima.shown,
            batch=plan.batch,
        )
        if lacking <= 0:
            cells[unit.code] = _count_cell(packed, questionnaire, counted, minima, plan.batch)
        elif counted is not None:
            cells[unit.code] = counted
        if lacking > 0 and not is_final and is_open_to_all(audience):
            missing[unit.code] = lacking
    counted_campaign = CountedCampaign(
        audience=audience,
        questionnaire=questionnaire.id,
        version=questionnaire.version,
        digest=questionnaire.digest,
        is_closed=is_final,
        cells=cells,
    )
    return Count(counted_campaign, missing)


def is_open_to_all(audience: Audience) -> bool:
    """Whether the audience comes by open codes, whose counts may be told exactly."""
    return ADMITTED_BY[audience] is LinkKind.OPEN


def _is_signed(audience: Audience) -> bool:
    return ADMITTED_BY[audience] is LinkKind.PARTNER


def counted_sheets(
    session: Session, campaign: Campaign, questionnaire: Questionnaire
) -> dict[int, Packed]:
    """Return the packed sheets that count, by unit.

    Held batches wait for the winding up; a sheet that an option ended politely never counts; of
    an office the latest revision counts.
    """
    if _is_signed(Audience(campaign.audience)):
        unit_ids, _, packed = office_matrix(session, key_of(campaign))
    else:
        unit_ids, packed = packed_matrix(
            session, key_of(campaign), include_held=campaign.wound_up_at is not None
        )
    if len(packed) == 0:
        return {}
    is_counted = ~_has_ended(packed, questionnaire)
    unit_ids, packed = unit_ids[is_counted], packed[is_counted]
    order = np.argsort(unit_ids, kind="stable")
    unit_ids, packed = unit_ids[order], packed[order]
    found, starts = np.unique(unit_ids, return_index=True)
    groups = np.split(packed, starts[1:])
    return {int(unit_id): group for unit_id, group in zip(found, groups, strict=True)}


def _has_ended(packed: Packed, questionnaire: Questionnaire) -> NDArray[np.bool_]:
    has_ended = np.zeros(len(packed), dtype=bool)
    for item in questionnaire.packed_items:
        endings = [n for n, option in enumerate(item.options, 1) if option.id in item.ends]
        if endings:
            has_ended |= np.isin(packed[:, questionnaire.columns[item.id]], endings)
    return has_ended


def _count_cell(
    packed: Packed,
    questionnaire: Questionnaire,
    counted: CountedCell | None,
    minima: Minima,
    batch: int,
) -> CountedCell:
    """Count each scale that may move; where none may, the cell stays as a run has counted it."""
    kept = counted.moments if counted is not None else {}
    moving = {}
    for scale in questionnaire.scales:
        now = scale_moments(packed[:, questionnaire.scale_columns(scale)], scale)
        before = Moments.from_json(kept[scale.id]) if scale.id in kept else None
        if _may_move(scale, before, now, minima, batch):
            moving[scale.id] = now.to_json()
    if counted is not None and not moving:
        return counted
    return CountedCell(sheet_count=len(packed), moments={**kept, **moving})


def _may_move(
    scale: Scale, before: Moments | None, now: Moments, minima: Minima, batch: int
) -> bool:
    """Tell whether a scale may be counted anew: by people with a score, not by sheets.

    Ten more sheets of which nine say “don't know” would show the tenth person's score.
    """
    people = summarise_moments(now, scale).n
    if before is None:
        return is_shown(people, minima.shown)
    answered = (now.n - before.n).diagonal()
    smallest = min(minima.shown, batch)
    return has_grown_by_a_group(people - summarise_moments(before, scale).n, batch) and all(
        has_grown_by_a_group(int(more), smallest) for more in answered
    )


_NOBODY: Packed = np.zeros((0, 0), dtype=np.uint8)
