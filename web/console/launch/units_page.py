"""The page of the second step, also as it comes back when one of its forms was refused."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session
from starlette.responses import Response

from survey.distribute.choose_units import settled_units
from survey.distribute.remark import Step
from survey.errors import SurveyError
from survey.rules.audience import Audience
from survey.storage.queries.drafts import draft_by_code
from survey.storage.queries.evaluations import units_of
from web.console.launch.step_page import show_step
from web.console.unit_search import UNITS_A_PAGE, Sought, find_units
from web.dependencies import Templates
from web.forms import Form
from web.found import found


def units_page(
    session: Session,
    templates: Templates,
    code: str,
    sought: Sought,
    now: datetime,
    form: Form | None = None,
    problems: Sequence[str | SurveyError] = (),
) -> Response:
    """Show the audience, and the units that are sought with what is settled about them."""
    draft = found(draft_by_code(session, code))
    everyone = units_of(session, draft.evaluation_id)
    settled = settled_units(session, draft)
    asked = [unit for unit in everyone if unit.code in settled]
    return show_step(
        session,
        templates,
        code,
        Step.UNITS,
        now,
        form=form,
        problems=problems,
        audiences=tuple(Audience),
        has_units=bool(asked),
        units=find_units(everyone, sought),
        asked_count=len(asked),
        settled=settled,
        siblings=[unit for unit in asked if sought.takes(unit)][: UNITS_A_PAGE * 4],
    )
