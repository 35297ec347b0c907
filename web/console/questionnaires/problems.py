"""Problems of a draft in the editor's words, each with the page that mends it."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from scales import Problem
from survey.language import messages
from web.templating import screen_phrases


@dataclass(frozen=True, slots=True)
class ShownProblem:
    """A problem in words; `table` and `address` say where it is mended."""

    table: str
    where: str
    address: str
    words: str
    is_warning: bool


def shown_problems(problems: Iterable[Problem], address: str, locale: str) -> list[ShownProblem]:
    """Return problems in words, what hinders publishing first, each said once."""
    shown = [
        ShownProblem(
            problem.table,
            _where(problem, locale),
            f"{address}/{_page(problem)}",
            problem_words(problem, locale),
            problem.is_warning,
        )
        for problem in problems
    ]
    return sorted(dict.fromkeys(shown), key=lambda each: each.is_warning)


def problem_words(problem: Problem, locale: str) -> str:
    """Return what is wrong: for someone who sees forms, else as `minyi check` says it."""
    field = problem.key.rpartition(".")[2]
    values = {"table": problem.table, "field": field, **problem.values}
    language = problem.values.get("language", field)
    name = f"console.editor.language.{language}"
    is_ours = screen_phrases().has(name, locale)
    values["language"] = screen_phrases().phrase(name, locale) if is_ours else language
    for key in (f"{problem.code}_{field}", problem.code):
        if screen_phrases().has(f"console.editor.problem.{key}", locale):
            return screen_phrases().phrase(f"console.editor.problem.{key}", locale, **values)
    return messages().phrase(f"definition.{problem.code}", locale, **values)


def file_problem_words(problem: Problem, locale: str) -> str:
    """Return what is wrong in a file that was handed in, with its line, as `minyi check` says."""
    values = {"table": problem.table, "field": problem.key.rpartition(".")[2], **problem.values}
    words = messages().phrase(f"definition.{problem.code}", locale, **values)
    if problem.line is None:
        return words
    line = screen_phrases().phrase("console.editor.line", locale, line=problem.line)
    return screen_phrases().phrase("console.editor.in_line", locale, line=line, words=words)


def _page(problem: Problem) -> str:
    part, _, name = problem.table.partition(".")
    if part in ("items", "scales", "formats") and name:
        return f"{part}/{quote(name)}"
    return "" if problem.key == "items" else "head"


def _where(problem: Problem, locale: str) -> str:
    part, _, name = problem.table.partition(".")
    part, _, number = part.partition("[")  # ``items[3]`` is the third, that has no good id
    key = f"console.editor.where.{part or 'head'}"
    return screen_phrases().phrase(key, locale, id=name or number.rstrip("]"))
