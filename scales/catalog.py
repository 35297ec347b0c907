"""Load and check questionnaire files; the only way from a file's bytes to a definition."""

import re
from pathlib import Path

from scales.checking.changes import note_changes
from scales.checking.questionnaire import read
from scales.definition import Questionnaire
from scales.errors import DefinitionError, Problem

_SHIPPED = Path(__file__).parent / "questionnaires"
_FILE_NAME = re.compile(r"(?P<id>.+)\.v(?P<version>[0-9]+)\.toml")


def read_questionnaire(content: bytes) -> Questionnaire:
    """Return the questionnaire a file's bytes describe.

    Parameters
    ----------
    content : bytes
        The file as it stands, TOML in UTF-8; kept with the definition and digested.

    Raises
    ------
    DefinitionError
        With every problem that is not just a warning.
    """
    reading = read(content)
    problems = [problem for problem in reading.problems if not problem.is_warning]
    if problems:
        raise DefinitionError(_in_order(problems))
    return reading.questionnaire


def load_questionnaire(path: Path) -> Questionnaire:
    """Return the questionnaire in a file; raises like `read_questionnaire`, or `OSError`."""
    return read_questionnaire(path.read_bytes())


def check_questionnaire(content: bytes, against: bytes | None = None) -> tuple[Problem, ...]:
    """Return everything that is wrong or doubtful in a file, in the order of its lines.

    Parameters
    ----------
    content : bytes
        The file as it stands.
    against : bytes, optional
        An older version; items are compared with it by id.

    Raises
    ------
    DefinitionError
        If the older version cannot be read; with its problems.
    """
    older = read_questionnaire(against) if against is not None else None
    try:
        reading = read(content)
    except DefinitionError as error:
        return error.problems
    if older is not None:
        note_changes(reading, older)
    return _in_order(reading.problems)


def shipped_questionnaires() -> dict[str, Path]:
    """Return the newest version of each questionnaire that comes with the package, by id."""
    newest: dict[str, tuple[int, Path]] = {}
    for path in sorted(_SHIPPED.glob("*.toml")):
        name = _FILE_NAME.fullmatch(path.name)
        if name is not None:
            version = int(name["version"])
            newest[name["id"]] = max(newest.get(name["id"], (0, path)), (version, path))
    return {questionnaire_id: path for questionnaire_id, (_, path) in newest.items()}


def _in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: problem.line or 0))
