"""Refuse what another site's page sends in an officer's name (pure ASGI, by headers)."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from web.headers import LOOPBACK

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
FORM_TYPES = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
CITIZENS = "/a"  # carries no ambient authority: a browser without these headers may answer
FEED = "/api/"  # opened by a token that no browser adds on its own


class SameSite:
    """Let a changing request through only from a page of this site."""

    def __init__(self, app: ASGIApp, public_origin: str) -> None:
        self.app = app
        self.public_origin = public_origin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it with 403."""
        if scope["type"] == "http" and scope["method"] not in SAFE_METHODS:
            headers = Headers(scope=scope)
            if scope["path"].startswith(FEED) and "authorization" in headers:
                await self.app(scope, receive, send)
                return
            has_right_type = headers.get("content-type", "").split(";")[0] in FORM_TYPES
            if not has_right_type or not self._is_from_here(headers, scope["path"]):
                await PlainTextResponse("Forbidden", status_code=403)(scope, receive, send)
                return
        await self.app(scope, receive, send)

    def _is_from_here(self, headers: Headers, path: str) -> bool:
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if site is None and origin is None:
            return path == CITIZENS or path.startswith(f"{CITIZENS}/")
        if site is not None and site not in ("same-origin", "none"):
            return False
        return origin is None or self._is_our_origin(origin, headers.get("host", ""))

    def _is_our_origin(self, origin: str, host: str) -> bool:
        """Whether the origin is the public one, or the loopback address the request came by."""
        parts = urlsplit(origin)
        is_loopback = (parts.hostname or "") in LOOPBACK | {"::1"}
        return origin == self.public_origin or (is_loopback and parts.netloc == host)
