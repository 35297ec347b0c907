"""How many more sheets each unit of a citizens' campaign needs before the next run moves it."""

from collections.abc import Mapping

from sqlmodel import Session

from scales import Questionnaire
from survey.rules.audience import DEFAULT_MINIMA, Audience, Minima
from survey.rules.scoring.batch import missing_count, most_valid
from survey.rules.scoring.scoring_plan import SMALLEST_BATCH, read_plan
from survey.rules.ways_in.link import is_open_to_all
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import units_of_campaign
from survey.storage.queries.figures import newest_plan, newest_run, read_run
from survey.storage.tables import Campaign


def missing_counts(
    session: Session,
    campaign: Campaign,
    questionnaire: Questionnaire,
    received: Mapping[int, int],
) -> dict[int, int]:
    """Return how many more sheets each open-code cell needs to move, by unit.

    Not for questionnaires that an option may end: not every sheet received counts there. Nor where
    only counts are kept: nothing moves before the close.
    """
    may_end = any(item.ends for item in questionnaire.items)
    if (
        not is_open_to_all(Audience(campaign.audience))
        or campaign.wound_up_at is not None
        or may_end
        or campaign.counts_only
    ):
        return {}
    minima, batch = _rules(session, campaign)
    run = newest_run(session, campaign.evaluation_id)
    counted = read_run(run).inputs.campaigns.get(campaign.code) if run is not None else None
    missing = {}
    for row, unit in units_of_campaign(session, key_of(campaign)):
        cell = counted.cells.get(unit.code) if counted is not None else None
        lacking = missing_count(
            most_valid(received.get(row.unit_id, 0), cell),
            cell.sheet_count if cell is not None else None,
            minimum=minima.shown,
            batch=batch,
        )
        missing[row.unit_id] = max(0, lacking)
    return missing


def _rules(session: Session, campaign: Campaign) -> tuple[Minima, int]:
    audience = Audience(campaign.audience)
    plan = newest_plan(session, campaign.evaluation_id)
    if plan is None:
        return DEFAULT_MINIMA[audience], SMALLEST_BATCH
    rules = read_plan(plan.content)
    return rules.minima[audience], rules.batch
