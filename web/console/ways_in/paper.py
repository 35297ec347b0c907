"""Sheets on paper: print them, and key in those that came back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from survey.audit import record
from survey.collect.paper import check_paper_is_taken, enter_paper_sheet, paper_counts
from survey.errors import FieldRefused, SurveyError
from survey.rules.sheets.paper_sheet import paper_items, read_paper, with_unit
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import campaign_by_code, units_of_campaign
from survey.storage.queries.evaluations import evaluation_of_campaign
from survey.storage.queries.links import open_links_of
from survey.storage.queries.questionnaires import questionnaire_of
from web.dependencies import (
    FormDep,
    NowDep,
    OfficerDep,
    SessionDep,
    Templates,
    TemplatesDep,
    officer_for_this,
)
from web.error_pages import sentence_of
from web.forms import Form
from web.found import found

router = APIRouter(
    prefix="/console/campaigns/{code}/paper",
    dependencies=[Depends(officer_for_this)],
    include_in_schema=False,
)


@dataclass(frozen=True)
class _Desk:
    """What a page of paper entry is about: a campaign, its units, the one chosen."""

    campaign: Any
    units: Sequence[Any]
    unit: Any = None
    places: Sequence[str] = field(default=())


@router.get("")
def show_paper(
    code: str, request: Request, session: SessionDep, templates: TemplatesDep, now: NowDep
) -> Response:
    """Choose a unit; then show an empty sheet to key in."""
    asked = {name: (value,) for name, value in request.query_params.items()}
    form = Form({name: asked[name] for name in ("unit", "place", "saved") if name in asked})
    desk, problems = _desk(session, code, form), []
    try:
        check_paper_is_taken(session, desk.campaign, now)
        if form.text("unit") and desk.unit is None:
            raise FieldRefused("paper_unit")
    except FieldRefused as error:
        problems.append(error)
    return _page(session, templates, desk, form, problems)


@router.post("")
def save_paper(
    code: str,
    session: SessionDep,
    templates: TemplatesDep,
    officer: OfficerDep,
    form: FormDep,
    now: NowDep,
) -> Response:
    """Store the sheet for good and show the next empty one, or say what is wrong with it."""
    desk = _desk(session, code, form)
    try:
        page_id, place = _page_id(form), _place(desk, form)
    except FieldRefused as error:
        return _page(session, templates, desk, form, [error])
    questionnaire = questionnaire_of(session, desk.campaign.questionnaire_version_id)
    typed = {item.id: form.text(item.id) for item in paper_items(questionnaire, "zh-Hans", "")}
    sheet, problems = read_paper(typed, questionnaire)
    if problems:
        return _page(session, templates, desk, form, problems)
    try:
        is_new = enter_paper_sheet(
            session, desk.campaign, key_of(desk.unit), place, sheet, page_id=page_id, now=now
        )
    except FieldRefused as error:
        return _page(session, templates, desk, form, [error])
    if is_new:
        _record(session, officer.name, desk, now)
    chosen = {"unit": desk.unit.code, "place": place or "", "saved": "yes" if is_new else "before"}
    first = questionnaire.items[0].id
    return RedirectResponse(f"/console/campaigns/{code}/paper?{urlencode(chosen)}#i-{first}", 303)


@router.get("/sheet/{unit}")
def show_sheet(code: str, unit: str, session: SessionDep, templates: TemplatesDep) -> Response:
    """Show the questionnaire as it is printed for one unit."""
    desk = _desk(session, code, Form({"unit": (unit,)}))
    asked = found(desk.unit)
    questionnaire = questionnaire_of(session, desk.campaign.questionnaire_version_id)
    opening = (questionnaire.opening or {}).get(templates.locale, "")
    return templates.page(
        "console/paper_sheet.html",
        campaign=desk.campaign,
        evaluation=evaluation_of_campaign(session, desk.campaign),
        unit=asked,
        title=questionnaire.title,
        opening=with_unit(opening, asked.name),
        items=paper_items(questionnaire, templates.locale, asked.name),
    )


def _desk(session: Session, code: str, form: Form) -> _Desk:
    campaign = found(campaign_by_code(session, code))
    units = [unit for _, unit in units_of_campaign(session, key_of(campaign))]
    asked = form.text("unit")
    unit = next((unit for unit in units if asked in (unit.code, unit.name)), None)
    if unit is None:
        return _Desk(campaign, units)
    links = open_links_of(session, key_of(campaign))
    places = [link.place for link in links if link.unit_id == unit.id and link.place]
    return _Desk(campaign, units, unit, tuple(dict.fromkeys(places)))


def _page_id(form: Form) -> UUID:
    try:
        return UUID(form.text("page"))
    except ValueError:
        raise FieldRefused("paper_stale") from None


def _place(desk: _Desk, form: Form) -> str | None:
    place = form.text("place")
    if desk.unit is None:
        raise FieldRefused("paper_unit")
    if place and place not in desk.places:
        raise FieldRefused("paper_place", value=place)
    return place or None


def _record(session: Session, actor: str, desk: _Desk, now: datetime) -> None:
    count = paper_counts(session, desk.campaign).get(key_of(desk.unit), 0)
    details = {"unit": desk.unit.code, "count": count}
    record(
        session,
        actor=actor,
        action="paper.entered",
        subject=desk.campaign.code,
        now=now,
        details=details,
    )


def _page(
    session: Session,
    templates: Templates,
    desk: _Desk,
    form: Form,
    problems: Sequence[SurveyError] = (),
) -> Response:
    questionnaire = questionnaire_of(session, desk.campaign.questionnaire_version_id)
    counts = paper_counts(session, desk.campaign)
    name = desk.unit.name if desk.unit is not None else ""
    return templates.page(
        "console/paper.html",
        422 if problems and form.text("page") else 200,
        campaign=desk.campaign,
        evaluation=evaluation_of_campaign(session, desk.campaign),
        units=desk.units,
        unit=desk.unit,
        places=desk.places,
        items=paper_items(questionnaire, templates.locale, name),
        count=counts.get(desk.unit.id, 0) if desk.unit is not None else 0,
        total=sum(counts.values()),
        page_id=form.text("page") or str(uuid4()),
        wrong={str(each.values.get("number", "")) for each in problems},
        form=form,
        problems=[sentence_of(problem, templates.locale) for problem in problems],
        here=f"/console/campaigns/{desk.campaign.code}/paper",
    )
