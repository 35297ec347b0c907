"""Head counts, statements and siblings as a table: to fill in, and to hand back."""

from fastapi import APIRouter, Depends
from starlette.responses import Response

from survey.distribute.choose_units import settle_listed_units, settled_units
from survey.distribute.remark import Step
from survey.errors import FieldRefused, SurveyError
from survey.exchange.unit_choices_file import read_unit_choices, unit_choices_list
from survey.storage.queries.drafts import draft_by_code
from survey.storage.queries.evaluations import units_of
from web.console.downloads import csv_download
from web.console.launch.step_page import saved
from web.console.launch.units_page import units_page
from web.console.unit_search import Sought
from web.dependencies import (
    FormDep,
    NowDep,
    OfficerDep,
    SessionDep,
    TemplatesDep,
    officer_for_this,
)
from web.error_pages import problems_of, sentence_of
from web.found import found

MOST_TOLD = 20

router = APIRouter(
    prefix="/console/launches/{code}/units/list",
    dependencies=[Depends(officer_for_this)],
    include_in_schema=False,
)


@router.get("")
def download_list(code: str, session: SessionDep, templates: TemplatesDep) -> Response:
    """Return the units that the draft asks about, or all where it asks about none."""
    draft = found(draft_by_code(session, code))
    settled = settled_units(session, draft)
    everyone = [(unit.code, unit.name) for unit in units_of(session, draft.evaluation_id)]
    asked = [unit for unit in everyone if unit[0] in settled]
    content = unit_choices_list(asked or everyone, settled, templates.locale)
    return csv_download(content, f"units-{code}.csv")


@router.post("")
def take_list(
    code: str,
    session: SessionDep,
    officer: OfficerDep,
    templates: TemplatesDep,
    form: FormDep,
    now: NowDep,
) -> Response:
    """Keep what the list says, of all its units or of none."""
    draft = found(draft_by_code(session, code))
    try:
        if "list" not in form.files:
            raise FieldRefused("field_unit_list")
        codes = {unit.code for unit in units_of(session, draft.evaluation_id)}
        name = templates.text("console.launch.list")
        listed = read_unit_choices(form.files["list"], file_name=name, codes=codes)
        with session.begin_nested():
            settle_listed_units(session, draft, listed)
    except SurveyError as error:
        rows, whole = problems_of(error, templates.locale), sentence_of(error, templates.locale)
        problems = rows if 0 < len(rows) <= MOST_TOLD else [whole, *rows[:MOST_TOLD]]
        return units_page(session, templates, code, Sought(), now, problems=problems)
    return saved(session, officer.name, code, Step.UNITS, form, now)
