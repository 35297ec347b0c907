"""An office's link, or a unit's own, as a request opens it, and the frame of its pages."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any, TypeVar
from urllib.parse import quote

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from survey.collect.office import Desk, UnitRating, ratings_at
from survey.collect.receive import Collector
from survey.errors import LinkNotFound
from survey.rules.ways_in.link import Standing, Way, is_office, is_own, standing_of
from web.answer import messages
from web.answer.frame import Frame
from web.answer.look import Look, read_look
from web.answer.posted import Posted
from web.answer.reply import form_address, reply_message, reply_page
from web.answer.send import hold
from web.answer.subject import Subject

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Opened:
    """A request at an office's link, or a unit's own, while answers are taken."""

    request: Request
    desk: Desk
    look: Look
    now: datetime

    @property
    def subject(self) -> Subject:
        """What the pages say about the campaign; an office's are about all units together."""
        return Subject.of(_about_all(self.desk.ways[0], self.look))

    def way_of(self, unit_code: str) -> Way:
        """Return the way to a unit that this office is to rate."""
        way = next((way for way in self.desk.ways if way.unit_code == unit_code), None)
        if way is None:
            raise LinkNotFound
        return way

    def address(self, *parts: str, query: str | None = None) -> str:
        """Return the address of a page behind this link, in the same look."""
        path = "/".join((form_address(self.request), *(quote(part, safe="") for part in parts)))
        return path + (self.look.query if query is None else query)

    def query(self, **values: str) -> str:
        """Return the query of an address with something added to the look."""
        added = "&".join(f"{name}={quote(value)}" for name, value in values.items())
        return f"{self.look.query}&{added}" if self.look.query else f"?{added}"

    async def read(self, do: Callable[[Session], Made]) -> Made:
        """Do something that reads the database."""

        def work() -> Made:
            with self.request.app.state.database.reading() as session:
                return do(session)

        return await asyncio.to_thread(work)

    async def write(self, do: Callable[[Session], Made]) -> Made:
        """Do something that writes the database, durably."""

        def work() -> Made:
            with self.request.app.state.database.writing() as session:
                return do(session)

        return await asyncio.to_thread(work)

    async def ratings(self) -> tuple[UnitRating, ...]:
        """Return what this quota place has kept and sent."""
        return await self.read(lambda session: ratings_at(session, self.desk, self.now))

    def page(
        self,
        template: str,
        title: str,
        values: Mapping[str, Any],
        *,
        status: int = 200,
        links: Sequence[object] | None = None,
    ) -> Response:
        """Answer with a page in the office's frame."""
        frame = office_frame()
        if links is None:
            links = self.look.links(self.desk.questionnaire.languages)
        folder = "own" if is_own(self.desk.ways[0]) else "office"
        html = frame.render(
            f"answer/{folder}/{template}.html",
            self.look,
            title,
            {"subject": self.subject, "rater": self.desk.ways[0].rater_name or ""} | dict(values),
            subject=self.subject,
            links=links,
            has_script=False,
        )
        headers = {"content-security-policy": frame.policy}
        return reply_page(self.request, html, status, headers)


async def open_office(request: Request, posted: Posted | None = None) -> Opened | Response:
    """Find what an office's link leads to, or say why it leads nowhere now."""
    return await _open(request, posted, is_office)


async def open_own(request: Request, posted: Posted | None = None) -> Opened | Response:
    """Find what a unit's own link leads to, or say why it leads nowhere now."""
    return await _open(request, posted, is_own)


async def _open(
    request: Request, posted: Posted | None, leads_here: Callable[[Way], bool]
) -> Opened | Response:
    state, code = request.app.state, request.path_params["code"]
    collector: Collector = state.collector
    office = await collector.find_office(code)
    way = office.ways[0]
    if not leads_here(way):
        raise LinkNotFound
    look = read_look(request.scope["query_string"], office.questionnaire.languages)
    now: datetime = state.clock()
    standing = standing_of(way, now)
    if standing is Standing.PAUSED and posted is not None:
        return hold(request, look, posted, messages.HELD)
    if standing is not Standing.OPEN:
        return say_closed(request, way, look, standing)
    key = state.settings.key("drafts")
    return Opened(request, Desk(key, code, office.ways, office.questionnaire), look, now)


def say_closed(request: Request, way: Way, look: Look, standing: Standing) -> Response:
    """Say why no ratings are taken; used or not, every link of the campaign says the same."""
    return reply_message(request, messages.BY_STANDING[standing], look, _about_all(way, look))


@cache
def office_frame() -> Frame:
    """Return the frame of the offices' pages, with the style of their lists."""
    return Frame("answer.css", "office.css")


def _about_all(way: Way, look: Look) -> Way:
    if is_own(way):
        return way
    return replace(way, unit_name=look.phrase("answer.office.the_units"), statement=None)
