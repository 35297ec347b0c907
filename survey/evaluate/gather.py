"""Gather what a run is made from besides the sheets: units, leaves, points entered by hand."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from survey.rules.scoring.run import CountedCampaign, EnteredPoints, RunInputs, RunLeaf, RunUnit
from survey.rules.scoring.scoring_plan import read_sources
from survey.rules.scoring.standing import AskedOf
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import units_of_campaign
from survey.storage.queries.figures import manual_values_of
from survey.storage.queries.indicators import indicators_of, mappings_of, tree_version
from survey.storage.tables import Campaign, CampaignUnit, Evaluation, Indicator, ScoringPlan, Unit


def gather_inputs(
    session: Session,
    evaluation: Evaluation,
    plan: ScoringPlan,
    units: Sequence[Unit],
    campaigns: Mapping[str, CountedCampaign],
    asked: Mapping[str, Mapping[str, AskedOf]],
) -> RunInputs:
    """Return everything that goes into a run, under public codes."""
    tree_version_id = evaluation.tree_version_id
    tree = tree_version(session, tree_version_id) if tree_version_id is not None else None
    leaves = leaves_of(session, evaluation)
    return RunInputs(
        plan_digest=plan.digest,
        tree=tree.tree_id if tree is not None else None,
        tree_version=tree.version if tree is not None else None,
        units={unit.code: RunUnit(unit.name, unit.category) for unit in units},
        leaves=_leaves(session, tree_version_id, leaves),
        campaigns=campaigns,
        entered=_entered(session, evaluation, leaves, units),
        asked=asked,
    )


def asked_of(
    session: Session, campaigns: Sequence[Campaign], counted: Mapping[str, CountedCampaign]
) -> dict[str, dict[str, AskedOf]]:
    """Return how many could be asked, of the cells in the run only.

    Links issued are known for good once the campaign has been wound up; open codes are not issued
    to anybody, and void links were taken back.
    """
    return {
        campaign.code: _asked_of_cells(
            {
                unit.code: AskedOf(row.head_count, _issued(row))
                for row, unit in units_of_campaign(session, key_of(campaign))
            },
            counted[campaign.code],
        )
        for campaign in campaigns
    }


def _asked_of_cells(asked: Mapping[str, AskedOf], counted: CountedCampaign) -> dict[str, AskedOf]:
    """Return who was asked of each cell, with those of the units that joined it."""
    together: dict[str, AskedOf] = {}
    for unit in counted.cells:
        joined = [asked[unit], *(asked[u] for u, into in counted.merged.items() if into == unit)]
        heads = [each.head_count for each in joined if each.head_count is not None]
        issued = [each.issued_count for each in joined if each.issued_count is not None]
        together[unit] = AskedOf(
            sum(heads) if len(heads) == len(joined) else None, sum(issued) or None
        )
    return together


def _issued(row: CampaignUnit) -> int | None:
    return (row.issued_count or 0) - (row.void_count or 0) or None


def leaves_of(session: Session, evaluation: Evaluation) -> list[Indicator]:
    """Return the leaves of an evaluation's tree, in order."""
    if evaluation.tree_version_id is None:
        return []
    nodes = indicators_of(session, evaluation.tree_version_id)
    return [node for node in nodes if node.source is not None]


def _leaves(
    session: Session, tree_version_id: int | None, leaves: Sequence[Indicator]
) -> dict[str, RunLeaf]:
    if tree_version_id is None:
        return {}
    mappings = mappings_of(session, tree_version_id)
    gathered = {}
    for leaf in leaves:
        mapping = mappings.get(key_of(leaf))
        gathered[leaf.code] = (
            RunLeaf(leaf.points_bp, mapping.rule, read_sources(mapping.sources))
            if mapping is not None
            else RunLeaf(leaf.points_bp, "manual", ())
        )
    return gathered


def _entered(
    session: Session, evaluation: Evaluation, leaves: Sequence[Indicator], units: Sequence[Unit]
) -> dict[str, dict[str, EnteredPoints]]:
    leaf_codes = {leaf.id: leaf.code for leaf in leaves}
    unit_codes = {unit.id: unit.code for unit in units}
    entered: dict[str, dict[str, EnteredPoints]] = {}
    for value in manual_values_of(session, key_of(evaluation)):
        leaf, unit = leaf_codes.get(value.indicator_id), unit_codes.get(value.unit_id)
        if leaf is not None and unit is not None:  # of a tree or unit that still takes part
            points = EnteredPoints(value.points, value.note, value.entered_by)
            entered.setdefault(leaf, {})[unit] = points
    return entered
