"""What can be wrong with a definition or with answers.

ScaleError
├── DefinitionError      a questionnaire file that cannot be used; carries every problem at once
├── InvalidAnswer        an answer off its format, or a matrix that does not fit its scale
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


class Undefined(ScaleError):
    """The figure does not exist for these answers; `code` names the reason."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
