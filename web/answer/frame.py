"""What stands in every page of a respondent: style, logo, script, and the policy that fits them."""

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from web.answer.look import Look
from web.answer.subject import Subject
from web.templating import environment

_STATIC = Path(__file__).parents[1] / "static"


class Frame:
    """The parts that all pages share, written into each page so that it is one response."""

    def __init__(self, *styles: str) -> None:
        """Read the style sheets by their names; the respondents' own unless others are given."""
        names = styles or ("answer.css",)
        style = "".join((_STATIC / name).read_text("utf-8") for name in names)
        self._style = Markup(re.sub(r"/\*.*?\*/|(?<=[{};:,])\s+|\s+(?=[{}])", "", style).strip())
        self._script = Markup(_shortened((_STATIC / "answer.js").read_text("utf-8")))
        self._logo = Markup((_STATIC / "logo.svg").read_text("utf-8").strip())
        self.policy = (
            f"default-src 'none'; style-src {_hash_of(self._style)}; "
            f"script-src {_hash_of(self._script)}; connect-src 'self'; img-src data:; "
            "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        )
        self.preview_policy = (
            f"default-src 'none'; style-src {_hash_of(self._style)}; img-src data:; "
            "form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
        )

    def render(
        self,
        template: str,
        look: Look,
        title: str,
        values: Mapping[str, Any],
        *,
        subject: Subject | None = None,
        links: Sequence[object] = (),
        has_script: bool = True,
    ) -> bytes:
        """Render a page."""
        frame = {
            "look": look,
            "title": title,
            "css": self._style,
            "page_script": self._script if has_script else "",
            "logo": self._logo,
            "is_demo": bool(subject and subject.is_demo),
            "links": links,
            "t": look.phrase,
        }
        return environment().get_template(template).render(frame | dict(values)).encode()


def _shortened(script: str) -> str:
    """Leave out the comments and indents of a script."""
    lines = (line.strip() for line in script.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith(("//", "/*", "*")))


def _hash_of(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
