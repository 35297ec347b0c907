"""The feed for evaluation systems: /api/v1/… as JSON and CSV."""

from fastapi import APIRouter

from web.api import changes, definitions, docs, evaluations, receipts


def feed_routers() -> list[APIRouter]:
    """Return the routers of the feed."""
    return [evaluations.router, changes.router, definitions.router, receipts.router, docs.router]
