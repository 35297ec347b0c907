"""The cookie of a phone that has sent a sheet by an open code: helps, and is never required.

It holds no number of the phone's own, only how many sheets it sent by this one code; the browser
returns it to this code's address alone, so that nothing shows which units a phone has rated.
"""

from datetime import datetime
from functools import lru_cache

from itsdangerous import BadSignature, Signer
from starlette.requests import Request
from starlette.responses import Response

from survey.rules.ways_in.link import LinkKind, Way

_LONGEST_LIFE = 400 * 86_400  # browsers keep nothing longer
_MOST = 99
_KEPT = 1_024


def sent_count(request: Request, way: Way) -> int:
    """Return how many sheets the phone says it has sent by this code; a kiosk has no memory."""
    if way.is_kiosk or "cookie" not in request.headers:
        return 0
    code = open_code(request)
    try:
        signed = request.cookies.get(_name(code), "")
        return int(Signer(request.app.state.arrivals.device_key, salt=code).unsign(signed))
    except (BadSignature, ValueError):
        return 0


def remember_sending(response: Response, request: Request, way: Way, now: datetime) -> None:
    """Let the phone remember, as long as the campaign lasts, that a sheet was sent."""
    if way.is_kiosk:
        return
    code, state = open_code(request), request.app.state
    count = min(sent_count(request, way) + 1, _MOST)
    is_fixed = way.kind is LinkKind.OPEN  # the address of a screen's code changes all the time
    path = f"/a/{request.path_params['code']}" if is_fixed else "/a"
    seconds = min(max(0, int((way.closes_at - now).total_seconds())), _LONGEST_LIFE)
    secure = "; Secure" if state.settings.public_origin.startswith("https:") else ""
    value = _signed(state.arrivals.device_key, code, count)
    response.headers["set-cookie"] = (  # by hand: the library's cookie takes ten times as long
        f"{_name(code)}={value}; HttpOnly; Max-Age={seconds}; Path={path}; SameSite=lax{secure}"
    )


def open_code(request: Request) -> str:
    """Return the code in an address, without what a screen adds to it."""
    code: str = request.path_params["code"]
    return code.partition(".")[0].lower()


def _name(code: str) -> str:
    return f"sent_{code}"


@lru_cache(_KEPT)
def _signed(key: bytes, code: str, count: int) -> str:
    return Signer(key, salt=code).sign(str(count)).decode()
