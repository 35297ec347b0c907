"""`minyi check`: everything that is wrong or doubtful in a questionnaire file, at once."""

from pathlib import Path
from typing import Annotated

import typer

from scales import DefinitionError, check_questionnaire, read_questionnaire
from survey.commands.find import find_questionnaire
from survey.commands.messages import Language, Locale, describe_problem, in_both_languages, say
from survey.errors import QuestionnaireUnusable
from survey.exchange.table_file import read_bytes

QuestionnaireFile = Annotated[
    str,
    typer.Argument(metavar="QUESTIONNAIRE.toml", help=in_both_languages("check.questionnaire")),
]
OlderFile = Annotated[
    Path | None, typer.Option(metavar="OLDER.toml", help=in_both_languages("check.against"))
]


def register(app: typer.Typer) -> None:
    """Add `minyi check` to the app."""
    app.command("check", help=in_both_languages("commands.check"))(check)


def check(
    questionnaire: QuestionnaireFile, against: OlderFile = None, lang: Language = Locale.CHINESE
) -> None:
    """Print one line a problem; exit with 1 if the file cannot be used."""
    source = find_questionnaire(questionnaire)
    content = read_bytes(source)
    older = _read_older(against) if against is not None else None
    problems = check_questionnaire(content, older)
    for problem in problems:
        typer.echo(describe_problem(problem, str(source)))
    warnings = sum(problem.is_warning for problem in problems)
    if len(problems) > warnings:
        typer.echo(say("check.unusable", errors=len(problems) - warnings, warnings=warnings))
        raise typer.Exit(1)
    _print_summary(content, warnings)


def _read_older(path: Path) -> bytes:
    content = read_bytes(path)
    try:
        read_questionnaire(content)
    except DefinitionError as error:
        raise QuestionnaireUnusable(str(path), error.problems) from None
    return content


def _print_summary(content: bytes, warnings: int) -> None:
    questionnaire = read_questionnaire(content)
    if warnings:
        typer.echo(say("check.usable", warnings=warnings))
    typer.echo(
        say(
            "check.good",
            id=questionnaire.id,
            version=questionnaire.version,
            items=len(questionnaire.items),
            scales=len(questionnaire.scales),
            languages=", ".join(questionnaire.languages),
        )
    )
    typer.echo(say("check.digest", digest=questionnaire.digest))
