"""The addresses of the application, read from its own route table."""

from console_visit import DRAFT, EVALUATION, OFFICE, QUESTIONNAIRE_DRAFT
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

VALUES = {  # the first that fits
    "/console/campaigns/{code}/offices": "camp-partner",
    "/console/campaigns/{code}/self-assessments": "camp-self",
    "/console/evaluations/{code}": EVALUATION,
    "/console/campaigns/{code}": "camp-citizen",
    "/console/launches/{code}": DRAFT,
    "/api/v1/evaluations/{code}": EVALUATION,
}
NAMES = {  # of an office, and of the questionnaire that is being edited
    "rater": OFFICE,
    "draft": QUESTIONNAIRE_DRAFT,
    "item": "C01",
    "scale": "ease",
    "format": "AG5",
    "questionnaire": "citizen-service",
    "version": 1,
}

MADE_FIRST = {  # lead to what somebody made before; the tests of these pages make it
    "/console/jobs/{code}",
    "/console/jobs/{code}/file",
    "/console/campaigns/{code}/handed-out/{token}",
    "/console/campaigns/{code}/handed-out/{token}/file",
    "/console/campaigns/{code}/import/{waiting}",
    "/console/campaigns/{code}/import/{waiting}/report",
    "/console/campaigns/{code}/self-assessments/{unit}/files/{digest}",
}


def routes(app: FastAPI) -> list[tuple[str, frozenset[str]]]:
    """Every address, with the methods it takes."""
    return [
        (route.path or "", frozenset(route.methods or ()))
        for route in iter_route_contexts(app.routes)
    ]


def console_routes(app: FastAPI) -> list[tuple[str, frozenset[str]]]:
    """The console's addresses."""
    return [(path, methods) for path, methods in routes(app) if path.startswith("/console/")]


def filled(path: str) -> str:
    """An address with real codes in it."""
    for prefix, code in VALUES.items():
        if path.startswith(prefix):
            path = path.replace("{code}", code)
    return path.format(
        **NAMES, unit="U1", indicator="A11", code="x", digest="x", name="x", waiting="x", token="x"
    )


def console_pages(app: FastAPI) -> list[str]:
    """Every page of the console that can be asked for."""
    return [
        filled(path)
        for path, methods in console_routes(app)
        if "GET" in methods and path not in MADE_FIRST
    ]
