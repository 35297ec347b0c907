"""…/own/answers: the questionnaire page by page; each page is kept when it is turned."""

from collections import Counter, defaultdict
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from survey.collect.office import keep_rating
from survey.collect.own_unit import OwnAssessment
from survey.errors import DatabaseUnavailable, UnreadableForm
from survey.rules.sheets.answers import EVIDENCE_SUFFIX
from survey.rules.sheets.paging import Pages
from web.answer.asked import read_asked
from web.answer.form_page import NO_PROBLEMS, ProblemLink, Problems, shown_pages
from web.answer.office.desk import Opened, open_own
from web.answer.office.rate_unit import seconds_on, stamped
from web.answer.own.overview import read_own
from web.answer.posted import BACK, SEND, Posted, read_posted
from web.answer.problems import find_problems
from web.answer.reply import see_other
from web.answer.send import hold
from web.answer.views import Wording, view_pages

FILES_FIELD = "@files"  # the button that leads to the files of an item


async def show_answers(request: Request) -> Response:
    """Show a page of the questionnaire with what was kept or signed in it."""
    opened = await open_own(request)
    if isinstance(opened, Response):
        return opened
    asked = read_asked(request.scope["query_string"])
    page = min(asked.page, len(own_pages(opened)))
    return _show(opened, await read_own(opened), page)


async def keep_answers(request: Request) -> Response:
    """Keep a page, then go on, back, to an item's files, or to the overview."""
    posted, files_of = _take_files(read_posted(await request.body()))
    opened = await open_own(request, posted)
    if isinstance(opened, Response):
        return opened
    way, pages = opened.desk.ways[0], own_pages(opened)
    page = posted.page or 1
    if not 1 <= page <= len(pages) or files_of not in ("", *(i.id for i in pages[page - 1])):
        raise UnreadableForm
    here = [name for item in pages[page - 1] for name in (item.id, item.id + EVIDENCE_SUFFIX)]
    is_last = page == len(pages) and posted.step != BACK and not files_of
    try:
        await opened.write(
            lambda session: keep_rating(
                session,
                opened.desk,
                way,
                dict(posted.answers),
                here,
                opened.now,
                seconds=seconds_on(opened, posted),
                is_done=is_last,
            )
        )
    except DatabaseUnavailable:
        return hold(request, opened.look, posted)
    return await _turn(opened, posted, page, files_of)


async def _turn(opened: Opened, posted: Posted, page: int, files_of: str) -> Response:
    if files_of:
        return see_other(opened.address("own", "files", files_of))
    if posted.step == SEND:
        return see_other(opened.address("own", query=opened.query(said="kept")))
    if posted.step == BACK:
        return see_other(_address(opened, max(page - 1, 1)))
    own = await read_own(opened)
    if own.rating.sheet.has_ended:
        return see_other(opened.address("own", "sign"))
    here = {item.id for item in own_pages(opened)[page - 1]}
    problems = find_problems(own.rating.sheet, posted.sheet_id, opened.look, here)
    if problems is not None:
        return _show(opened, own, page, problems)
    if page < len(own_pages(opened)):
        return see_other(_address(opened, page + 1))
    return see_other(opened.address("own", "sign"))


def _show(
    opened: Opened, own: OwnAssessment, page: int, problems: Problems = NO_PROBLEMS
) -> Response:
    look, questionnaire = opened.look, opened.desk.questionnaire
    pages = own_pages(opened)
    wording = Wording(look, own.rating.way.unit_name, problems.by_item, is_signed=True)
    blocks = view_pages(pages, wording)[page - 1]
    links = [
        ProblemLink(f"#{item.id}", f"{item.number}. {item.words}")
        for block in blocks
        for item in block.items
        if item.problem
    ]
    progress = look.phrase("answer.progress", page=page, pages=len(pages))
    shown = {
        "questionnaire_title": wording.of(questionnaire.title),
        "unit_name": own.rating.way.unit_name,
        "progress": progress if len(pages) > 1 else "",
        "blocks": blocks,
        "values": defaultdict(str, own.rating.values),
        "file_counts": Counter(file.item_id for file in own.files),
        "problems": problems,
        "problem_links": links,
        "page": page,
        "page_count": len(pages),
        "own_address": opened.address("own"),
        "page_address": _address(opened, page),
        **stamped(opened),
    }
    title = " · ".join(filter(None, (problems.heading, own.rating.way.unit_name, progress)))
    others = [] if problems.heading else look.links(questionnaire.languages, "", page)
    status = 422 if problems.heading else 200
    return opened.page("answers", title, shown, status=status, links=others)


def own_pages(opened: Opened) -> Pages:
    """Return which items stand on which page."""
    return shown_pages(opened.desk.questionnaire, is_kiosk=False)


def page_of(opened: Opened, item_id: str) -> int:
    """Return the page an item stands on."""
    pages = own_pages(opened)
    return next(n for n, page in enumerate(pages, 1) if any(i.id == item_id for i in page))


def _address(opened: Opened, page: int) -> str:
    return opened.address("own", "answers", query=opened.look.query_with(page=page))


def _take_files(posted: Posted) -> tuple[Posted, str]:
    """Return a form without the button to an item's files, and the item."""
    answers = [(name, value) for name, value in posted.answers if name != FILES_FIELD]
    return replace(posted, answers=answers), dict(posted.answers).get(FILES_FIELD, "")
