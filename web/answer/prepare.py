"""Pages made ahead: one per campaign × unit × language × text size, in a bounded cache."""

import gzip
import re
import secrets
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from scales import Questionnaire
from survey.collect.receive import Entrance
from survey.language import DEFAULT_LOCALE, LOCALES
from survey.rules.sheets.serving import STAMP_LENGTH
from survey.rules.ways_in.link import Way
from web.answer.form_page import NO_PROBLEMS, Filling, render_form, render_preview
from web.answer.frame import Frame
from web.answer.look import SIZES, Look
from web.answer.messages import RETURN, Notice, write_instant, write_message
from web.answer.splice import SplicedPage
from web.answer.subject import Subject

_KEPT_PAGES = 1_000

_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class Body:
    """A finished page, as it is and compressed."""

    plain: bytes
    gzipped: bytes


class Pages:
    """Makes the respondents' pages and keeps those asked for lately."""

    def __init__(self, kept_pages: int = _KEPT_PAGES) -> None:
        self.frame = Frame()
        self.content_security_policy = self.frame.policy
        self.preview_policy = self.frame.preview_policy
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._kept_pages = kept_pages

    def form(
        self, entrance: Entrance, look: Look, seed: int | None = None, *, has_sent: bool = False
    ) -> SplicedPage:
        """Return the questionnaire's first page, ready to take a sheet's id and stamp.

        The seed gives the order of its items, where the questionnaire is shuffled; a phone that
        has sent a sheet before is told so.
        """
        subject = Subject.of(entrance.way)
        questionnaire = entrance.questionnaire
        return self._keep(
            ("form", subject, questionnaire.digest, look, seed, has_sent),
            lambda: self._splice(subject, questionnaire, look, seed, has_sent),
        )

    def filled_form(self, entrance: Entrance, look: Look, filling: Filling) -> bytes:
        """Return a page of the questionnaire with a form's answers in it and what is wrong."""
        subject = Subject.of(entrance.way)
        return render_form(self.frame, subject, entrance.questionnaire, look, filling)

    def preview(
        self,
        questionnaire: Questionnaire,
        unit_name: str,
        locale: str = DEFAULT_LOCALE,
        size: str = "",
    ) -> bytes:
        """Return all of a questionnaire as a phone shows it, in a form that cannot be sent.

        It is to leave with `preview_policy`, which lets a page of ours frame it.
        """
        languages = questionnaire.languages
        shown = locale if locale in languages and locale in LOCALES else languages[0]
        look = Look(shown, size if size in SIZES else "")
        return render_preview(self.frame, Subject.of_preview(unit_name), questionnaire, look)

    def message(
        self, notice: Notice, look: Look, address: str = "", way: Way | None = None
    ) -> Body:
        """Return a page that only says something."""
        subject = Subject.of(way) if way else None
        is_led_on = notice.offers_again or (notice.ends_visit and subject and subject.is_kiosk)
        key = ("message", notice, look, subject, address if is_led_on else "")
        return self._keep(key, lambda: self._render_message(notice, look, address, subject))

    def busy(self, notice: Notice, look: Look, fields: Sequence[tuple[str, str]]) -> bytes:
        """Return the page that holds on to a form's fields until they can be sent again."""
        message = write_message(notice, look, "")
        values = {"message": message, "fields": fields}
        return self.frame.render(
            "answer/busy.html", look, message.heading, values, has_script=False
        )

    def challenge(self, notice: Notice, look: Look, values: Mapping[str, object]) -> bytes:
        """Return the page on which a phone proves that no machine sends its form."""
        message = write_message(notice, look, "")
        shown = {"message": message, **values}
        return self.frame.render(
            "answer/challenge.html", look, message.heading, shown, has_script=False
        )

    def enter(self, look: Look, title: str, values: Mapping[str, object]) -> bytes:
        """Return the page where a code is typed."""
        return self.frame.render(
            "answer/enter.html", look, title, values, links=look.links(LOCALES), has_script=False
        )

    def _keep(self, key: Hashable, make: Callable[[], _Made]) -> _Made:
        if key in self._kept:
            self._kept.move_to_end(key)
        else:
            self._kept[key] = make()
        while len(self._kept) > self._kept_pages:
            self._kept.popitem(last=False)
        made: _Made = self._kept[key]
        return made

    def _splice(
        self,
        subject: Subject,
        questionnaire: Questionnaire,
        look: Look,
        seed: int | None,
        has_sent: bool,
    ) -> SplicedPage:
        mark = secrets.token_hex(16)
        stamp = mark[:STAMP_LENGTH][::-1]
        filling = Filling(mark, stamp, {}, NO_PROBLEMS, seed, has_sent=has_sent)
        html = render_form(self.frame, subject, questionnaire, look, filling)
        head, between, tail = re.split(f"{mark}|{filling.stamp}".encode(), html)
        return SplicedPage(head, between, tail)

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
        is_kiosk = bool(notice.ends_visit and subject and subject.is_kiosk)
        plain = self.frame.render(
            "answer/message.html",
            look,
            message.heading,
            {
                "message": message,
                "ends_visit": notice.ends_visit,
                "is_secret": bool(subject and subject.is_single_use),
                "next_visit": f"{address}{look.query}" if is_kiosk else "",
            },
            subject=subject,
            links=[] if notice.offers_again else look.links(LOCALES),
            has_script=notice.ends_visit or notice is RETURN,
        )
        return Body(plain, compressed(plain))


def compressed(page: bytes) -> bytes:
    """Return a page as gzip, the same bytes each time."""
    return gzip.compress(page, compresslevel=6, mtime=0)
