"""A file of answers, a row a sheet → packed positions, group labels and weights."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scales import Questionnaire
from survey.errors import TableUnreadable
from survey.exchange.answer_columns import find_columns
from survey.exchange.answer_rows import RowReader, Sheets
from survey.exchange.refusals import Refusals
from survey.exchange.table_file import Table, read_table

_ROWS_AT_ONCE = 16_384


@dataclass(frozen=True)
class AnswersFile:
    """What a file of answers holds, a row a sheet, in the order of the file."""

    packed: NDArray[np.uint8]  # (sheets, packed items of the questionnaire)
    points: NDArray[np.float64] | None  # as answered, where a format allows fractions; else NaN
    labels: Mapping[str, Sequence[str]]  # column → its cell in each row
    weights: NDArray[np.float64] | None
    seconds: NDArray[np.float64] | None = None  # NaN where not known; None without the column


def read_answers(
    path: Path, questionnaire: Questionnaire, labels: Sequence[str] = (), weight: str | None = None
) -> AnswersFile:
    """Read every row, or raise with the cells that are wrong."""
    table = read_table(path)
    columns = find_columns(table, questionnaire, labels, weight)
    refusals = Refusals(table.file)
    reader = RowReader(columns, len(questionnaire.packed_items), refusals)
    parts = [reader.read(rows) for rows in _rows_at_once(table)]
    refusals.raise_if_any()
    if not parts:
        raise TableUnreadable("table_header_only", file=table.file)
    return _joined(parts)


def _rows_at_once(table: Table) -> Iterator[list[tuple[int, list[str]]]]:
    while rows := list(islice(table.rows, _ROWS_AT_ONCE)):
        yield rows


def _joined(parts: Sequence[Sheets]) -> AnswersFile:
    points = [part.points for part in parts if part.points is not None]
    seconds = [part.seconds for part in parts if part.seconds is not None]
    weights = [part.weights for part in parts if part.weights is not None]
    return AnswersFile(
        packed=np.concatenate([part.packed for part in parts]),
        points=np.concatenate(points) if points else None,
        labels={
            name: [label for part in parts for label in part.labels[name]]
            for name in parts[0].labels
        },
        weights=np.concatenate(weights) if weights else None,
        seconds=np.concatenate(seconds) if seconds else None,
    )
