"""What is wrong with a file that was handed in, or asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.errors.family import InputError, SetupError

if TYPE_CHECKING:  # the commands say what is wrong without loading the arithmetic
    from scales import Problem


class FileNotFound(InputError):
    """There is no file of this name."""

    code = "file_not_found"


class FileNotReadable(InputError):
    """The file is there and the system does not let us read it."""

    code = "file_not_readable"


class OutputRefused(InputError):
    """A file cannot be written there; `code` says why. Found before anything is computed."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(**values)
        self.code = code


class OutputNotWritten(SetupError):
    """The machine failed while the results were written; no file was changed."""

    code = "output_not_written"


class QuestionnaireUnusable(InputError):
    """A questionnaire file with problems; carries each of them."""

    code = "questionnaire_unusable"

    def __init__(self, file: str, problems: "Sequence[Problem]") -> None:
        super().__init__(file=file, count=len(problems))
        self.problems = tuple(problems)


class QuestionnaireWithoutScales(InputError):
    """A questionnaire of choices and open items only: there is nothing to score."""

    code = "questionnaire_without_scales"


class UnknownQuestionnaire(InputError):
    """Neither a file nor a questionnaire that comes with the program has this name."""

    code = "unknown_questionnaire"


class TableUnreadable(InputError):
    """A CSV or XLSX file that cannot be read as a table; `code` says why."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(**values)
        self.code = code


class ColumnMissing(InputError):
    """A column that was asked for, or that the questionnaire needs, is not in the header."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(**values)
        self.code = code


@dataclass(frozen=True, slots=True)
class RefusedCell:
    """A cell, or a row, of an answers file that is wrong; `code` is its sentence in [answers]."""

    code: str
    row: int
    values: Mapping[str, object]


class AnswersRefused(InputError):
    """Rows of an answers file are wrong; carries the first of them and how many there are."""

    code = "answers_refused"

    def __init__(self, file: str, cells: Sequence[RefusedCell], count: int) -> None:
        super().__init__(file=file, count=count)
        self.cells = tuple(cells)
        self.count = count
