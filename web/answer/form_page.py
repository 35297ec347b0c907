"""The page with the form: a whole questionnaire, or one page of it, empty or filled."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scales import Questionnaire
from survey.rules.sheets.order import shown_items
from survey.rules.sheets.paging import Pages, is_paged, pages_of
from web.answer.frame import Frame
from web.answer.look import Look
from web.answer.subject import Subject, write_notice
from web.answer.views import BlockView, Wording, view_pages

_KEY_LENGTH = 12


@dataclass(frozen=True, slots=True)
class ProblemLink:
    """An item that stands in the way of sending, and where it is."""

    address: str
    words: str


@dataclass(frozen=True, slots=True)
class Problems:
    """Why a sheet was not taken yet; `by_item` is what each item says of itself."""

    heading: str
    advice: str
    by_item: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Filling:
    """A form on its way: the sheet's id and stamp, what was filled in, what is wrong.

    Of a questionnaire on several pages also the page, the draft in the address, and the page at
    which somebody who left may go on. `has_sent` where the phone says it has sent a sheet before.
    """

    sheet_id: str
    stamp: str
    values: Mapping[str, str]
    problems: Problems
    seed: int | None = None
    page: int = 1
    draft: str = ""
    go_on_at: int = 0
    has_sent: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """The items of one page, under its progress."""

    progress: str
    blocks: tuple[BlockView, ...]


NO_PROBLEMS = Problems("", "", {})


def shown_pages(questionnaire: Questionnaire, *, is_kiosk: bool, seed: int | None = None) -> Pages:
    """Return the items page by page; a kiosk keeps no draft, so all stand on one."""
    if is_kiosk or not is_paged(questionnaire):
        return (shown_items(questionnaire, seed),)
    return pages_of(questionnaire, seed)


def render_form(
    frame: Frame, subject: Subject, questionnaire: Questionnaire, look: Look, filling: Filling
) -> bytes:
    """Render the form's page."""
    pages = shown_pages(questionnaire, is_kiosk=subject.is_kiosk, seed=filling.seed)
    wording = Wording(look, subject.unit_name, filling.problems.by_item, filling.values)
    blocks = view_pages(pages, wording)
    number, count = filling.page, len(pages)
    progress = look.phrase("answer.progress", page=number, pages=count) if count > 1 else ""
    parts = (filling.problems.heading, wording.of(questionnaire.title), progress, subject.unit_name)
    links = [] if filling.problems.heading else look.links(questionnaire.languages)
    if count > 1 and links:
        links = look.links(questionnaire.languages, filling.draft, number)
    values = _opening(subject, questionnaire, wording) | {
        "sections": [Section(progress, blocks[number - 1])],
        "problems": filling.problems,
        "problem_links": _problem_links(blocks, filling, look),
        "values": defaultdict(str, filling.values),
        "sheet_id": filling.sheet_id,
        "stamp": filling.stamp,
        "page": number,
        "page_count": count,
        "form_query": look.query_with(filling.draft) if filling.draft else "",
        "go_on_at": look.query_with(filling.draft, filling.go_on_at) if filling.go_on_at else "",
        "go_on_page": filling.go_on_at,
        "has_sent": filling.has_sent,
        "key": questionnaire.digest.rpartition(":")[2][:_KEY_LENGTH],
        "is_shuffled": questionnaire.shuffle,
        "is_preview": False,
    }
    title = " · ".join(filter(None, parts))
    return frame.render("answer/page.html", look, title, values, subject=subject, links=links)


def render_preview(
    frame: Frame, subject: Subject, questionnaire: Questionnaire, look: Look
) -> bytes:
    """Render all pages of a questionnaire under each other, in a form that cannot be sent."""
    wording = Wording(look, subject.unit_name)
    pages = view_pages(shown_pages(questionnaire, is_kiosk=False), wording)
    count = len(pages)
    values = _opening(subject, questionnaire, wording) | {
        "sections": [
            Section(look.phrase("answer.progress", page=n, pages=count) if count > 1 else "", page)
            for n, page in enumerate(pages, start=1)
        ],
        "problems": NO_PROBLEMS,
        "values": defaultdict(str),
        "page": 1,
        "page_count": 1,
        "go_on_at": "",
        "has_sent": False,
        "is_preview": True,
    }
    title = f"{look.phrase('answer.preview')} · {wording.of(questionnaire.title)}"
    return frame.render("answer/page.html", look, title, values, subject=subject, has_script=False)


def _opening(subject: Subject, questionnaire: Questionnaire, wording: Wording) -> dict[str, Any]:
    opening, _, more = wording.of(questionnaire.opening or {}).strip().partition("\n")
    return {
        "subject": subject,
        "questionnaire_title": wording.of(questionnaire.title),
        "opening": opening,
        "more": more.strip(),
        "notice": write_notice(subject, questionnaire, wording.look),
        "statement": subject.statement or "",
    }


def _problem_links(
    blocks: tuple[tuple[BlockView, ...], ...], filling: Filling, look: Look
) -> list[ProblemLink]:
    return [
        ProblemLink(
            f"#{item.id}"
            if number == filling.page
            else f"{look.query_with(filling.draft, number) or '?'}#{item.id}",
            f"{item.number}. {item.words}",
        )
        for number, page in enumerate(blocks, start=1)
        for block in page
        for item in block.items
        if item.problem
    ]
