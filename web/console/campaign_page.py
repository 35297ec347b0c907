"""The page of one campaign, also as it comes back when one of its forms was refused."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session
from starlette.responses import Response

from survey.errors import SurveyError
from survey.results import campaign_progress
from survey.rules.link import ADMITTED_BY
from survey.settings import Settings
from survey.storage.queries.campaigns import campaign_by_code
from survey.storage.queries.evaluations import evaluation_by_code
from web.dependencies import Templates
from web.error_pages import sentence_of
from web.forms import Form
from web.found import found


def campaign_page(
    session: Session,
    templates: Templates,
    settings: Settings,
    code: str,
    now: datetime,
    *,
    form: Form | None = None,
    problems: Sequence[SurveyError] = (),
) -> Response:
    """Show what arrived, the ways in, and what may be done; a refused form keeps what was typed."""
    progress = campaign_progress(session, found(campaign_by_code(session, code)), now)
    return templates.page(
        "console/campaign.html",
        422 if problems else 200,
        campaign=progress,
        evaluation=found(evaluation_by_code(session, progress.evaluation)),
        link_kind=ADMITTED_BY[progress.audience],
        origin=settings.public_origin,
        form=form or Form({}),
        problems=[sentence_of(problem, templates.locale) for problem in problems],
        here=f"/console/campaigns/{code}",
    )
