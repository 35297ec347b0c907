"""Is the process alive, and can it take answers."""

import shutil

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from survey.storage.database import Database
from survey.storage.migrations.upgrade import require_head

LEAST_FREE_BYTES = 500 * 1024 * 1024
LEAST_FREE_SHARE = 0.05

router = APIRouter(include_in_schema=False)


@router.get("/healthz")
async def is_alive() -> Response:
    """Say that the process answers."""
    return JSONResponse({"status": "ok"}, headers={"cache-control": "no-store"})


@router.get("/readyz")
def is_ready(request: Request) -> Response:
    """Say whether database, tables and disk are in order; 503 when answers cannot be kept."""
    database: Database = request.app.state.database
    with database.reading() as session:  # raises DatabaseUnavailable, which is 503
        require_head(session.connection())
    folder = database.settings.data_dir.absolute()
    disk = shutil.disk_usage(next(p for p in (folder, *folder.parents) if p.exists()))
    is_short = disk.free < LEAST_FREE_BYTES or disk.free < disk.total * LEAST_FREE_SHARE
    return JSONResponse({"status": "degraded" if is_short else "ok", "free_bytes": disk.free})
