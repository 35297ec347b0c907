"""The Jinja environment, its filters, and how a page is put together."""

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
)
from starlette.requests import Request
from starlette.responses import HTMLResponse

from survey.language import DEFAULT_LOCALE, LOCALES, Catalogue, messages
from survey.report.wording import alpha_band

LOCAL = ZoneInfo("Asia/Shanghai")
_MINUTE = 60
HTML_LANG = {"zh-Hans": "zh-CN", "en": "en"}
LANGUAGE_COOKIE = "minyi_lang"


@cache
def screen_phrases() -> Catalogue:
    """Return the catalogue of screen texts."""
    return Catalogue(Path(__file__).parent / "locales")


@cache
def environment() -> Environment:
    """Return the environment all pages are made with; drawings are the report's own."""
    pages = FileSystemLoader(Path(__file__).parent / "templates")
    drawings = PrefixLoader({"report": PackageLoader("survey.report")})
    made = Environment(
        loader=ChoiceLoader([pages, drawings]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        local_time=local_time,
        local_date=local_date,
        field_time=field_time,
        points=points,
        percent=partial(rounded, places=1),
        figure=rounded,
        plain=plain,
        words=words,
        alpha_band=alpha_band,
        limit=limit,
        message=message,
        seconds_span=seconds_span,
        file_size=file_size,
    )
    return made


def local_time(at: datetime) -> str:
    """Write an instant as Shanghai's date and minute."""
    return at.astimezone(LOCAL).strftime("%Y-%m-%d %H:%M")


def local_date(at: datetime) -> str:
    """Write an instant as Shanghai's date."""
    return at.astimezone(LOCAL).strftime("%Y-%m-%d")


def field_time(at: datetime) -> str:
    """Write an instant as the value of a date-and-time field, in Shanghai."""
    return at.astimezone(LOCAL).strftime("%Y-%m-%dT%H:%M")


def rounded(value: float, places: int = 2) -> str:
    """Write a figure with so many decimals, halves up."""
    return str(Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def plain(value: float) -> str:
    """Write a figure as a person would type it: 6, 5.75."""
    return f"{value:.10g}"


def limit(value: float) -> str:
    """Write a limit as short as a person would: 2, 0.6667, 1e-06."""
    return f"{value:.4g}"


def points(value: float) -> str:
    """Write points of an indicator or a total: two decimals, halves up."""
    return rounded(value, 2)


def file_size(byte_count: int) -> str:
    """Write how large a file is."""
    if byte_count < 1024 * 1024:
        return f"{max(byte_count // 1024, 1)} KB"
    return f"{byte_count / 1024 / 1024:.1f} MB"


def words(text: dict[str, str], locale: str) -> str:
    """Return the words of a text in a locale, else in Chinese, else whatever there is."""
    return text.get(locale) or text.get(DEFAULT_LOCALE) or next(iter(text.values()), "")


def message(key: str, locale: str, **values: object) -> str:
    """Return a sentence of `survey/locales`."""
    return messages().phrase(key, locale, **values)


def seconds_span(span: tuple[float, float | None], locale: str) -> str:
    """Write a class of seconds in words: under 5 s, 1–2 min, over an hour."""
    low, high = span
    if high is None or high == float("inf"):
        return _screen("over", locale, time=_seconds(low, locale))
    if low == 0:
        return _screen("under", locale, time=_seconds(high, locale))
    is_long = low >= _MINUTE
    size = _MINUTE if is_long else 1
    words = f"{low / size:g}–{high / size:g}"
    return _screen("minutes" if is_long else "seconds", locale, time=words)


def _seconds(seconds: float, locale: str) -> str:
    if seconds < _MINUTE:
        return _screen("seconds", locale, time=f"{seconds:g}")
    return _screen("minutes", locale, time=f"{seconds / _MINUTE:g}")


def _screen(name: str, locale: str, **values: object) -> str:
    return screen_phrases().phrase(f"console.quality.{name}", locale, **values)


def locale_of(request: Request) -> str:
    """Return the locale of a page: asked for, remembered, or Chinese."""
    for wanted in (request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE)):
        if wanted in LOCALES:
            return wanted
    return DEFAULT_LOCALE


def _query_without_language(request: Request) -> str:
    """Return what the address asks for besides the language, to be followed by the language."""
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    return f"{urlencode(kept)}&" if kept else ""


def page(request: Request, template: str, status_code: int = 200, /, **values: Any) -> HTMLResponse:
    """Render a template in its frame: language, signed-in officer, addresses of static files."""
    locale = locale_of(request)
    frame = {
        "locale": locale,
        "html_lang": HTML_LANG[locale],
        "t": partial(screen_phrases().phrase, locale=locale),
        "officer": getattr(request.state, "officer", None),
        "path": request.url.path,
        "here": "",
        "chosen_query": _query_without_language(request),
        "static": request.app.state.static_files.url,
        "is_demo": request.app.state.settings.is_demo,
        "is_partial": request.headers.get("hx-request") == "true",
    }
    html = environment().get_template(template).render(frame | values)
    response = HTMLResponse(html, status_code)
    if request.query_params.get("lang") in LOCALES:
        response.set_cookie(LANGUAGE_COOKIE, locale, max_age=31_536_000, samesite="lax")
    return response
