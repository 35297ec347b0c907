"""What an address asks for besides its look: a draft, a page of it, an order of items."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl

from survey.rules.sheets.order import SEEDS
from survey.rules.ways_in.link import TOKEN_LENGTH

NEW_DRAFT = "new"  # a browser without script asks for a draft of its own
_DRAFT = re.compile(rf"[A-Za-z0-9_-]{{{TOKEN_LENGTH}}}|{NEW_DRAFT}")
_LONGEST_QUERY = 500


@dataclass(frozen=True, slots=True)
class Asked:
    """The parameters of an address; what we do not have is left out."""

    draft: str = ""
    page: int = 1
    order: int | None = None
    has_ended: bool = False


def read_asked(query: bytes) -> Asked:
    """Return what an address asks for."""
    if not query or len(query) > _LONGEST_QUERY:
        return Asked()
    found = dict(parse_qsl(query.decode("latin-1"), max_num_fields=20))
    draft, page, order = (found.get(name, "") for name in ("draft", "page", "order"))
    seed = _number(order)
    return Asked(
        draft=draft if _DRAFT.fullmatch(draft) else "",
        page=max(_number(page), 1),
        order=seed if order and seed < SEEDS else None,
        has_ended=found.get("ended") == "1",
    )


def _number(text: str) -> int:
    return int(text) if len(text) < 5 and text.isascii() and text.isdigit() else 0
