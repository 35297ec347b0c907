"""The evaluator's desk: evaluations, campaigns, results, indicators."""

from fastapi import APIRouter

from web.console import campaigns, evaluations, indicators, launch, links, results


def console_routers() -> list[APIRouter]:
    """Return the routers of every page of the console."""
    topics = (evaluations, launch, campaigns, links, results, indicators)
    return [evaluations.front_door, *(topic.router for topic in topics)]
