"""How far a score of citizens can be trusted: by which ways in its sheets came."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from survey.results.figures import ScaleScore
from survey.results.newest import NewestRun
from survey.rules.scoring.run import CountedCell, SheetCounts
from survey.rules.ways_in.trust import counts_by_grade, is_open_only

OPEN_ALONE = "open_alone"


def trust_shares(counted: CountedCell | None) -> dict[str, float]:
    """Return the share of a cell's sheets by trust grade; empty where nothing was kept of it."""
    channels = counted.sheets.channels if counted is not None and counted.sheets else {}
    total = sum(channels.values())
    if not total:
        return {}
    return {grade.value: count / total for grade, count in counts_by_grade(channels).items()}


def trust_counts(counts: Sequence[SheetCounts]) -> dict[str, int]:
    """Return how many counted sheets have each trust grade; empty where none was kept."""
    channels: Counter[str] = Counter()
    for each in counts:
        channels.update(each.channels)
    grades = counts_by_grade(channels) if channels else {}
    return {grade.value: count for grade, count in grades.items()}


def with_trust(
    score: ScaleScore, run: NewestRun, campaign: str | None, unit_code: str
) -> ScaleScore:
    """Return a score that is not graded where it rests on open codes alone and the plan minds."""
    if campaign is None or run.plan.grades_open_alone or not score.is_enough_for_grade:
        return score
    counted = run.content.inputs.campaigns[campaign].cells.get(unit_code)
    channels = counted.sheets.channels if counted is not None and counted.sheets else {}
    if not is_open_only(channels):
        return score
    return replace(score, is_enough_for_grade=False, not_graded=OPEN_ALONE)
