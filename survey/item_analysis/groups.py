"""Which rows of an answers file count, and which group each belongs to."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scales import Questionnaire
from survey.exchange.answers_file import AnswersFile

Rows = NDArray[np.intp]


def is_ended(questionnaire: Questionnaire, packed: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Tell which sheets ticked an option that ends the questionnaire."""
    ended = np.zeros(len(packed), dtype=bool)
    for item in questionnaire.packed_items:
        positions = [
            place for place, option in enumerate(item.options, start=1) if option.id in item.ends
        ]
        if positions:
            ended |= np.isin(packed[:, questionnaire.columns[item.id]], positions)
    return ended


def counted_rows(questionnaire: Questionnaire, packed: NDArray[np.uint8]) -> Rows:
    """Return the rows that count: all but the ended ones."""
    return np.flatnonzero(~is_ended(questionnaire, packed))


def groups_of(answers: AnswersFile, columns: Sequence[str], counted: Rows) -> dict[str, Rows]:
    """Return the rows of each group, by its label; crossed columns have crossed labels."""
    rows: dict[tuple[str, ...], list[int]] = {}
    labels = list(zip(*(answers.labels[column] for column in columns), strict=True))
    for row in counted.tolist():
        rows.setdefault(labels[row], []).append(row)
    return {group_label(group): np.array(rows[group], dtype=np.intp) for group in sorted(rows)}


def group_label(group: Sequence[str]) -> str:
    """Join the labels of a crossed group as a row of CSV would."""
    if len(group) == 1:
        return group[0]
    return ",".join(
        '"' + part.replace('"', '""') + '"' if "," in part or '"' in part else part
        for part in group
    )
