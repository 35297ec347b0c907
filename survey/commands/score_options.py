"""The arguments and options of `minyi score`, with what their help says."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from survey.commands.messages import in_both_languages


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
SynonymR = Annotated[
    float, typer.Option("--synonym-r", min=0, max=1, metavar="R", help=_help("synonym_r"))
]
AntonymR = Annotated[
    float, typer.Option("--antonym-r", min=-1, max=0, metavar="R", help=_help("antonym_r"))
]
Raters = Annotated[
    str | None, typer.Option("--raters", metavar="TARGET,RATER", help=_help("raters"))
]
HeadCounts = Annotated[
    Path | None, typer.Option("--head-counts", metavar="FILE", help=_help("head_counts"))
]
Bootstrap = Annotated[
    int, typer.Option("--bootstrap", min=0, max=100_000, metavar="N", help=_help("bootstrap"))
]
