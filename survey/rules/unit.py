"""A unit as a list of units names it."""

from dataclasses import dataclass

LONGEST_CODE, LONGEST_NAME, LONGEST_CATEGORY, LONGEST_LEVEL = 32, 80, 40, 40
MOST_PEOPLE = 100_000  # of a unit, whom a campaign may ask
LONGEST_STATEMENT = 1_000  # what a unit says of itself


@dataclass(frozen=True, slots=True)
class UnitDefinition:
    """A unit to be evaluated; it is ranked within its category."""

    code: str
    name: str
    category: str
    level: str = ""
