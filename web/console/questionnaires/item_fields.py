"""An item's form → the values of its table."""

from itertools import count
from typing import Any

from scales import ItemKind
from survey.edit_questionnaire.document import Table, rows_of
from survey.edit_questionnaire.memberships import set_memberships
from survey.errors import FieldRefused
from web.console.questionnaires.editing import Draft, texts_of
from web.forms import Form

SEVERAL = "several"
MOST_OPTION_ROWS = 60
LONGEST_NUMBER = 6


def read_item(
    form: Form, stored: Table, draft: Draft, *, is_lenient: bool = False
) -> dict[str, Any]:
    """Return the item's values as a form has them; `None` takes a key out."""
    kind = stored.get("kind", ItemKind.SCALED.value)
    is_kept = draft.is_kept("items", stored["id"])
    values: dict[str, Any] = {
        "id": stored["id"] if is_kept else form.text("id", stored["id"]),
        "text": texts_of(form, "text", draft.languages),
        "required": bool(form.all("required")),
    }
    if kind == ItemKind.SCALED.value:
        return values | _scaled(form, draft) | {"evidence": bool(form.all("evidence"))}
    if kind == ItemKind.CHOICE.value:
        return values | _choice(form, stored, draft) | {"evidence": bool(form.all("evidence"))}
    return values | _text(form, stored, draft, is_lenient=is_lenient)


def _scaled(form: Form, draft: Draft) -> dict[str, Any]:
    names = [scale["id"] for scale in rows_of(draft.tables, "scales")]
    keyed = "-" if form.text("keyed") == "-" else "+"
    chosen = form.text("scale")
    if chosen == SEVERAL:
        given = {name: form.text(f"sign.{name}") for name in names}
        signs = {name: sign for name, sign in given.items() if sign in ("+", "-")}
    else:
        signs = {chosen: keyed} if chosen in names else {}
    table: Table = {}
    set_memberships(table, signs, keyed)
    formats = draft.tables.get("formats", {})
    own = form.text("format") if form.text("format") in formats else None
    return {"scale": None, "scales": None, "keyed": None} | table | {"format": own}


def _choice(form: Form, stored: Table, draft: Draft) -> dict[str, Any]:
    options: list[Table] = []
    ends: list[str] = []
    kept = [option["id"] for option in stored.get("options", [])]
    free = (name for n in count(1) if (name := str(n)) not in kept)
    for at in range(MOST_OPTION_ROWS):
        own_id = form.text(f"option.{at}.id")
        texts = texts_of(form, f"option.{at}.text", draft.languages)
        if not any(texts.values()):
            continue
        own_id = own_id if own_id in kept else next(free)
        options.append({"id": own_id, "text": texts})
        if form.all(f"option.{at}.ends"):
            ends.append(own_id)
    return {"options": options, "ends": ends}


def _text(form: Form, stored: Table, draft: Draft, *, is_lenient: bool) -> dict[str, Any]:
    known = [item["id"] for item in rows_of(draft.tables, "items") if item.get("format")]
    chosen = set(form.all("first_after_low"))
    written = form.text("max_length")
    if written.isascii() and written.isdecimal() and len(written) <= LONGEST_NUMBER:
        length: int | None = int(written)
    elif not written or is_lenient:
        length = stored.get("max_length") if is_lenient else None
    else:
        raise FieldRefused("field_max_length", value=written)
    return {"max_length": length, "first_after_low": [name for name in known if name in chosen]}
