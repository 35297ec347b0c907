"""Officers' sessions: sign in, sign out, change the password."""

import hashlib
import hmac
from urllib.parse import urlsplit

import anyio
from anyio import to_thread
from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from survey import people
from survey.audit import record
from survey.errors import NotSignedIn, WeakPassword
from survey.passwords import hash_password, is_password
from survey.settings import Settings
from web.client_address import address_prefix, client_host
from web.dependencies import (
    FormDep,
    NowDep,
    SettingsDep,
    SignedInDep,
    Templates,
    TemplatesDep,
    session_cookie,
    signed_in_officer,
    writing,
)

HOME = "/console/"
HASHED_AT_ONCE = 2  # each takes 64 MB

router = APIRouter(prefix="/console", include_in_schema=False)


def path_on_this_site(wanted: str) -> str:
    """Return a path to go on to after signing in; anything that could lead elsewhere is home."""
    parts = urlsplit(wanted)
    is_plain = wanted.isascii() and wanted.isprintable() and "\\" not in wanted
    is_ours = wanted.startswith("/console/") and not parts.netloc and ".." not in parts.path
    return wanted if is_plain and is_ours and "%0" not in wanted.lower() else HOME


@router.get("/sign-in")
async def ask_to_sign_in(
    request: Request, templates: TemplatesDep, now: NowDep, settings: SettingsDep
) -> Response:
    """Show the form; who is signed in already goes on."""
    wanted = path_on_this_site(request.query_params.get("next", HOME))
    try:
        await signed_in_officer(request, now, settings)
    except NotSignedIn:
        has_changed = "changed" in request.query_params
        return templates.page(
            "console/sign_in.html", next=wanted, problem=None, name="", changed=has_changed
        )
    return RedirectResponse(wanted, 303)


@router.post("/sign-in")
async def sign_in(
    request: Request, form: FormDep, templates: TemplatesDep, now: NowDep, settings: SettingsDep
) -> Response:
    """Compare the password and begin a new session, or say the same for every reason."""
    name, password = form.text("name")[:100], (form.all("password") or ("",))[-1]
    wanted = path_on_this_site(form.text("next", HOME))
    tries = _tries(settings, name, client_host(request))
    async with writing(request) as session:
        may_try = await run_in_threadpool(people.begin_attempt, session, tries, now)
    if not may_try:
        return _refuse(templates, 429, "locked", wanted, name)
    if not await _is_right(request, name, password):
        return _refuse(templates, 401, "refused", wanted, name)
    key, old = settings.key("sessions"), request.cookies.get(session_cookie(settings))
    async with writing(request) as session:
        if old:
            await run_in_threadpool(people.end_session, session, key, old)
        token = await run_in_threadpool(
            lambda: people.sign_in(session, name=name, key=key, tries=tries, now=now)
        )
    response = RedirectResponse(wanted, 303)
    _set_cookie(response, settings, token)
    return response


@router.post("/sign-out")
async def sign_out(
    request: Request, officer: SignedInDep, now: NowDep, settings: SettingsDep
) -> Response:
    """End the session here and in the browser."""
    token = request.cookies[session_cookie(settings)]
    async with writing(request) as session:
        await run_in_threadpool(people.end_session, session, settings.key("sessions"), token)
        await run_in_threadpool(
            lambda: record(
                session,
                actor=officer.name,
                action="officer.signed_out",
                subject=officer.name,
                now=now,
            )
        )
    response = RedirectResponse("/console/sign-in", 303)
    _set_cookie(response, settings, "")
    return response


@router.get("/account")
async def show_account(officer: SignedInDep, templates: TemplatesDep) -> Response:
    """Show who is signed in, and the form for a new password."""
    return templates.page("console/account.html", problem=None)


@router.post("/account/password")
async def change_password(
    request: Request,
    officer: SignedInDep,
    form: FormDep,
    templates: TemplatesDep,
    now: NowDep,
    settings: SettingsDep,
) -> Response:
    """Set a new password; every session under the name ends, this one too."""
    old, new = (form.all("password") or ("",))[-1], (form.all("new_password") or ("",))[-1]
    if not await _is_right(request, officer.name, old):
        return templates.page("console/account.html", 422, problem="wrong_password")
    if new != (form.all("new_password_again") or ("",))[-1]:
        return templates.page("console/account.html", 422, problem="not_the_same")
    try:
        new_hash = await to_thread.run_sync(hash_password, new, limiter=_hashing(request))
    except WeakPassword:
        return templates.page("console/account.html", 422, problem="weak_password")
    async with writing(request) as session:
        await run_in_threadpool(
            lambda: people.set_password(
                session, name=officer.name, password_hash=new_hash, now=now, actor=officer.name
            )
        )
    response = RedirectResponse("/console/sign-in?changed=1", 303)
    _set_cookie(response, settings, "")
    return response


def _refuse(
    templates: Templates, status_code: int, problem: str, wanted: str, name: str
) -> Response:
    return templates.page(
        "console/sign_in.html", status_code, next=wanted, problem=problem, name=name, changed=False
    )


async def _is_right(request: Request, name: str, password: str) -> bool:
    def look_up() -> str | None:
        with request.app.state.database.reading() as session:
            return people.password_hash_of(session, name)

    kept = await run_in_threadpool(look_up)
    return await to_thread.run_sync(is_password, password, kept, limiter=_hashing(request))


def _hashing(request: Request) -> anyio.CapacityLimiter:
    limiter: anyio.CapacityLimiter = request.app.state.hashing
    return limiter


def _tries(settings: Settings, name: str, host: str) -> tuple[bytes, bytes]:
    key = settings.key("sign-in")
    return (
        hmac.digest(key, f"name {name}".encode(), hashlib.sha256),
        hmac.digest(key, f"prefix {address_prefix(host)}".encode(), hashlib.sha256),
    )


def _set_cookie(response: Response, settings: Settings, token: str) -> None:
    response.set_cookie(
        session_cookie(settings),
        token,
        max_age=None if token else 0,
        path="/",
        secure=settings.public_origin.startswith("https:"),
        httponly=True,
        samesite="lax",
    )
