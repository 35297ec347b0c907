"""How long sheets took, in the classes of a histogram."""

from collections.abc import Mapping

from scales import Questionnaire
from survey.results.quality_figures import SecondsBar
from survey.rules.scoring.scoring_plan import PlanContent
from survey.rules.scoring.validity import least_seconds
from survey.rules.sheets.serving import SECONDS_BUCKETS

_CLASSES = (0, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600, 1800)


def seconds_bars(
    seconds: Mapping[str, int], plan: PlanContent, questionnaire: Questionnaire
) -> tuple[SecondsBar, ...]:
    """Return the classes of the histogram, and which lie surely under the limit."""
    if not any(seconds.get(str(low)) for low in SECONDS_BUCKETS):
        return ()
    least = least_seconds(questionnaire, plan.quality)
    bars = []
    for low, high in zip(_CLASSES, (*_CLASSES[1:], None), strict=True):
        inside = [b for b in SECONDS_BUCKETS if b >= low and (high is None or b < high)]
        count = sum(seconds.get(str(bucket), 0) for bucket in inside)
        bars.append(SecondsBar(low, high, count, high is not None and high <= least))
    return tuple(bars)
