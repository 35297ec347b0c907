"""What can be wrong with a definition or with answers.

ScaleError
├── DefinitionError      a questionnaire file that cannot be used; carries every problem at once
├── InvalidAnswer        an answer off its format, or a matrix that does not fit its scale
├── InvalidLimit         a limit of a quality flag that is no number of its kind
├── MarginsContradict    population figures that no weights can meet; names margin and level
└── Undefined            a figure that does not exist for these answers (its code says why)
"""

from dataclasses import dataclass


class ScaleError(Exception):
    """Base of everything `scales` raises on purpose."""

    code = "scale_error"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong, or doubtful, in a questionnaire file.

    `code` is its key in the catalogue of messages; `values` fill the sentence; `table` and `key`
    say where (``items.C02``, ``keyed``); `line` is the line of the table's header, or None where
    there is none.
    """

    code: str
    table: str
    key: str
    line: int | None
    values: dict[str, str]
    is_warning: bool = False


class DefinitionError(ScaleError):
    """A questionnaire file with at least one problem that is not just a warning."""

    code = "definition_error"

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(f"{p.table}.{p.key}: {p.code}" for p in problems))
        self.problems = problems


class InvalidAnswer(ScaleError):
    """An answer lies off its format, or the columns do not match the items."""

    code = "invalid_answer"


class InvalidLimit(ScaleError):
    """A limit has no such name, or its value is not a number of its kind."""

    code = "invalid_limit"

    def __init__(self, name: str, value: object) -> None:
        super().__init__(f"{name}: {value!r}")
        self.name = name
        self.value = value


class MarginsContradict(ScaleError):
    """The margins of a population cannot be met by weights for these people.

    `reason` is ``target_not_positive``, ``totals_differ``, ``no_target`` (a person stands on a
    level that has none), ``nobody`` (a level without a person) or ``never_met`` (each level has
    people, but not in combinations that meet all margins). `level` is None where the whole margin
    is meant.
    """

    code = "margins_contradict"

    def __init__(self, margin: str, level: str | None, reason: str) -> None:
        super().__init__(": ".join((margin, *(() if level is None else (repr(level),)), reason)))
        self.margin = margin
        self.level = level
        self.reason = reason


class Undefined(ScaleError):
    """The figure does not exist for these answers; `code` names the reason."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
