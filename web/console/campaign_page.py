"""The pages of one campaign, also as they come back when one of their forms was refused."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session
from starlette.responses import Response

from survey.errors import SurveyError
from survey.results import campaign_progress
from survey.rules.ways_in.link import WAYS_IN
from survey.settings import Settings
from survey.storage.queries.campaigns import campaign_by_code
from survey.storage.queries.evaluations import evaluation_by_code
from web.console.unit_search import Sought, find_units
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
    page: str = "campaign",
    sought: Sought | None = None,
) -> Response:
    """Show what arrived and what may be done; a refused form keeps what was typed."""
    campaign = found(campaign_by_code(session, code))
    progress = campaign_progress(session, campaign, now)
    return templates.page(
        f"console/{page}.html",
        422 if problems else 200,
        campaign=progress,
        evaluation=found(evaluation_by_code(session, progress.evaluation)),
        link_kind=WAYS_IN[progress.audience][0],
        kinds=WAYS_IN[progress.audience],
        chosen=(campaign.draft_ways or {}).get("kinds", []),
        units=find_units(progress.units, sought or Sought()),
        origin=settings.public_origin,
        form=form or Form({}),
        problems=[sentence_of(problem, templates.locale) for problem in problems],
        here=f"/console/campaigns/{code}{'' if page == 'campaign' else f'/{page}'}",
    )


def ways_page(
    session: Session,
    templates: Templates,
    settings: Settings,
    code: str,
    now: datetime,
    sought: Sought,
    *,
    form: Form | None = None,
    problems: Sequence[SurveyError] = (),
) -> Response:
    """Show the ways in of a campaign's units that are sought, and the forms that make more."""
    return campaign_page(
        session,
        templates,
        settings,
        code,
        now,
        form=form,
        problems=problems,
        page="ways",
        sought=sought,
    )
