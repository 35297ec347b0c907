"""What the check of a draft remarks, and the steps in which it is mended."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Step(StrEnum):
    """A step of preparing a campaign, in their order."""

    QUESTIONNAIRE = "questionnaire"
    UNITS = "units"
    WAYS = "ways"
    WINDOW = "window"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to mend: one that `stops` has to be; `code` names its sentence.

    One that `is_grave` does not stop, but is most likely a mistake.
    """

    code: str
    step: Step
    stops: bool = False
    is_grave: bool = False
    values: Mapping[str, object] = field(default_factory=dict)
