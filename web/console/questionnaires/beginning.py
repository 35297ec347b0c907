"""The file a new draft begins with: empty, a template, the next version, or a file handed in."""

from itertools import count

from sqlmodel import Session

from scales import shipped_questionnaires
from survey.edit_questionnaire.document import read_document
from survey.edit_questionnaire.start import as_version, blank_document
from survey.edit_questionnaire.write import write_document
from survey.errors import FieldRefused
from survey.language import LOCALES
from survey.storage.queries.questionnaires import (
    newest_version,
    questionnaire_drafts,
    questionnaire_versions,
)
from web.errors import NoSuchPage
from web.forms import Form

BLANK, SHIPPED, PUBLISHED, FILE = "blank", "shipped", "published", "file"


def beginning_of(session: Session, form: Form) -> bytes:
    """Return the file a new draft begins with."""
    kind, _, name = form.text("from").partition(":")
    if kind == BLANK:
        title = dict.fromkeys(LOCALES, "")
        return write_document(blank_document(_free_id(session, "questionnaire"), title))
    if kind == SHIPPED and name in shipped_questionnaires():
        content = shipped_questionnaires()[name].read_bytes()
        return write_document(as_version(read_document(content), 1, _free_id(session, name)))
    if kind == PUBLISHED:
        row = newest_version(session, name)
        if row is None:
            raise NoSuchPage
        return write_document(as_version(read_document(row.content), row.version + 1))
    if kind != FILE or "file" not in form.files:
        raise FieldRefused("field_questionnaire_file")
    return form.files["file"]


def _free_id(session: Session, like: str) -> str:
    """Return an id that neither a template, a published file nor a draft has."""
    taken = {row.questionnaire_id for row in questionnaire_versions(session)}
    taken |= {row.questionnaire_id for row in questionnaire_drafts(session)}
    taken |= set(shipped_questionnaires())
    return next(name for n in count(2) if (name := f"{like}-{n}") not in taken)
