"""`minyi score`: questionnaire + answers → the figures of every scale, without a server."""

from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import NoReturn

import typer

from scales import (
    DefinitionError,
    QualityLimits,
    Questionnaire,
    read_questionnaire,
)
from survey.commands import score_options as options
from survey.commands.find import find_questionnaire
from survey.commands.messages import Language, Locale, in_both_languages, say
from survey.errors import QuestionnaireUnusable, QuestionnaireWithoutScales
from survey.exchange.analysis_json import analysis_json
from survey.exchange.answers_file import AnswersFile, read_answers
from survey.exchange.head_counts import HeadCounts, read_head_counts
from survey.exchange.output_files import check_outputs, write_outputs
from survey.exchange.quality_csv import quality_csv
from survey.exchange.scores_csv import scores_csv
from survey.exchange.table_file import read_bytes
from survey.item_analysis import (
    Choices,
    ItemAnalysisResult,
    SheetsChecked,
    analyse_answers,
    check_sheets,
    counted_rows,
    doubtful_head_counts,
    person_scores,
)
from survey.report.summary import summary_lines

WRONG_USAGE = 2
DEFAULT_LIMITS = QualityLimits()


def register(app: typer.Typer) -> None:
    """Add `minyi score` to the app."""
    app.command("score", help=in_both_languages("commands.score"))(score)


def score(
    questionnaire: options.QuestionnaireName,
    answers: options.AnswersPath,
    by: options.By = None,
    weight: options.Weight = None,
    missing: options.MissingRule = options.Missing.PAIRWISE,
    minimum: options.Minimum = 5,
    json: options.Json = None,
    html: options.Html = None,
    quality: options.QualityCsv = None,
    scores: options.ScoresCsv = None,
    synonym_r: options.SynonymR = DEFAULT_LIMITS.synonym_r,
    antonym_r: options.AntonymR = DEFAULT_LIMITS.antonym_r,
    raters: options.Raters = None,
    head_counts: options.HeadCounts = None,
    bootstrap: options.Bootstrap = 0,
    lang: Language = Locale.CHINESE,
) -> None:
    """Read everything, compute everything, then write the files and print the summary."""
    if head_counts is not None and not by:
        _refuse_usage("score.head_counts.without_by")
    source = find_questionnaire(questionnaire)
    outputs = {"json": json, "html": html, "quality": quality, "scores": scores}
    check_outputs(
        [path for path in outputs.values() if path],
        inputs=[source, answers, *([head_counts] if head_counts else [])],
    )
    definition = _read(source)
    heads = HeadCounts() if head_counts is None else read_head_counts(head_counts)
    choices = Choices(
        missing.value,
        minimum,
        _breakdowns(by or []),
        weight,
        bootstrap,
        _raters(raters),
        heads.people,
    )
    columns = (*chain.from_iterable(choices.by), *(choices.raters or ()))
    sheets = read_answers(answers, definition, list(dict.fromkeys(columns)), weight)
    limits = replace(DEFAULT_LIMITS, synonym_r=synonym_r, antonym_r=antonym_r)
    counted = counted_rows(definition, sheets.packed)
    checked = check_sheets(definition, sheets, counted, limits)
    result = analyse_answers(definition, sheets, choices, checked)
    write_outputs(_contents(outputs, definition, sheets, checked, result, lang.value))
    _print(result, definition, [path for path in outputs.values() if path], lang.value)
    for doubt, values in doubtful_head_counts(heads, result.by):
        typer.echo(say(f"score.head_counts.{doubt}", **values), err=True)


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


def _raters(columns: str | None) -> tuple[str, str] | None:
    """Split --raters into the column of targets and that of raters."""
    if columns is None:
        return None
    target, comma, rater = (part.strip() for part in columns.partition(","))
    if not (comma and target and rater) or "," in rater or target == rater:
        _refuse_usage("score.raters_two_columns", given=columns)
    return target, rater


def _refuse_usage(key: str, **values: object) -> NoReturn:
    typer.echo(say(key, **values), err=True)
    raise typer.Exit(WRONG_USAGE)


def _contents(
    outputs: dict[str, Path | None],
    questionnaire: Questionnaire,
    answers: AnswersFile,
    checked: SheetsChecked,
    result: ItemAnalysisResult,
    locale: str,
) -> dict[Path, bytes]:
    contents: dict[Path, bytes] = {}
    if json := outputs["json"]:
        contents[json] = analysis_json(result)
    if html := outputs["html"]:
        from survey.report.analysis_page import analysis_page

        contents[html] = analysis_page(result, questionnaire, locale).encode()
    if quality := outputs["quality"]:
        contents[quality] = quality_csv(
            checked.quality,
            checked.flags,
            rows=checked.counted.tolist(),
            row_count=len(answers.packed),
        )
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
