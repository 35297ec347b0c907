"""What keeps a sheet from being stored, or a page from being turned, in words."""

from collections.abc import Collection

from survey.rules.sheets.answers import FilledSheet
from web.answer.form_page import Problems
from web.answer.look import Look


def find_problems(
    sheet: FilledSheet, sheet_id: str, look: Look, only: Collection[str] | None = None
) -> Problems | None:
    """Return what keeps a sheet from being stored, or None; `only` looks at one page's items."""
    by_item = {name: look.phrase("answer.problem.missed") for name in sheet.missed}
    by_item |= {
        name.partition("@")[0]: look.phrase("answer.problem.too_long") for name in sheet.too_long
    }
    if only is not None:
        by_item = {name: words for name, words in by_item.items() if name in only}
    if by_item:
        return Problems(
            look.phrase("answer.problem.heading", count=len(by_item)),
            look.phrase("answer.problem.advice"),
            by_item,
        )
    if only is None and sheet.is_blank:
        return plain_problem("blank", look)
    return None if sheet_id else plain_problem("page", look)


def plain_problem(key: str, look: Look) -> Problems:
    """Return a problem that belongs to no item."""
    heading, advice = f"answer.problem.{key}.heading", f"answer.problem.{key}.advice"
    return Problems(look.phrase(heading), look.phrase(advice), {})
