"""Stylesheets, scripts and pictures: compressed once, at addresses that change with the content."""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

FOLDER = Path(__file__).parent / "static"
SERVED = frozenset({".css", ".js", ".svg", ".png", ".ico", ".json"})
FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class StaticFile:
    """One file as it leaves: its content, and the same compressed where that is smaller."""

    content: bytes
    compressed: bytes | None
    media_type: str
    digest: str


class StaticFiles:
    """All files of a folder, read once."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._files = {
            path.relative_to(folder).as_posix(): _read(path)
            for path in sorted(folder.rglob("*"))
            if path.suffix in SERVED
        }

    def url(self, name: str) -> str:
        """Return the address of a file; it is a new one whenever the content changes."""
        return f"/static/{self._files[name].digest}/{name}"

    def route(self) -> Route:
        """Return the route that serves the files."""
        return Route("/static/{digest}/{name:path}", self.serve, methods=["GET"])

    async def serve(self, request: Request) -> Response:
        """Send a file, compressed for those who take it."""
        file = self._files.get(request.path_params["name"])
        if file is None or file.digest != request.path_params["digest"]:
            raise HTTPException(404)
        headers = {"cache-control": FOREVER, "vary": "accept-encoding"}
        if file.compressed and "gzip" in request.headers.get("accept-encoding", ""):
            headers["content-encoding"] = "gzip"
            return Response(file.compressed, headers=headers, media_type=file.media_type)
        return Response(file.content, headers=headers, media_type=file.media_type)


@cache
def static_files() -> StaticFiles:
    """Return the files of `web/static`, read once a process."""
    return StaticFiles()


def _read(path: Path) -> StaticFile:
    content = path.read_bytes()
    compressed = gzip.compress(content, 6, mtime=0)
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    digest = hashlib.sha256(content).hexdigest()[:12]
    is_smaller = len(compressed) < len(content)
    return StaticFile(content, compressed if is_smaller else None, media_type, digest)
