"""A counter screen's code lets somebody begin while it is shown, and finish half an hour later."""

from datetime import datetime

from starlette.requests import Request

from survey.rules.sheets.serving import seconds_since_serving
from survey.rules.ways_in.link import LinkKind, Way
from survey.rules.ways_in.rotating import FINISHED_WITHIN, is_admitted


def may_begin(request: Request, way: Way, now: datetime) -> bool:
    """Whether the address was on the screen in the last minutes; other ways in ask for nothing."""
    if way.kind is not LinkKind.ROTATING:
        return True
    code, _, ticket = request.path_params["code"].partition(".")
    key = request.app.state.settings.key("screens")
    return is_admitted(key, code.lower(), ticket, now)


def may_finish(request: Request, way: Way, sheet_id: str, stamp: str, now: datetime) -> bool:
    """Whether a form comes from a page that was served in the last half hour."""
    if way.kind is not LinkKind.ROTATING:
        return True
    if not sheet_id:
        return may_begin(request, way, now)
    key, code = request.app.state.collector.serving_key, request.path_params["code"]
    taken = seconds_since_serving(key, stamp, sheet_id, code, now)
    return taken is not None and taken <= FINISHED_WITHIN.total_seconds()
