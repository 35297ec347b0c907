"""…/own/sign: everything once more, then the person in charge signs and it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from survey.collect.office import forget_kept
from survey.collect.own_unit import OwnAssessment, signed_sheet
from survey.collect.receive import Outcome
from survey.errors import DatabaseUnavailable, SignatureRefused, WriterFull
from survey.rules.sheets.answers import EVIDENCE_SUFFIX
from survey.rules.sheets.self_assessment import LONGEST_NAME, sign
from survey.rules.ways_in.link import Standing
from survey.storage.queries.evidence_files import FileInfo
from web.answer.office.desk import Opened, open_own, say_closed
from web.answer.own.answers import own_pages
from web.answer.own.overview import read_own
from web.answer.posted import SHEET_FIELD, Posted, read_posted
from web.answer.reply import see_other
from web.answer.send import hold
from web.answer.serve import new_sheet_id
from web.answer.views import ItemView, Wording, view_pages
from web.error_pages import sentence_of

SEAL_FIELD, POST_FIELD, NAME_FIELD, TRUE_FIELD = "@seal", "@post", "@name", "@true"


@dataclass(frozen=True, slots=True)
class SaidRow:
    """An item with what was said about it."""

    number: int
    words: str
    address: str
    said: str
    evidence: str
    files: tuple[FileInfo, ...]


async def show_signing(request: Request) -> Response:
    """Show all answers with their evidence, and the lines to be signed."""
    opened = await open_own(request)
    if isinstance(opened, Response):
        return opened
    return _show(opened, await read_own(opened), {})


async def send_signed(request: Request) -> Response:
    """Store what is signed; what was changed since the page was shown is not signed unseen."""
    posted = read_posted(await request.body())
    opened = await open_own(request, posted)
    if isinstance(opened, Response):
        return opened
    own, fields = await read_own(opened), dict(posted.answers)
    if own.is_signed_as_it_is:
        return see_other(opened.address("own", query=opened.query(said="signed")))
    if fields.get(SEAL_FIELD) != own.seal or not posted.sheet_id or not own.may_be_signed:
        return _show(opened, own, fields, opened.look.phrase("answer.own.changed_since"))
    try:
        signed_by = sign(
            fields.get(POST_FIELD, ""),
            fields.get(NAME_FIELD, ""),
            is_truthful=fields.get(TRUE_FIELD) == "1",
        )
    except SignatureRefused as error:
        return _show(opened, own, fields, sentence_of(error, opened.look.locale))
    return await _send(opened, own, posted, signed_by)


async def _send(opened: Opened, own: OwnAssessment, posted: Posted, signed_by: str) -> Response:
    request = opened.request
    sheet = signed_sheet(own, posted.sheet_id, signed_by, opened.now)
    try:
        outcome = await request.app.state.collector.hand_over(sheet)
        if outcome is Outcome.CLOSED:
            return say_closed(request, own.rating.way, opened.look, Standing.CLOSED)
        await opened.write(lambda s: forget_kept(s, opened.desk, own.rating, opened.now))
    except (WriterFull, DatabaseUnavailable):
        return hold(request, opened.look, posted)
    return see_other(opened.address("own", query=opened.query(said="signed")))


def _show(
    opened: Opened, own: OwnAssessment, fields: Mapping[str, str], problem: str = ""
) -> Response:
    look, questionnaire = opened.look, opened.desk.questionnaire
    wording = Wording(look, own.rating.way.unit_name, is_signed=True)
    rows = [
        _row(opened, own, view, number)
        for number, page in enumerate(view_pages(own_pages(opened), wording), start=1)
        for block in page
        for view in block.items
    ]
    values = {
        "questionnaire_title": wording.of(questionnaire.title),
        "unit_name": own.rating.way.unit_name,
        "rows": rows,
        "left_out": sum(not row.said for row in rows),
        "without_evidence": not (own.files or any(row.evidence for row in rows)),
        "may_be_signed": own.may_be_signed,
        "is_signed": own.is_signed_as_it_is,
        "missed": len(own.rating.sheet.missed) + len(own.rating.sheet.too_long),
        "problem": problem,
        "post": fields.get(POST_FIELD, ""),
        "name": fields.get(NAME_FIELD, ""),
        "is_true": fields.get(TRUE_FIELD) == "1",
        "longest": LONGEST_NAME,
        "sheet_field": SHEET_FIELD,
        "sheet_id": new_sheet_id(),
        "seal": own.seal,
        "own_address": opened.address("own"),
        "sign_address": opened.address("own", "sign"),
        "answers_address": opened.address("own", "answers"),
    }
    title = f"{look.phrase('answer.own.sign_title')} · {own.rating.way.unit_name}"
    return opened.page("sign", title, values, status=422 if problem else 200)


def _row(opened: Opened, own: OwnAssessment, view: ItemView, page: int) -> SaidRow:
    values = own.rating.values
    given = values.get(view.id, "")
    said = (
        given if view.is_text else next((_words(c) for c in view.choices if c.value == given), "")
    )
    query = opened.look.query_with(page=page)
    return SaidRow(
        view.number,
        view.words,
        opened.address("own", "answers", query=f"{query}#{view.id}"),
        said,
        values.get(view.id + EVIDENCE_SUFFIX, ""),
        tuple(file for file in own.files if file.item_id == view.id),
    )


def _words(choice: object) -> str:
    """Return a choice in words; a bare number has a name."""
    return str(getattr(choice, "name", "") or getattr(choice, "words", ""))
