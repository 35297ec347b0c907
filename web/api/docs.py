"""What the feed offers, for people (a page) and for programs (OpenAPI)."""

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from starlette.responses import JSONResponse, Response

from web.dependencies import SettingsDep, TemplatesDep, officer_if_any

VERSION = "1"

router = APIRouter(prefix="/api", include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Address:
    """One address of the feed as the page shows it."""

    path: str
    name: str
    has_csv: bool
    method: str


@router.get("/openapi.json")
def send_openapi(request: Request) -> Response:
    """Send the description for programs."""
    return JSONResponse(_described(request.app))


@router.get("/docs", dependencies=[Depends(officer_if_any)])
def show_docs(request: Request, templates: TemplatesDep, settings: SettingsDep) -> Response:
    """Show the addresses, and how to open them."""
    addresses = [
        Address(path, asked["operationId"], _has_csv(asked), method.upper())
        for path, methods in _described(request.app)["paths"].items()
        for method, asked in methods.items()
    ]
    return templates.page("api/docs.html", addresses=addresses, origin=settings.public_origin)


def _has_csv(asked: dict[str, Any]) -> bool:
    return any(parameter["name"] == "format" for parameter in asked.get("parameters", ()))


def _described(app: FastAPI) -> dict[str, Any]:
    if app.openapi_schema is None:
        app.openapi_schema = get_openapi(title="Minyi", version=VERSION, routes=app.routes)
    return app.openapi_schema
