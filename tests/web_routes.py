"""The addresses of the application, read from its own route table."""

from console_visit import EVALUATION
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

VALUES = {
    "/console/evaluations/{code}": EVALUATION,
    "/console/campaigns/{code}": "camp-citizen",
    "/api/v1/evaluations/{code}": EVALUATION,
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
    return path.format(unit="U1", indicator="A11", code="x", digest="x", name="x")


def console_pages(app: FastAPI) -> list[str]:
    """Every page of the console that can be asked for."""
    return [filled(path) for path, methods in console_routes(app) if "GET" in methods]
