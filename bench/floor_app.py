"""The floor: a bare FastAPI application with one Starlette route and group commit, no product."""

import asyncio
import os
import queue
import sqlite3
import threading
import uuid
from concurrent.futures import Future
from pathlib import Path
from urllib.parse import parse_qsl

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

PAGE = b"x" * 5_000 + b'<input name="sheet" value="%s"></form></html>'
Row = tuple[bytes, bytes]


def _open(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(
        "CREATE TABLE IF NOT EXISTS sheet (id BLOB PRIMARY KEY, packed BLOB) WITHOUT ROWID"
    )
    return connection


def _write(waiting: "queue.SimpleQueue[tuple[Row, Future[None]]]", path: str) -> None:
    connection = _open(path)
    while True:
        group = [waiting.get()]
        while not waiting.empty():
            group.append(waiting.get())
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(
            "INSERT OR IGNORE INTO sheet VALUES (?, ?)", [row for row, _ in group]
        )
        connection.execute("COMMIT")
        for _, stored in group:
            stored.set_result(None)


def create_floor() -> FastAPI:
    """Return the application; `FLOOR_FOLDER` names where its database goes."""
    waiting: queue.SimpleQueue[tuple[Row, Future[None]]] = queue.SimpleQueue()
    path = str(Path(os.environ["FLOOR_FOLDER"]) / "floor.sqlite")
    threading.Thread(target=_write, args=(waiting, path), daemon=True).start()

    async def show(request: Request) -> Response:
        return Response(PAGE % uuid.uuid4().hex.encode(), media_type="text/html")

    async def submit(request: Request) -> Response:
        fields = dict(parse_qsl((await request.body()).decode()))
        packed = bytes(int(value) for name, value in fields.items() if "sheet" not in name)
        stored: Future[None] = Future()
        waiting.put(((bytes.fromhex(fields.get("sheet", "")), packed), stored))
        await asyncio.wrap_future(stored)
        return RedirectResponse("/thanks", status_code=303)

    app = FastAPI(openapi_url=None)
    app.router.routes.append(Route("/a/FLOOR", show, methods=["GET"]))
    app.router.routes.append(Route("/a/FLOOR", submit, methods=["POST"]))
    return app
