"""How long a questionnaire takes, as it is promised before any answer."""

from scales import Questionnaire

_SECONDS_AN_ITEM = 11


def minutes_to_answer(questionnaire: Questionnaire) -> int:
    """Return about how many minutes a sheet takes."""
    return max(1, round(len(questionnaire.items) * _SECONDS_AN_ITEM / 60))
