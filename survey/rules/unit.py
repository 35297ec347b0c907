"""A unit as a list of units names it."""

from dataclasses import dataclass

LONGEST_CODE, LONGEST_NAME, LONGEST_CATEGORY, LONGEST_LEVEL = 32, 80, 40, 40


@dataclass(frozen=True, slots=True)
class UnitDefinition:
    """A unit to be evaluated; it is ranked within its category."""

    code: str
    name: str
    category: str
    level: str = ""
