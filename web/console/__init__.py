"""The evaluator's desk: evaluations, campaigns, results, indicators."""

from fastapi import APIRouter

from web.console import (
    campaigns,
    evaluations,
    indicators,
    launch,
    links,
    manual_values,
    new_evaluation,
    results,
)


def console_routers() -> list[APIRouter]:
    """Return the routers of every page of the console."""
    topics = (
        new_evaluation,
        evaluations,
        launch,
        campaigns,
        links,
        results,
        indicators,
        manual_values,
    )
    return [evaluations.front_door, *(topic.router for topic in topics)]
