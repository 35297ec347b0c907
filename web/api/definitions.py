"""What the feed's figures are: words, formula, source, R's name, bands."""

from typing import Any

from fastapi import APIRouter, Depends

from survey.report.definitions import FigureDefinition, figure_definitions
from web.api.access import feed_reader

router = APIRouter(
    prefix="/api/v1",
    dependencies=[Depends(feed_reader)],
    generate_unique_id_function=lambda route: route.name,
)


@router.get("/definitions", response_model=tuple[FigureDefinition, ...])
def read_definitions() -> Any:
    """Read what each figure is; its bands begin at the limits of a plan that sets none."""
    return figure_definitions()
