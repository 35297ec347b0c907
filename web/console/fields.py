"""Fields of the console's forms: what stands in them, or which one is wrong."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from scales import QualityLimits, ScaleError
from survey.errors import FieldRefused, SurveyError
from survey.exchange.cells import number
from web.forms import Form
from web.templating import LOCAL, limit

MOST_PLACES = 50
LONGEST_PLACE = 40
LONGEST_COUNT = 9


def read_local_time(value: str, field: str = "closes_at") -> datetime:
    """Return the instant a date-and-time field names, in Shanghai."""
    try:
        return datetime.fromisoformat(value).replace(tzinfo=LOCAL).astimezone(UTC)
    except (ValueError, OverflowError):
        raise FieldRefused("field_time", field=field, value=value) from None


def read_places(value: str) -> list[str | None]:
    """Return the places named one a line; none named is one code without a place."""
    places = [line.strip() for line in value.splitlines() if line.strip()]
    if len(places) > MOST_PLACES or any(len(place) > LONGEST_PLACE for place in places):
        raise FieldRefused("field_places", most=MOST_PLACES, longest=LONGEST_PLACE)
    return list(dict.fromkeys(places)) or [None]


def read_count(value: str, field: str, most: int) -> int:
    """Return a whole number up to `most` from a field; empty is 0."""
    if not value:
        return 0
    if not (value.isascii() and value.isdecimal()):
        raise FieldRefused("field_count", field=field, value=value)
    if len(value) > LONGEST_COUNT or int(value) > most:
        raise FieldRefused("field_count_large", field=field, value=value, most=most)
    return int(value)


def read_words(value: str, field: str, longest: int) -> str:
    """Return a text that is short enough; `field` is what the page calls it."""
    if len(value) > longest:
        raise FieldRefused("field_words", field=field, length=len(value), longest=longest)
    return value


def read_points(value: str, full_points: float, *, unit: str, indicator: str) -> float:
    """Return points from 0 to the full ones from a field, such as 12.5; full-width is read too."""
    points = number(value)
    if not 0 <= points <= full_points:
        raise FieldRefused(
            "field_points",
            unit=unit,
            indicator=indicator,
            value=value,
            full_points=f"{full_points:g}",
        )
    return points


def read_limits(
    form: Form, standing: QualityLimits, name_of: Callable[[str], str]
) -> tuple[QualityLimits, list[SurveyError]]:
    """Return the limits as they stand in a form, and every field that is wrong.

    A field that shows the standing limit, shortened, leaves it exactly as it is.
    """
    read: Mapping[str, Any] = standing.as_dict()
    problems: list[SurveyError] = []
    for name, value in standing.as_dict().items():
        written = form.text(name)
        if written == limit(value):
            continue
        try:
            given = number(written)
            is_count = isinstance(value, int) and given.is_integer()
            changed = {**read, name: int(given) if is_count else given}
            QualityLimits.from_dict(changed)
        except (ScaleError, FieldRefused, ValueError):
            problems.append(FieldRefused("field_limit", field=name_of(name), value=written))
        else:
            read = changed
    return standing if problems else QualityLimits.from_dict(read), problems
