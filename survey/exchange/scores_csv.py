"""The score of each sheet as CSV: ids and numbers only, so that no cell can be a formula."""

import csv
import io
import math
from collections.abc import Mapping

from survey.item_analysis import PersonScores


def scores_csv(scores: Mapping[str, PersonScores]) -> bytes:
    """Return a row per sheet, counted from 1; a cell without a score is empty."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    header = [name for scale in scores for name in (f"{scale}_points", f"{scale}_percent")]
    writer.writerow(["row", *header])
    columns = [
        [None if math.isnan(score) else score for score in column.tolist()]
        for of_scale in scores.values()
        for column in (of_scale.points, of_scale.percent)
    ]
    writer.writerows((row, *cells) for row, cells in enumerate(zip(*columns, strict=True), start=1))
    return text.getvalue().encode()
