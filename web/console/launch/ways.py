"""The third step: how people get in, and at which places."""

from datetime import datetime

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.responses import Response

from survey.distribute.prepare import choose_ways
from survey.distribute.remark import Step
from survey.errors import FieldRefused, SurveyError
from survey.rules.audience import Audience
from survey.rules.ways_in.link import WAYS_IN, LinkKind
from survey.storage.queries.drafts import draft_by_code
from web.console.fields import read_places
from web.console.launch.step_page import Fields, saved, show_step
from web.dependencies import (
    FormDep,
    NowDep,
    OfficerDep,
    SessionDep,
    Templates,
    TemplatesDep,
    officer_for_this,
)
from web.forms import Form
from web.found import found

router = APIRouter(
    prefix="/console/launches/{code}/ways",
    dependencies=[Depends(officer_for_this)],
    include_in_schema=False,
)


@router.get("")
def show_ways(code: str, session: SessionDep, templates: TemplatesDep, now: NowDep) -> Response:
    """Show the ways in that this audience may have."""
    return _show(session, templates, code, now)


@router.post("")
def save_ways(
    code: str,
    session: SessionDep,
    officer: OfficerDep,
    templates: TemplatesDep,
    form: FormDep,
    now: NowDep,
) -> Response:
    """Keep the ways in that are ticked, and the places of public codes."""
    draft = found(draft_by_code(session, code))
    fields = Fields()
    kinds = [fields.take(_kind, value, Audience(draft.audience)) for value in form.all("kind")]
    places = fields.take(read_places, form.text("places")) or [None]
    kiosks = fields.take(read_places, form.text("kiosk_places")) or [None]
    if not kinds:
        fields.problems.append(FieldRefused("field_ways"))
    if fields.problems:
        return _show(session, templates, code, now, form, fields.problems)
    choose_ways(
        session,
        draft,
        [kind for kind in kinds if kind is not None],
        [place for place in places if place is not None],
        [place for place in kiosks if place is not None],
    )
    return saved(session, officer.name, code, Step.WAYS, form, now)


def _kind(value: str, audience: Audience) -> LinkKind:
    if value not in WAYS_IN[audience]:
        raise FieldRefused("field_ways")
    return LinkKind(value)


def _show(
    session: Session,
    templates: Templates,
    code: str,
    now: datetime,
    form: Form | None = None,
    problems: list[SurveyError] | None = None,
) -> Response:
    draft = found(draft_by_code(session, code))
    kinds = WAYS_IN[Audience(draft.audience)]
    chosen = draft.draft_ways or {"kinds": kinds[:1], "places": [], "kiosk_places": []}
    return show_step(
        session,
        templates,
        code,
        Step.WAYS,
        now,
        form=form,
        problems=problems or (),
        kinds=kinds,
        chosen=form.all("kind") if form is not None else chosen["kinds"],
        places="\n".join(chosen["places"]),
        kiosk_places="\n".join(chosen["kiosk_places"]),
    )
