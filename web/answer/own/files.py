"""…/own/files/{item}: the files handed in as evidence for one item."""

from starlette.requests import Request
from starlette.responses import Response

from scales import Item
from survey.collect.evidence import keep_evidence, remove_evidence
from survey.errors import EvidenceRefused, LinkNotFound, UnreadableForm
from survey.rules.sheets.evidence_file import ENDINGS, MOST_FILES, MOST_MEGABYTES, read_evidence
from survey.rules.ways_in.link import Standing
from web.answer.office.desk import Opened, open_own, say_closed
from web.answer.own.answers import own_pages, page_of
from web.answer.own.overview import read_own
from web.answer.posted import read_posted
from web.answer.reply import see_other
from web.answer.views import Wording, view_pages
from web.error_pages import sentence_of
from web.errors import BadForm
from web.forms import Form, read_form

FILE_FIELD, DIGEST_FIELD = "file", "digest"


async def show_files(request: Request) -> Response:
    """Show an item's files and the form that takes another."""
    opened = await open_own(request)
    if isinstance(opened, Response):
        return opened
    return await _show(opened, _item(opened))


async def add_file(request: Request) -> Response:
    """Keep a file; one that cannot be taken is refused with what to do about it."""
    opened = await open_own(request)
    if isinstance(opened, Response):
        return opened
    item, form = _item(opened), await _read_upload(request)
    way = opened.desk.ways[0]
    try:
        handed_in = read_evidence(
            form.file_names.get(FILE_FIELD, ""), form.files.get(FILE_FIELD, b"")
        )
        is_kept = await opened.write(
            lambda session: keep_evidence(session, way, item.id, handed_in, opened.now)
        )
    except EvidenceRefused as error:
        return await _show(opened, item, sentence_of(error, opened.look.locale))
    if not is_kept:
        return say_closed(request, way, opened.look, Standing.CLOSED)
    return see_other(opened.address("own", "files", item.id))


async def remove_file(request: Request) -> Response:
    """Remove a file; one that is gone already is gone."""
    posted = read_posted(await request.body())
    opened = await open_own(request, posted)
    if isinstance(opened, Response):
        return opened
    item, way = _item(opened), opened.desk.ways[0]
    digest = dict(posted.answers).get(DIGEST_FIELD, "")
    if not await opened.write(lambda session: remove_evidence(session, way, item.id, digest)):
        return say_closed(request, way, opened.look, Standing.CLOSED)
    return see_other(opened.address("own", "files", item.id))


async def _read_upload(request: Request) -> Form:
    try:
        return await read_form(request)
    except BadForm as error:
        raise UnreadableForm from error


async def _show(opened: Opened, item: Item, problem: str = "") -> Response:
    own = await read_own(opened)
    wording = Wording(opened.look, own.rating.way.unit_name, is_signed=True)
    view = next(
        view
        for page in view_pages(own_pages(opened), wording)
        for block in page
        for view in block.items
        if view.id == item.id
    )
    page = opened.look.query_with(page=page_of(opened, item.id))
    values = {
        "item": view,
        "files": [file for file in own.files if file.item_id == item.id],
        "problem": problem,
        "most": MOST_FILES,
        "most_megabytes": MOST_MEGABYTES,
        "accept": ",".join(f".{ending}" for ending in ENDINGS),
        "back_address": opened.address("own", "answers", query=f"{page}#{item.id}"),
        "files_address": opened.address("own", "files", item.id),
        "remove_address": opened.address("own", "files", item.id, "remove"),
    }
    title = opened.look.phrase("answer.own.files_title", number=view.number)
    return opened.page("files", title, values, status=422 if problem else 200)


def _item(opened: Opened) -> Item:
    """Return the item of the address, one that may carry evidence."""
    asked = opened.request.path_params["item"]
    for item in opened.desk.questionnaire.items:
        if item.id == asked and item.evidence:
            return item
    raise LinkNotFound
