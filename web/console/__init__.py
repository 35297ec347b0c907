"""The evaluator's desk: evaluations, campaigns, results, indicators."""

from fastapi import APIRouter

from web.console import (
    campaign_results,
    campaigns,
    changes,
    evaluations,
    indicators,
    launch,
    links,
    manual_values,
    new_evaluation,
    quality,
    quality_rules,
    results,
    unit,
)


def console_routers() -> list[APIRouter]:
    """Return the routers of every page of the console."""
    topics = (
        new_evaluation,
        evaluations,
        launch,
        campaigns,
        links,
        campaign_results,
        quality,
        quality_rules,
        results,
        changes,
        indicators,
        manual_values,
        unit,
    )
    return [evaluations.front_door, *(topic.router for topic in topics)]
