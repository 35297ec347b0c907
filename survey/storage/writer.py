"""Writer: gathers the sheets that wait and commits them together, durably.

A future is answered only after the commit. Nothing lingers: one sheet alone is written at once.
"""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from typing import TypeAlias

from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlmodel import Session

from survey.errors import DatabaseUnavailable, WriterFull
from survey.storage.database import Database
from survey.storage.sheets import Outcome, WaitingSheet, store_sheets

__all__ = ["Outcome", "WaitingSheet", "Writer"]

_QUEUE_LENGTH = 2048

_Waiting: TypeAlias = tuple[WaitingSheet, "Future[Outcome]"]
Settled: TypeAlias = Sequence[tuple["Future[Outcome]", Outcome | Exception]]
_Results: TypeAlias = list[Outcome | Exception]


def settle(settled: Settled) -> None:
    """Tell everybody of a group what became of the sheet."""
    for future, result in settled:
        if isinstance(result, Exception):
            future.set_exception(result)
        else:
            future.set_result(result)


class Writer:
    """The one thread that writes answer sheets.

    `settle` answers a whole group; it may hand this to another thread, to wake it once.
    """

    def __init__(
        self,
        database: Database,
        queue_length: int = _QUEUE_LENGTH,
        settle: Callable[[Settled], object] = settle,
    ) -> None:
        self._database = database
        self._settle = settle
        self._queue_length = queue_length
        self._queue: SimpleQueue[_Waiting | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="sheet-writer", daemon=True)
        self._is_taking = False

    def start(self) -> None:
        """Start the thread."""
        self._is_taking = True
        self._thread.start()

    def stop(self) -> None:
        """Write what waits, then end; sheets that come later are refused."""
        self._is_taking = False
        self._queue.put(None)
        self._thread.join()
        for _, future in self._drain():
            future.set_exception(DatabaseUnavailable())

    def submit(self, sheet: WaitingSheet) -> "Future[Outcome]":
        """Let a sheet wait and return its future, or raise `WriterFull`."""
        if not self._is_taking or self._queue.qsize() >= self._queue_length:
            raise WriterFull
        future: Future[Outcome] = Future()
        self._queue.put((sheet, future))
        return future

    def _run(self) -> None:
        while (first := self._queue.get()) is not None:
            waiting = [first, *self._drain()]
            taken = [pair for pair in waiting if pair[1].set_running_or_notify_cancel()]
            if taken:
                self._write(taken)

    def _drain(self) -> list[_Waiting]:
        """Take everything that waits now; the end mark goes back for the next round."""
        waiting: list[_Waiting] = []
        try:
            for _ in range(self._queue_length):
                pair = self._queue.get_nowait()
                if pair is None:
                    self._queue.put(None)
                    break
                waiting.append(pair)
        except Empty:
            pass
        return waiting

    def _write(self, taken: list[_Waiting]) -> None:
        sheets = [sheet for sheet, _ in taken]
        try:
            results = self._commit(sheets)
        except Exception as error:  # nothing was committed, so nobody is told otherwise
            results = [error] * len(taken)
        self._settle([(pair[1], result) for pair, result in zip(taken, results, strict=True)])

    def _commit(self, sheets: list[WaitingSheet]) -> _Results:
        try:
            with self._database.writing_sheets() as session:
                return [*store_sheets(session, sheets)]
        except SQLAlchemyError:  # one sheet of the group does not fit; find out which
            with self._database.writing_sheets() as session:
                return [_stored_alone(session, sheet) for sheet in sheets]


def _stored_alone(session: Session, sheet: WaitingSheet) -> Outcome | Exception:
    """Store one sheet of a group that failed, so that its error stays its own."""
    try:
        with session.begin_nested():
            return store_sheets(session, [sheet])[0]
    except OperationalError:
        raise
    except SQLAlchemyError as error:
        return error
