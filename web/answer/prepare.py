"""Pages made ahead: one per campaign × unit × language × text size, in a bounded cache."""

import base64
import gzip
import hashlib
import re
import secrets
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from markupsafe import Markup

from scales import Questionnaire
from survey.collect.receive import Entrance
from survey.language import LOCALES
from survey.rules.link import Way
from survey.rules.serving import STAMP_LENGTH
from web.answer.look import Look
from web.answer.messages import Notice, write_instant, write_message
from web.answer.splice import SplicedPage
from web.answer.subject import Subject, write_notice
from web.answer.views import Wording, view_blocks
from web.templating import environment

_STATIC = Path(__file__).parents[1] / "static"
_KEPT_PAGES = 1_000

_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class ProblemLink:
    """An item that stands in the way of sending."""

    id: str
    words: str


@dataclass(frozen=True, slots=True)
class Problems:
    """Why a sheet was not taken yet; `by_item` is what each item says of itself."""

    heading: str
    advice: str
    by_item: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Filling:
    """A form on its way: the sheet's id and stamp, what was filled in, what is wrong."""

    sheet_id: str
    stamp: str
    values: Mapping[str, str]
    problems: Problems


@dataclass(frozen=True, slots=True)
class Body:
    """A finished page, as it is and compressed."""

    plain: bytes
    gzipped: bytes


class Pages:
    """Makes the respondents' pages and keeps those asked for lately."""

    def __init__(self, kept_pages: int = _KEPT_PAGES) -> None:
        style = (_STATIC / "answer.css").read_text("utf-8")
        self._style = Markup(re.sub(r"/\*.*?\*/|(?<=[{};:,])\s+|\s+(?=[{}])", "", style).strip())
        self._logo = Markup((_STATIC / "logo.svg").read_text("utf-8").strip())
        digest = base64.b64encode(hashlib.sha256(self._style.encode()).digest()).decode()
        self.content_security_policy = (
            f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; "
            "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        )
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._kept_pages = kept_pages

    def form(self, entrance: Entrance, look: Look) -> SplicedPage:
        """Return the questionnaire's page, ready to take a sheet's id and stamp."""
        subject = Subject.of(entrance.way)
        questionnaire = entrance.questionnaire
        return self._keep(
            ("form", subject, questionnaire.digest, look),
            lambda: self._splice(subject, questionnaire, look),
        )

    def filled_form(self, entrance: Entrance, look: Look, filling: Filling) -> bytes:
        """Return the questionnaire's page with a form's answers in it and what is wrong."""
        subject = Subject.of(entrance.way)
        return self._render_form(subject, entrance.questionnaire, look, filling)

    def message(
        self, notice: Notice, look: Look, address: str = "", way: Way | None = None
    ) -> Body:
        """Return a page that only says something."""
        subject = Subject.of(way) if way else None
        key = ("message", notice, look, subject, address if notice.offers_again else "")
        return self._keep(key, lambda: self._render_message(notice, look, address, subject))

    def busy(self, notice: Notice, look: Look, fields: Sequence[tuple[str, str]]) -> bytes:
        """Return the page that holds on to a form's fields until they can be sent again."""
        message = write_message(notice, look, "")
        frame = self._frame(look, message.heading, None, [])
        return _render("answer/busy.html", frame | {"message": message, "fields": fields})

    def _keep(self, key: Hashable, make: Callable[[], _Made]) -> _Made:
        if key in self._kept:
            self._kept.move_to_end(key)
        else:
            self._kept[key] = make()
        while len(self._kept) > self._kept_pages:
            self._kept.popitem(last=False)
        made: _Made = self._kept[key]
        return made

    def _splice(self, subject: Subject, questionnaire: Questionnaire, look: Look) -> SplicedPage:
        mark = secrets.token_hex(16)
        filling = Filling(mark, mark[:STAMP_LENGTH][::-1], {}, _NO_PROBLEMS)
        html = self._render_form(subject, questionnaire, look, filling)
        head, between, tail = re.split(f"{mark}|{filling.stamp}".encode(), html)
        return SplicedPage(head, between, tail)

    def _render_form(
        self, subject: Subject, questionnaire: Questionnaire, look: Look, filling: Filling
    ) -> bytes:
        problems = filling.problems
        wording = Wording(look, subject.unit_name, problems.by_item)
        blocks = view_blocks(questionnaire, wording)
        opening, _, more = wording.of(questionnaire.opening or {}).strip().partition("\n")
        links = [] if problems.heading else look.links(questionnaire.languages)
        title = f"{wording.of(questionnaire.title)} · {subject.unit_name}"
        values = {
            "subject": subject,
            "questionnaire_title": wording.of(questionnaire.title),
            "opening": opening,
            "more": more.strip(),
            "notice": write_notice(subject, questionnaire, look),
            "blocks": blocks,
            "problems": problems,
            "problem_links": [
                ProblemLink(item.id, f"{item.number}. {item.words}")
                for block in blocks
                for item in block.items
                if item.problem
            ],
            "values": defaultdict(str, filling.values),
            "sheet_id": filling.sheet_id,
            "stamp": filling.stamp,
        }
        if problems.heading:
            title = f"{problems.heading} · {title}"
        return _render("answer/page.html", self._frame(look, title, subject, links) | values)

    def _render_message(
        self, notice: Notice, look: Look, address: str, subject: Subject | None
    ) -> Body:
        values: dict[str, object] = {}
        if subject is not None:
            values = {
                "unit": subject.unit_name,
                "opens": write_instant(subject.opens_at, look),
                "closes": write_instant(subject.closes_at, look),
            }
        message = write_message(notice, look, address, **values)
        links = [] if notice.offers_again else look.links(LOCALES)
        frame = self._frame(look, message.heading, subject, links)
        plain = _render("answer/message.html", frame | {"message": message})
        return Body(plain, compressed(plain))

    def _frame(
        self, look: Look, title: str, subject: Subject | None, links: Sequence[object]
    ) -> dict[str, Any]:
        return {
            "look": look,
            "title": title,
            "css": self._style,
            "logo": self._logo,
            "is_demo": bool(subject and subject.is_demo),
            "links": links,
            "t": look.phrase,
        }


_NO_PROBLEMS = Problems("", "", {})


def compressed(page: bytes) -> bytes:
    """Return a page as gzip, the same bytes each time."""
    return gzip.compress(page, compresslevel=6, mtime=0)


def _render(name: str, values: Mapping[str, Any]) -> bytes:
    return environment().get_template(name).render(values).encode()
