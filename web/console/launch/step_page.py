"""What the steps share: the draft, its page with the list of steps, and where to go next."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from survey.audit import record
from survey.distribute.check_launch import check_launch
from survey.distribute.remark import Remark, Step
from survey.errors import FieldRefused, SurveyError
from survey.storage.queries.drafts import draft_by_code
from survey.storage.queries.evaluations import evaluation_of_campaign
from survey.storage.queries.people import audit_entries_of
from web.dependencies import Templates
from web.error_pages import sentence_of
from web.forms import Form
from web.found import found

STEPS = tuple(Step)
LONGEST_NAME = 80

Value = TypeVar("Value")


class Fields:
    """Reads the fields of a form one after the other and keeps what is wrong with them."""

    def __init__(self) -> None:
        self.problems: list[SurveyError] = []

    def take(self, read: Callable[..., Value], *given: object) -> Value | None:
        """Return what a field says, or None where it is wrong."""
        try:
            return read(*given)
        except FieldRefused as error:
            self.problems.append(error)
            return None


def show_step(
    session: Session,
    templates: Templates,
    code: str,
    step: Step,
    now: datetime,
    *,
    form: Form | None = None,
    problems: Sequence[str | SurveyError] = (),
    **values: Any,
) -> Response:
    """Show a step of a draft; a refused form keeps what was typed."""
    draft = found(draft_by_code(session, code))
    remarks: list[Remark] = check_launch(session, draft, now)
    return templates.page(
        f"console/launch/{step}.html",
        422 if problems else 200,
        draft=draft,
        evaluation=evaluation_of_campaign(session, draft),
        step=step,
        steps=STEPS,
        lacking={remark.step for remark in remarks if remark.stops},
        remarks=remarks,
        seen=_saved_steps(session, code),
        form=form,
        problems=[_sentence(problem, templates) for problem in problems],
        **values,
    )


def saved(
    session: Session, actor: str, code: str, step: Step, form: Form, now: datetime
) -> Response:
    """Note that a step was saved, and lead to the next one, or back to this one."""
    record(
        session,
        actor=actor,
        action="campaign.prepared",
        subject=code,
        now=now,
        details={"step": step},
    )
    goes_on = form.text("do") != "save"
    to = STEPS[STEPS.index(step) + 1] if goes_on else step
    return RedirectResponse(f"/console/launches/{code}/{to}", 303)


def _saved_steps(session: Session, code: str) -> set[str]:
    """Return the steps that somebody saved; beginning the draft saved the first one."""
    entries = audit_entries_of(session, code, "campaign.prepared")
    return {Step.QUESTIONNAIRE, *(entry.details["step"] for entry in entries)}


def _sentence(problem: str | SurveyError, templates: Templates) -> str:
    return problem if isinstance(problem, str) else sentence_of(problem, templates.locale)
