"""A questionnaire as a command names it: a file, or the id of one that comes with the program."""

from pathlib import Path

from scales import shipped_questionnaires
from survey.errors import UnknownQuestionnaire


def find_questionnaire(name: str) -> Path:
    """Return the path of a questionnaire file, or of a shipped one by its id."""
    path, shipped = Path(name), shipped_questionnaires()
    if path.suffix or path.is_file():
        return path
    if name not in shipped:
        raise UnknownQuestionnaire(name=name, shipped=", ".join(shipped))
    return shipped[name]
