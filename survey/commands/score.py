"""`minyi score`: questionnaire + answers → the figures of every scale, without a server."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from scales import (
    DefinitionError,
    Questionnaire,
    read_questionnaire,
    shipped_questionnaires,
)
from survey.commands.messages import Language, Locale, in_both_languages, say
from survey.errors import QuestionnaireUnusable, QuestionnaireWithoutScales, UnknownQuestionnaire
from survey.exchange.analysis_json import analysis_json
from survey.exchange.answers_file import AnswersFile, read_answers
from survey.exchange.output_files import check_outputs, write_outputs
from survey.exchange.scores_csv import scores_csv
from survey.exchange.table_file import read_bytes
from survey.item_analysis import Choices, ItemAnalysisResult, analyse_answers, person_scores
from survey.report.summary import summary_lines

WRONG_USAGE = 2


class Missing(StrEnum):
    """Which sheets the reliability and item figures are computed from."""

    PAIRWISE = "pairwise"
    LISTWISE = "listwise"


def _help(option: str) -> str:
    return in_both_languages(f"score.option.{option}")


QuestionnaireName = Annotated[
    str, typer.Argument(metavar="QUESTIONNAIRE", help=_help("questionnaire"))
]
AnswersPath = Annotated[Path, typer.Argument(metavar="ANSWERS", help=_help("answers"))]
By = Annotated[list[str] | None, typer.Option("--by", metavar="COLUMN[,COLUMN]", help=_help("by"))]
Weight = Annotated[str | None, typer.Option("--weight", metavar="COLUMN", help=_help("weight"))]
MissingRule = Annotated[Missing, typer.Option("--missing", help=_help("missing"))]
Minimum = Annotated[int, typer.Option("--minimum", min=1, metavar="N", help=_help("minimum"))]
Json = Annotated[Path | None, typer.Option("--json", metavar="OUT", help=_help("json"))]
Html = Annotated[Path | None, typer.Option("--html", metavar="OUT", help=_help("html"))]
QualityCsv = Annotated[
    Path | None, typer.Option("--quality-csv", metavar="OUT", help=_help("quality_csv"))
]
ScoresCsv = Annotated[
    Path | None, typer.Option("--scores-csv", metavar="OUT", help=_help("scores_csv"))
]


def register(app: typer.Typer) -> None:
    """Add `minyi score` to the app."""
    app.command("score", help=in_both_languages("commands.score"))(score)


def score(
    questionnaire: QuestionnaireName,
    answers: AnswersPath,
    by: By = None,
    weight: Weight = None,
    missing: MissingRule = Missing.PAIRWISE,
    minimum: Minimum = 5,
    json: Json = None,
    html: Html = None,
    quality_csv: QualityCsv = None,
    scores: ScoresCsv = None,
    lang: Language = Locale.CHINESE,
) -> None:
    """Read everything, compute everything, then write the files and print the summary."""
    if quality_csv is not None:
        typer.echo(say("score.quality_csv_later"), err=True)
        raise typer.Exit(WRONG_USAGE)
    source = _find(questionnaire)
    outputs = {"json": json, "html": html, "scores": scores}
    check_outputs([path for path in outputs.values() if path], inputs=[source, answers])
    definition = _read(source)
    choices = Choices(missing.value, minimum, _breakdowns(by or []), weight)
    columns = list(dict.fromkeys(column for columns in choices.by for column in columns))
    sheets = read_answers(answers, definition, columns, weight)
    result = analyse_answers(definition, sheets, choices)
    write_outputs(_contents(outputs, definition, sheets, result, lang.value))
    _print(result, definition, [path for path in outputs.values() if path], lang.value)


def _find(name: str) -> Path:
    """Return the path of a questionnaire file, or of a shipped one by its id."""
    path, shipped = Path(name), shipped_questionnaires()
    if path.suffix or path.is_file():
        return path
    if name not in shipped:
        raise UnknownQuestionnaire(name=name, shipped=", ".join(shipped))
    return shipped[name]


def _read(path: Path) -> Questionnaire:
    try:
        questionnaire = read_questionnaire(read_bytes(path))
    except DefinitionError as error:
        wrong = [problem for problem in error.problems if not problem.is_warning]
        raise QuestionnaireUnusable(str(path), wrong) from None
    if not questionnaire.scales:
        raise QuestionnaireWithoutScales(file=str(path))
    return questionnaire


def _breakdowns(by: list[str]) -> tuple[tuple[str, ...], ...]:
    """Split each --by at its commas; the same breakdown asked twice is made once."""
    wanted = (tuple(column.strip() for column in columns.split(",")) for columns in by)
    return tuple(dict.fromkeys(wanted))


def _contents(
    outputs: dict[str, Path | None],
    questionnaire: Questionnaire,
    answers: AnswersFile,
    result: ItemAnalysisResult,
    locale: str,
) -> dict[Path, bytes]:
    contents: dict[Path, bytes] = {}
    if json := outputs["json"]:
        contents[json] = analysis_json(result)
    if html := outputs["html"]:
        from survey.report.analysis_page import analysis_page

        contents[html] = analysis_page(result, questionnaire, locale).encode()
    if scores := outputs["scores"]:
        contents[scores] = scores_csv(person_scores(questionnaire, answers))
    return contents


def _print(
    result: ItemAnalysisResult, questionnaire: Questionnaire, written: list[Path], locale: str
) -> None:
    for line in summary_lines(result, questionnaire, locale):
        typer.echo(line)
    for path in written:
        typer.echo(say("score.written", file=path))
