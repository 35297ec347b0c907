"""A form as it came: the sheet's id and stamp, the page and the button, apart from the answers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote_plus

from survey.errors import DuplicateField, UnreadableForm
from web.answer.proof import NO_CREDENTIALS, Credentials, take_credentials

SHEET_FIELD, SERVED_FIELD = "@sheet", "@served"  # no item id holds an @
PAGE_FIELD, STEP_FIELD = "@page", "@go"
NEXT, BACK, SEND = "next", "back", "send"

_MOST_FIELDS = 2_000
_SHEET_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Posted:
    """A form as it came, what is ours apart from the answers.

    `page` is 0 where the whole questionnaire stood on one page.
    """

    sheet_id: str
    stamp: str
    answers: Sequence[tuple[str, str]]
    credentials: Credentials = NO_CREDENTIALS
    page: int = 0
    step: str = SEND
    own: Mapping[str, str] = field(default_factory=dict)

    @property
    def fields(self) -> list[tuple[str, str]]:
        """Every field that sends this form again."""
        return [*self.own.items(), *self.answers]


def read_posted(body: bytes) -> Posted:
    """Return the fields of a form's body; each may stand once."""
    try:
        pairs = _read_pairs(body.decode("ascii"))
    except ValueError as error:
        raise UnreadableForm from error
    fields = dict(pairs)
    if len(fields) != len(pairs):
        names = [name for name, _ in pairs]
        raise DuplicateField(field=next(name for name in names if names.count(name) > 1)[:40])
    sheet_id, stamp = fields.pop(SHEET_FIELD, ""), fields.pop(SERVED_FIELD, "")
    if not _SHEET_ID.fullmatch(sheet_id):
        sheet_id = ""
    own = {SHEET_FIELD: sheet_id, SERVED_FIELD: stamp}
    credentials = take_credentials(fields)
    if PAGE_FIELD not in fields and STEP_FIELD not in fields:
        return Posted(sheet_id, stamp, list(fields.items()), credentials, own=own)
    page, step = fields.pop(PAGE_FIELD, ""), fields.pop(STEP_FIELD, SEND)
    own |= {PAGE_FIELD: page, STEP_FIELD: step}
    return Posted(
        sheet_id, stamp, list(fields.items()), credentials, _read_page(page), _read_step(step), own
    )


def _read_page(page: str) -> int:
    if len(page) > 3 or not (page.isascii() and page.isdigit()):
        raise UnreadableForm
    return int(page)


def _read_step(step: str) -> str:
    if step not in (NEXT, BACK, SEND):
        raise UnreadableForm
    return step


def _read_pairs(body: str) -> list[tuple[str, str]]:
    """Return the fields of a form, as `parse_qsl` does in four times the time."""
    parts = body.split("&", _MOST_FIELDS) if body else []
    if len(parts) > _MOST_FIELDS:
        raise ValueError("too many fields")
    pairs = []
    for part in filter(None, parts):
        name, _, value = part.partition("=")
        pairs.append((_unquote(name), _unquote(value)))
    return pairs


def _unquote(text: str) -> str:
    return unquote_plus(text, errors="strict") if "%" in text or "+" in text else text
