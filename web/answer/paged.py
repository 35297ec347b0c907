"""POST of one page of several: keep it, then turn the page, or send the whole sheet."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from survey.collect.receive import Entrance
from survey.errors import DatabaseUnavailable, UnreadableForm
from survey.rules.sheets.answers import EVIDENCE_SUFFIX, FilledSheet, fill_sheet
from survey.rules.sheets.paging import Pages
from survey.rules.ways_in.link import PUBLIC_KINDS
from web.answer import drafts, messages
from web.answer.asked import read_asked
from web.answer.form_page import Filling, Problems, shown_pages
from web.answer.look import Look
from web.answer.posted import BACK, SEND, SERVED_FIELD, SHEET_FIELD, Posted
from web.answer.problems import find_problems, plain_problem
from web.answer.reply import form_address, reply_message, reply_page, see_other
from web.answer.send import hold, send_sheet
from web.answer.serve import new_sheet, seed_of


@dataclass(frozen=True, slots=True)
class Turning:
    """A page on its way: which it is, the draft it belongs to, and the whole sheet with it."""

    request: Request
    entrance: Entrance
    look: Look
    posted: Posted
    now: datetime
    pages: Pages
    draft: str
    kept: Mapping[str, str]

    @property
    def values(self) -> dict[str, str]:
        """The answers of all pages; those of this page are the ones just posted."""
        names = {name for item in self.pages[self.posted.page - 1] for name in _fields(item.id)}
        others = {n: v for n, v in self.kept.items() if n not in names and not n.startswith("@")}
        return others | {name: value for name, value in self.posted.answers if value}

    @property
    def reached(self) -> int:
        """The farthest page that was opened."""
        return max(int(self.kept.get(drafts.REACHED, "1")), self.posted.page)


async def turn_page(
    request: Request, entrance: Entrance, look: Look, posted: Posted, now: datetime
) -> Response:
    """Keep a page and go on, back, or to the end."""
    if not posted.sheet_id:
        sheet_id, stamp = new_sheet(request)
        posted = replace(posted, sheet_id=sheet_id, stamp=stamp)
        posted = replace(posted, own={**posted.own, SHEET_FIELD: sheet_id, SERVED_FIELD: stamp})
    is_kiosk, seed = entrance.way.is_kiosk, seed_of(entrance, posted.sheet_id)
    pages = shown_pages(entrance.questionnaire, is_kiosk=is_kiosk, seed=seed)
    if not 1 <= posted.page <= len(pages):
        raise UnreadableForm
    try:
        turning = await _find_draft(request, entrance, look, posted, now, pages)
        if drafts.SENT in turning.kept:
            return _reply_again(turning)
        return await _turn(turning)
    except DatabaseUnavailable:
        return hold(request, look, posted)


async def _find_draft(
    request: Request, entrance: Entrance, look: Look, posted: Posted, now: datetime, pages: Pages
) -> Turning:
    """Find the draft a page belongs to; another sheet's draft is left alone."""
    asked = read_asked(request.scope["query_string"])
    draft = drafts.draft_token(request, entrance, asked)
    kept = await drafts.load(request, draft, now)
    is_public = entrance.way.kind in PUBLIC_KINDS
    if is_public and kept and kept[drafts.SHEET] != posted.sheet_id:
        draft, kept = "", {}
    if is_public and not draft:
        draft = drafts.new_draft_token()
    return Turning(request, entrance, look, posted, now, pages, draft, kept)


async def _turn(turning: Turning) -> Response:
    posted, page = turning.posted, turning.posted.page
    values = turning.values
    sheet = fill_sheet(list(values.items()), turning.entrance.questionnaire)
    is_last = page == len(turning.pages)
    if posted.step == BACK:
        await _keep(turning, values, turning.reached)
        return _go_to(turning, max(page - 1, 1))
    if page > 1 and not turning.kept:
        await _keep(turning, values, 1)
        return _show(turning, plain_problem("lost", turning.look), values, page=1)
    if posted.step == SEND or is_last or sheet.has_ended:
        return await _send(turning, sheet, values)
    here = {item.id for item in turning.pages[page - 1]}
    problems = find_problems(sheet, posted.sheet_id, turning.look, here)
    if problems is not None:
        return _show(turning, problems, values)
    await _keep(turning, values, max(turning.reached, page + 1))
    return _go_to(turning, page + 1)


async def _send(turning: Turning, sheet: FilledSheet, values: Mapping[str, str]) -> Response:
    request, posted, look = turning.request, turning.posted, turning.look
    problems = find_problems(sheet, posted.sheet_id, look)
    if problems is not None:
        await _keep(turning, values, turning.reached)
        return _show(turning, problems, values)
    reply = await send_sheet(request, turning.entrance, look, posted, sheet, turning.now)
    if reply.status_code == 303:
        await _forget(turning)
    return reply


async def _forget(turning: Turning) -> None:
    """Erase the draft; an open code's leaves a mark, so that Back finds the thanks page again."""
    request, draft = turning.request, turning.draft
    try:
        if turning.entrance.way.kind not in PUBLIC_KINDS:
            await drafts.forget(request, draft)
        elif turning.kept:
            mark = {
                drafts.SHEET: turning.posted.sheet_id,
                drafts.SENT: drafts.digest_of(turning.posted.answers),
            }
            campaign_id = turning.entrance.way.campaign_id
            await drafts.save(request, draft, campaign_id, mark, turning.now)
    except DatabaseUnavailable:
        pass  # the sheet is stored; the draft goes when its day is over


def _reply_again(turning: Turning) -> Response:
    """Answer a page that comes again after the sheet was sent."""
    sent = turning.kept[drafts.SENT]
    if secrets.compare_digest(sent, drafts.digest_of(turning.posted.answers)):
        return see_other(f"{form_address(turning.request)}/thanks{turning.look.query}")
    way = turning.entrance.way
    return reply_message(turning.request, messages.CONFLICT, turning.look, way)


async def _keep(turning: Turning, values: Mapping[str, str], reached: int) -> None:
    own = {
        drafts.SHEET: turning.posted.sheet_id,
        drafts.STAMP: turning.posted.stamp,
        drafts.REACHED: str(reached),
    }
    way = turning.entrance.way
    await drafts.save(
        turning.request, turning.draft, way.campaign_id, {**values, **own}, turning.now
    )


def _go_to(turning: Turning, page: int) -> Response:
    query = turning.look.query_with(_in_address(turning), page)
    return see_other(form_address(turning.request) + query)


def _show(
    turning: Turning, problems: Problems, values: Mapping[str, str], page: int = 0
) -> Response:
    """Show the page again with its answers and what is wrong."""
    posted = turning.posted
    filling = Filling(
        posted.sheet_id,
        posted.stamp,
        values,
        problems,
        seed_of(turning.entrance, posted.sheet_id),
        page or posted.page,
        _in_address(turning),
    )
    shown = turning.request.app.state.pages.filled_form(turning.entrance, turning.look, filling)
    return reply_page(turning.request, shown, 422)


def _in_address(turning: Turning) -> str:
    return turning.draft if turning.entrance.way.kind in PUBLIC_KINDS else ""


def _fields(item_id: str) -> tuple[str, str]:
    return item_id, item_id + EVIDENCE_SUFFIX
