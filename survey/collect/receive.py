"""Receive: find what a code leads to, and hand a filled sheet to the writer."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from scales import Questionnaire
from survey.clock import Clock
from survey.errors import LinkNotFound, WriterFull
from survey.rules.sheets.answers import FilledSheet
from survey.rules.sheets.order import order_seed_of
from survey.rules.sheets.serving import (
    day_of,
    mixed_seconds_bucket,
    seconds_bucket,
    seconds_since_serving,
    ten_minutes_of,
)
from survey.rules.ways_in.channel import kept_channel
from survey.rules.ways_in.link import PUBLIC_KINDS, LinkKind, Way, is_code, is_token
from survey.rules.ways_in.short_code import read_short_code
from survey.settings import Settings
from survey.storage.database import Database
from survey.storage.queries.links import way_by_code, ways_by_code
from survey.storage.queries.questionnaires import questionnaire_of
from survey.storage.writer import Outcome, WaitingSheet, Writer

__all__ = ["Collector", "Entrance", "Office", "Outcome", "Submission"]

_KEPT_FOR = timedelta(seconds=5)
_KEPT_CODES = 4096
_PATIENCE_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Entrance:
    """What a code leads to: whom it asks about, and with which questionnaire."""

    way: Way
    questionnaire: Questionnaire


@dataclass(frozen=True, slots=True)
class Office:
    """What an office's link leads to: the units it is to rate, and with which questionnaire."""

    ways: tuple[Way, ...]
    questionnaire: Questionnaire


@dataclass(frozen=True, slots=True)
class Submission:
    """A filled sheet as it was sent: its id, and the stamp of the page it was filled on."""

    code: str
    sheet_id: UUID
    stamp: str
    sheet: FilledSheet
    arrival_marks: int = 0  # survey.rules.ways_in.arrival


class Collector:
    """Takes answers in; keeps what open codes lead to for a few seconds."""

    def __init__(
        self, database: Database, writer: Writer, settings: Settings, clock: Clock
    ) -> None:
        self._database = database
        self._writer = writer
        self._clock = clock
        self._link_key = settings.key("links")
        self.serving_key = settings.key("serving")
        self._kept: OrderedDict[str, tuple[datetime, asyncio.Task[Entrance]]] = OrderedDict()

    async def find(self, code: str) -> Entrance:
        """Return what a code leads to; a single-use link is looked up each time.

        A screen adds a ticket to its code, which is none of our business here.
        """
        token = code if is_token(code) else read_short_code(code)
        if token is not None:
            return await asyncio.to_thread(self._look_up, token)
        public, _, ticket = code.partition(".")
        if not is_code(public):
            raise LinkNotFound
        entrance = await asyncio.shield(self._kept_or_new(public.lower()))
        if ticket and entrance.way.kind is not LinkKind.ROTATING:
            raise LinkNotFound
        return entrance

    async def receive(self, entrance: Entrance, submission: Submission, now: datetime) -> Outcome:
        """Hand a sheet to the writer and return what became of it, after the durable commit."""
        return await self.hand_over(self._waiting_sheet(entrance, submission, now))

    async def find_office(self, code: str) -> Office:
        """Return the units that the token of an office's link leads to."""
        if not is_token(code):
            raise LinkNotFound
        return await asyncio.to_thread(self._look_up_office, code)

    async def hand_over(self, sheet: WaitingSheet) -> Outcome:
        """Let the writer store a sheet and return what became of it, after the durable commit."""
        stored = asyncio.wrap_future(self._writer.submit(sheet))
        await asyncio.wait([stored], timeout=_PATIENCE_SECONDS)
        if not stored.done():
            stored.add_done_callback(_look_away)
            raise WriterFull  # sending the same sheet again does no harm
        return stored.result()

    def _waiting_sheet(
        self, entrance: Entrance, submission: Submission, now: datetime
    ) -> WaitingSheet:
        way, sheet_id = entrance.way, submission.sheet_id
        is_public = way.kind in PUBLIC_KINDS
        seconds = seconds_since_serving(
            self.serving_key, submission.stamp, sheet_id.hex, submission.code, now
        )
        return WaitingSheet(
            way=way,
            sheet_id=sheet_id,
            packed=submission.sheet.packed,
            texts=dict(submission.sheet.texts),
            seconds_bucket=seconds_bucket(seconds) if is_public else mixed_seconds_bucket(seconds),
            bucket_at=ten_minutes_of(now) if is_public else day_of(now),
            received_at=now,
            channel=kept_channel(way.audience, way.kind),
            order_seed=order_seed_of(sheet_id) if entrance.questionnaire.shuffle else None,
            arrival_marks=submission.arrival_marks,
        )

    def _kept_or_new(self, code: str) -> "asyncio.Task[Entrance]":
        now = self._clock()
        kept = self._kept.get(code)
        if kept is not None and abs(now - kept[0]) < _KEPT_FOR:
            return kept[1]
        task = asyncio.create_task(asyncio.to_thread(self._look_up, code))
        task.add_done_callback(lambda done: self._drop_failed(code, done))
        self._kept[code] = (now, task)
        self._kept.move_to_end(code)
        while len(self._kept) > _KEPT_CODES:
            self._kept.popitem(last=False)
        return task

    def _drop_failed(self, code: str, done: "asyncio.Task[Entrance]") -> None:
        kept = self._kept.get(code)
        if kept is not None and kept[1] is done and (done.cancelled() or done.exception()):
            del self._kept[code]

    def _look_up(self, code: str) -> Entrance:
        with self._database.reading() as session:
            way = way_by_code(session, code, self._link_key)
            return Entrance(way, questionnaire_of(session, way.questionnaire_version_id))

    def _look_up_office(self, code: str) -> Office:
        with self._database.reading() as session:
            ways = ways_by_code(session, code, self._link_key)
            if ways[0].kind is not LinkKind.PARTNER:
                raise LinkNotFound
            return Office(ways, questionnaire_of(session, ways[0].questionnaire_version_id))


def _look_away(stored: "asyncio.Future[Outcome]") -> None:
    """Let a sheet that was given up on end unseen, whatever became of it."""
    if not stored.cancelled():
        stored.exception()
