"""What the commands say: the language chosen with --lang, and errors as sentences."""

from contextvars import ContextVar
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from survey.errors import AnswersRefused, QuestionnaireUnusable, SurveyError
from survey.language import DEFAULT_LOCALE, LOCALES, messages

if TYPE_CHECKING:  # --help does not load the arithmetic
    from scales import Problem

_locale: ContextVar[str] = ContextVar("locale", default=DEFAULT_LOCALE)


class Locale(StrEnum):
    """The languages of the commands."""

    CHINESE = "zh-Hans"
    ENGLISH = "en"


_ALSO = {"zh": Locale.CHINESE.value}  # there is no other Chinese


def in_both_languages(key: str) -> str:
    """Return the phrase in every language; for help texts, which come before --lang is read."""
    return " · ".join(messages().phrase(key, locale) for locale in LOCALES)


def _locale_of(name: str) -> Locale:
    try:
        return Locale(_ALSO.get(name, name))
    except ValueError:
        raise typer.BadParameter(f"{name} (zh-Hans, en)") from None


def _choose(locale: Locale) -> Locale:
    _locale.set(locale.value)
    return locale


Language = Annotated[
    Locale,
    typer.Option(
        "--lang",
        is_eager=True,
        callback=_choose,
        parser=_locale_of,
        metavar="|".join(LOCALES),
        help=in_both_languages("commands.lang"),
    ),
]


def say(key: str, **values: object) -> str:
    """Return the phrase in the language of this command."""
    return messages().phrase(key, _locale.get(), **values)


def print_error(error: SurveyError) -> None:
    """Print what is wrong, where, and the remedy, on the error stream."""
    typer.echo(say("commands.error", message=say(f"errors.{error.code}", **error.values)), err=True)
    for line in _details(error):
        typer.echo(f"  {line}", err=True)


def _details(error: SurveyError) -> list[str]:
    if isinstance(error, AnswersRefused):
        lines = [say(f"answers.{cell.code}", **cell.values) for cell in error.cells]
        more = error.count - len(error.cells)
        return lines + ([say("answers.and_more", count=more)] if more else [])
    if isinstance(error, QuestionnaireUnusable):
        return [describe_problem(problem, str(error.values["file"])) for problem in error.problems]
    return []


def describe_problem(problem: "Problem", file: str) -> str:
    """Return one line: where in the questionnaire file, and what is wrong or doubtful there."""
    place = file if problem.line is None else f"{file}:{problem.line}"
    where = ".".join(name for name in (problem.table, problem.key) if name)
    values = {"table": problem.table, "field": problem.key.rpartition(".")[2], **problem.values}
    sentence = say(f"definition.{problem.code}", **values)
    if problem.is_warning:
        sentence = say("check.warning", sentence=sentence)
    return "  ".join(part for part in (place, where, sentence) if part)
