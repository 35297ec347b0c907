"""…/units/{unit}: rate one unit, page by page; each page is kept when it is turned."""

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from survey.collect.office import UnitRating, forget_kept, keep_rating, no_dealings_to_send
from survey.collect.receive import Outcome
from survey.errors import DatabaseUnavailable, UnreadableForm, WriterFull
from survey.rules.sheets.answers import EVIDENCE_SUFFIX
from survey.rules.sheets.paging import Pages
from survey.rules.sheets.serving import seconds_since_serving, serving_stamp
from survey.rules.ways_in.link import Standing, Way
from survey.rules.ways_in.rating_pairs import RatingState, is_done
from web.answer.asked import read_asked
from web.answer.form_page import NO_PROBLEMS, ProblemLink, Problems, shown_pages
from web.answer.office.desk import Opened, open_office, say_closed
from web.answer.posted import BACK, SEND, Posted, read_posted
from web.answer.problems import find_problems
from web.answer.reply import see_other
from web.answer.send import hold
from web.answer.serve import new_sheet_id
from web.answer.views import Wording, view_pages


async def show_unit(request: Request) -> Response:
    """Show a page of the questionnaire about one unit, with what was kept or sent in it."""
    opened = await open_office(request)
    if isinstance(opened, Response):
        return opened
    way = opened.way_of(request.path_params["unit"])
    ratings = await opened.ratings()
    rating = next(rating for rating in ratings if rating.way is way)
    asked = read_asked(request.scope["query_string"])
    page = min(asked.page, len(_pages(opened)))
    return _show(opened, rating.way, rating.values, page)


async def keep_unit(request: Request) -> Response:
    """Keep a page, then go on, back, or to the list."""
    posted = read_posted(await request.body())
    opened = await open_office(request, posted)
    if isinstance(opened, Response):
        return opened
    way, pages = opened.way_of(request.path_params["unit"]), _pages(opened)
    page = posted.page or 1
    if not 1 <= page <= len(pages):
        raise UnreadableForm
    here = [name for item in pages[page - 1] for name in (item.id, item.id + EVIDENCE_SUFFIX)]
    is_last = posted.step == SEND or page == len(pages)
    try:
        rating = await opened.write(
            lambda session: keep_rating(
                session,
                opened.desk,
                way,
                dict(posted.answers),
                here,
                opened.now,
                seconds=seconds_on(opened, posted),
                is_done=is_last and posted.step != BACK,
            )
        )
    except DatabaseUnavailable:
        return hold(request, opened.look, posted)
    return await _turn(opened, rating, posted, page, is_last=is_last)


async def say_no_dealings(request: Request) -> Response:
    """Store that an office had nothing to do with a unit; a rating may follow all the same."""
    posted = read_posted(await request.body())
    opened = await open_office(request, posted)
    if isinstance(opened, Response):
        return opened
    way = opened.way_of(request.path_params["unit"])
    if not posted.sheet_id:
        raise UnreadableForm
    sheet = no_dealings_to_send(
        way, opened.desk.questionnaire, UUID(hex=posted.sheet_id), opened.now
    )
    try:
        outcome = await request.app.state.collector.hand_over(sheet)
        if outcome is Outcome.CLOSED:
            return say_closed(request, way, opened.look, Standing.CLOSED)
        rating = next(r for r in await opened.ratings() if r.way is way)
        if rating.is_kept:
            await opened.write(lambda s: forget_kept(s, opened.desk, rating, opened.now))
    except (WriterFull, DatabaseUnavailable):
        return hold(request, opened.look, posted)
    return see_other(opened.address("units", query=opened.query(said="none")))


def seconds_on(opened: Opened, posted: Posted) -> int | None:
    """Return how long a page was open, None where its stamp does not tell."""
    key, code = opened.request.app.state.collector.serving_key, opened.desk.token
    return seconds_since_serving(key, posted.stamp, posted.sheet_id, code, opened.now)


def stamped(opened: Opened) -> dict[str, str]:
    """Return the id and the stamp that tell how long a page is open."""
    page_id, key = new_sheet_id(), opened.request.app.state.collector.serving_key
    return {
        "sheet_id": page_id,
        "stamp": serving_stamp(key, page_id, opened.desk.token, opened.now),
    }


async def go_on(opened: Opened) -> Response:
    """Send the browser to the list, or to the comparison where nothing else is left to do."""
    states = [rating.state for rating in await opened.ratings()]
    is_all = all(is_done(state) or state is RatingState.READY for state in states)
    if is_all and RatingState.READY in states:
        return see_other(opened.address("compare"))
    return see_other(opened.address("units", query=opened.query(said="kept")))


async def _turn(
    opened: Opened, rating: UnitRating, posted: Posted, page: int, *, is_last: bool
) -> Response:
    code, look = rating.way.unit_code, opened.look
    if posted.step == BACK:
        before = max(page - 1, 1)
        return see_other(opened.address("units", code, query=look.query_with(page=before)))
    if rating.sheet.has_ended:
        return await go_on(opened)
    here = None if is_last else {item.id for item in _pages(opened)[page - 1]}
    problems = find_problems(rating.sheet, posted.sheet_id, look, here)
    if problems is not None:
        return _show(opened, rating.way, rating.values, page, problems)
    if is_last:
        return await go_on(opened)
    return see_other(opened.address("units", code, query=look.query_with(page=page + 1)))


def _show(
    opened: Opened,
    way: Way,
    values: Mapping[str, str],
    page: int,
    problems: Problems = NO_PROBLEMS,
) -> Response:
    look, questionnaire = opened.look, opened.desk.questionnaire
    pages = _pages(opened)
    wording = Wording(look, way.unit_name, problems.by_item, is_signed=True)
    blocks = view_pages(pages, wording)
    links = [
        ProblemLink(
            f"{look.query_with(page=number) or '?'}#{item.id}", f"{item.number}. {item.words}"
        )
        for number, shown in enumerate(blocks, start=1)
        for block in shown
        for item in block.items
        if item.problem
    ]
    progress = look.phrase("answer.progress", page=page, pages=len(pages))
    shown = {
        "questionnaire_title": wording.of(questionnaire.title),
        "unit_name": way.unit_name,
        "statement": way.statement or "" if page == 1 else "",
        "progress": progress if len(pages) > 1 else "",
        "blocks": blocks[page - 1],
        "values": defaultdict(str, values),
        "problems": problems,
        "problem_links": links,
        "page": page,
        "page_count": len(pages),
        "list_address": opened.address("units"),
        "none_address": opened.address("units", way.unit_code, "none"),
        **stamped(opened),
    }
    title = " · ".join(filter(None, (problems.heading, way.unit_name, progress * (len(pages) > 1))))
    others = [] if problems.heading else look.links(questionnaire.languages, "", page)
    status = 422 if problems.heading else 200
    return opened.page("unit", title, shown, status=status, links=others)


def _pages(opened: Opened) -> Pages:
    return shown_pages(opened.desk.questionnaire, is_kiosk=False)
