"""Questionnaires to choose from: those that come with the program, published ones, a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from scales import Questionnaire, read_questionnaire, shipped_questionnaires
from survey.distribute.publish import publish_questionnaire
from survey.errors import FieldRefused
from survey.storage.queries.questionnaires import questionnaire_of, questionnaire_versions
from web.forms import Form

UPLOADED = "uploaded"


@dataclass(frozen=True, slots=True)
class Offered:
    """A questionnaire to choose: one that comes with the program, or a published one."""

    id: str
    version: int
    title: Mapping[str, str]
    item_count: int
    scale_count: int

    @property
    def value(self) -> str:
        """How the form names it."""
        return f"{self.id}@{self.version}"


def chosen_version(session: Session, form: Form, now: datetime) -> Any:
    """Return the version chosen; one that comes with the program or as a file is published."""
    chosen = form.text("questionnaire")
    for version in questionnaire_versions(session):
        if f"{version.questionnaire_id}@{version.version}" == chosen:
            return version
    for path in shipped_questionnaires().values():
        content = path.read_bytes()
        if offered(read_questionnaire(content)).value == chosen:
            return publish_questionnaire(session, content, now)
    if chosen != UPLOADED or "file" not in form.files:
        raise FieldRefused("field_questionnaire")
    return publish_questionnaire(session, form.files["file"], now)


def all_offered(session: Session) -> list[Offered]:
    """Return the newest version of each questionnaire: published ones, then shipped ones."""
    newest: dict[str, Offered] = {}
    for path in shipped_questionnaires().values():
        said = offered(read_questionnaire(path.read_bytes()))
        newest[said.id] = said
    for version in questionnaire_versions(session):
        said = offered(questionnaire_of(session, version.id or 0))
        if said.id not in newest or said.version > newest[said.id].version:
            newest[said.id] = said
    return list(newest.values())


def offered(said: Questionnaire) -> Offered:
    """Return a questionnaire as it is offered."""
    return Offered(said.id, said.version, said.title, len(said.items), len(said.scales))
