"""…/items: rate all units on one item, then on the next; words are written unit by unit."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from scales import Item, ItemKind
from survey.collect.office import UnitRating, keep_rating
from survey.errors import DatabaseUnavailable, UnreadableForm
from survey.rules.sheets.order import shown_items
from survey.rules.ways_in.rating_pairs import RatingState
from web.answer.asked import read_asked
from web.answer.office.desk import Opened, open_office
from web.answer.office.rate_unit import go_on, seconds_on, stamped
from web.answer.posted import BACK, NEXT, Posted, read_posted
from web.answer.reply import see_other
from web.answer.send import hold
from web.answer.views import ItemView, Wording, view_item


@dataclass(frozen=True, slots=True)
class UnitField:
    """A unit under an item: its name, and the name of its answer's field."""

    name: str
    field: str
    value: str


async def show_item(request: Request) -> Response:
    """Show one item and all units under it."""
    opened = await open_office(request)
    if isinstance(opened, Response):
        return opened
    items = _items(opened)
    page = min(read_asked(request.scope["query_string"]).page, len(items))
    ratings = _rated(await opened.ratings())
    return _show(opened, items, page, ratings)


async def keep_item(request: Request) -> Response:
    """Keep what the units were given on one item, and go on."""
    posted = read_posted(await request.body())
    opened = await open_office(request, posted)
    if isinstance(opened, Response):
        return opened
    items = _items(opened)
    if not 1 <= posted.page <= len(items):
        raise UnreadableForm
    item, is_end = items[posted.page - 1], posted.step == NEXT and posted.page == len(items)
    given = dict(posted.answers)
    for name in given:
        opened.way_of(name.removesuffix(f"@{item.id}"))
    ratings = await opened.ratings()
    try:
        await opened.write(
            lambda session: _keep(session, opened, ratings, item, posted, is_end=is_end)
        )
    except DatabaseUnavailable:
        return hold(request, opened.look, posted)
    page = posted.page - 1 if posted.step == BACK else posted.page + 1
    if is_end or posted.step not in (BACK, NEXT):
        return await go_on(opened)
    return see_other(opened.address("items", query=opened.look.query_with(page=max(page, 1))))


def _keep(
    session: Session,
    opened: Opened,
    ratings: Sequence[UnitRating],
    item: Item,
    posted: Posted,
    *,
    is_end: bool,
) -> None:
    """Keep what differs from before; a unit that was sent and stays as it is needs no sending."""
    given = dict(posted.answers)
    seconds = (seconds_on(opened, posted) or 0) // max(len(given), 1)
    for rating in ratings:
        value = given.get(f"{rating.way.unit_code}@{item.id}", "")
        is_changed = bool(value) and value != rating.values.get(item.id, "")
        if is_changed or (is_end and rating.is_kept):
            keep_rating(
                session,
                opened.desk,
                rating.way,
                {item.id: value} if value else {},
                [item.id] if value else [],
                opened.now,
                seconds=seconds,
                is_done=is_end,
            )


def _show(
    opened: Opened, items: Sequence[Item], page: int, ratings: Sequence[UnitRating]
) -> Response:
    look, item = opened.look, items[page - 1]
    wording = Wording(look, look.phrase("answer.office.this_unit"))
    view = _plain_options(view_item(page, item, wording), item, wording)
    progress = look.phrase("answer.office.item_progress", page=page, pages=len(items))
    values = {
        "item": view,
        "units": [
            UnitField(
                rating.way.unit_name,
                f"{rating.way.unit_code}@{item.id}",
                rating.values.get(item.id, ""),
            )
            for rating in ratings
        ],
        "values": defaultdict(str),
        "progress": progress,
        "page": page,
        "page_count": len(items),
        "list_address": opened.address("units"),
        **stamped(opened),
    }
    links = look.links(opened.desk.questionnaire.languages, "", page)
    return opened.page("item", f"{view.words} · {progress}", values, links=links)


def _plain_options(view: ItemView, item: Item, wording: Wording) -> ItemView:
    """Leave out what an option says of ending the questionnaire: here the next item follows."""
    if not item.options:
        return view
    plain = zip(view.choices, item.options, strict=True)
    return replace(
        view, choices=tuple(replace(c, words=wording.of(option.text)) for c, option in plain)
    )


def _items(opened: Opened) -> list[Item]:
    shown = shown_items(opened.desk.questionnaire)
    return [item for item in shown if item.kind is not ItemKind.TEXT]


def _rated(ratings: Sequence[UnitRating]) -> list[UnitRating]:
    """Return the units that are asked about: not those without dealings."""
    return [
        rating
        for rating in ratings
        if rating.state is not RatingState.NO_DEALINGS and not rating.sheet.has_ended
    ]
