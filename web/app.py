"""create_app: the one place where everything is put together."""

import asyncio
import contextlib
import gc
import logging
import os
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager

import anyio
from anyio import to_thread
from fastapi import FastAPI
from starlette.middleware import Middleware

from survey.clock import Clock, utc_now
from survey.collect.arrivals import Arrivals
from survey.collect.receive import Collector
from survey.distribute.posters import POSTERS, make_posters
from survey.errors import DatabaseUnavailable
from survey.job_worker import JobWorker
from survey.jobs import Handler
from survey.passwords import nobodys_hash
from survey.postman import Postman
from survey.settings import Settings
from survey.storage.database import open_database
from survey.storage.writer import Writer, settle
from survey.upkeep import keep_up
from web import health, preview, sign_in
from web.answer import Pages, answer_routes
from web.api import feed_routers
from web.console import console_routers
from web.error_pages import register_error_pages
from web.headers import HostCheck, SafeHeaders
from web.same_site import SameSite
from web.static_files import static_files

UPKEEP_EVERY_SECONDS = 5.0
ANSWER_BYTES = 256 * 1024
IMPORT_BYTES = 5 * 1024 * 1024

JOBS: Mapping[str, Handler] = {POSTERS: make_posters}

_log = logging.getLogger(__name__)


def create_app(settings: Settings | None = None, clock: Clock | None = None) -> FastAPI:
    """Build the application; uvicorn calls this without arguments."""
    settings = settings or Settings.from_environ(os.environ)
    app = FastAPI(
        title="Minyi",
        lifespan=_run,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        max_body_size=ANSWER_BYTES,
        telemetry={"tracing": False, "metrics": False, "logs": False},  # paths hold tokens
        middleware=[
            Middleware(SafeHeaders, public_origin=settings.public_origin),
            Middleware(HostCheck, public_origin=settings.public_origin),
            Middleware(SameSite, public_origin=settings.public_origin),
        ],
    )
    app.state.settings = settings
    app.state.clock = clock or utc_now
    app.state.static_files = static_files()
    app.state.pages = Pages()
    app.state.hashing = anyio.CapacityLimiter(sign_in.HASHED_AT_ONCE)
    app.state.writing_turn = anyio.Lock()
    register_error_pages(app)
    app.router.routes += [*answer_routes(), app.state.static_files.route()]
    for router in (health.router, sign_in.router, preview.router, *feed_routers()):
        app.include_router(router)
    for router in console_routers():
        app.include_router(router, max_body_size=IMPORT_BYTES)
    return app


@asynccontextmanager
async def _run(app: FastAPI) -> AsyncIterator[None]:
    """Open the database, keep writer and tidying going, and close in the opposite order."""
    state = app.state
    state.database = await to_thread.run_sync(open_database, state.settings)
    wake = asyncio.get_running_loop().call_soon_threadsafe
    writer = Writer(state.database, settle=lambda settled: wake(settle, settled))
    try:
        await to_thread.run_sync(nobodys_hash)
        writer.start()
        state.collector = Collector(state.database, writer, state.settings, state.clock)
        state.arrivals = Arrivals(state.settings, state.clock)
        jobs = JobWorker(state.database, state.settings, state.clock, JOBS)
        jobs.start()
        state.postman = Postman(state.database, state.settings, state.clock)
        stopping = asyncio.Event()
        steady = [
            asyncio.create_task(_steadily(stopping, _upkeep_of(app))),
            asyncio.create_task(
                _steadily(stopping, lambda: state.postman.deliver(stopping.is_set))
            ),
        ]
        gc.freeze()  # what stands now stays: no collection walks it again between answers
        yield
        stopping.set()  # not cancelled: its thread would go on with a closed database
        await asyncio.gather(*steady)
        await to_thread.run_sync(jobs.stop)
    finally:
        await to_thread.run_sync(writer.stop)
        state.database.close()


def _upkeep_of(app: FastAPI) -> Callable[[], object]:
    state = app.state
    return lambda: keep_up(state.database, state.settings, state.clock())


async def _steadily(stopping: asyncio.Event, work: Callable[[], object]) -> None:
    """Do some work in a thread of its own, again and again, until told to stop."""
    while not stopping.is_set():
        try:
            await to_thread.run_sync(work)
        except DatabaseUnavailable:
            _log.warning("the database does not answer; upkeep is tried again")
        except Exception:
            _log.exception("upkeep failed; it is tried again")
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), UPKEEP_EVERY_SECONDS)
