"""The reference folders as cases: a record of values.json beside its scale and its answers."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
from scale_builders import ANY_ANSWER, a_scale, pack

from scales import Scale, ScaleAnalysis, align_keying, analyse_scale, respondent_percent

FOLDER = Path(__file__).parent / "reference"
DATASETS = sorted(path.parent.name for path in FOLDER.glob("*/values.json"))


@dataclass(frozen=True, eq=False)
class Case:
    """One record with what is needed to compute its figure again."""

    record: dict[str, Any]
    rows: list[dict[str, str]]
    described: dict[str, Any]

    @cached_property
    def scale(self) -> Scale:
        """The scale as described, with a score for everybody who answered anything."""
        described = self.described
        return a_scale(
            described["items"],
            described["reverse"],
            lowest=described["min"],
            points=described["max"] - described["min"] + 1,
            min_answered=ANY_ANSWER,
        )

    @property
    def raw(self) -> np.ndarray:
        """Points as answered, NaN where the cell is empty."""
        return np.array(
            [[float(row[item] or "nan") for item in self.described["items"]] for row in self.rows]
        )

    @property
    def packed(self) -> np.ndarray:
        """The answers as packed positions."""
        return pack(self.raw, self.scale)

    @property
    def policy(self) -> str:
        """The missing-answer policy the record was computed under."""
        return "listwise" if self.record["missing"] == "listwise" else "pairwise"

    @cached_property
    def analysis(self) -> ScaleAnalysis:
        """All figures of the scale under the record's policy."""
        return analyse_scale(self.packed, self.scale, missing=self.policy)

    @property
    def item(self) -> int:
        """The column of the record's item."""
        return self.described["items"].index(self.record["item"])

    @property
    def pair(self) -> tuple[int, int]:
        """The columns of the record's two items."""
        first, second = self.record["item"].split("|")
        return self.described["items"].index(first), self.described["items"].index(second)

    @property
    def percent(self) -> np.ndarray:
        """Each person's percent."""
        return respondent_percent(align_keying(self.raw, self.scale), self.scale)

    def where(self, **columns: str) -> "Case":
        """Return the same case with the rows that have these values in these columns."""
        rows = [r for r in self.rows if all(r[name] == value for name, value in columns.items())]
        return replace(self, rows=rows)

    def complete(self) -> "Case":
        """Return the same case with the rows that answer every item."""
        rows = [r for r in self.rows if all(r[item] for item in self.described["items"])]
        return replace(self, rows=rows)

    def without(self, *items: str) -> "Case":
        """Return the same case without these items."""
        kept = [item for item in self.described["items"] if item not in items]
        return replace(self, described=self.described | {"items": kept})

    def keyed(self, *reverse: str) -> "Case":
        """Return the same case with other reverse items."""
        return replace(self, described=self.described | {"reverse": list(reverse)})

    def column(self, name: str, file: str | None = None) -> np.ndarray:
        """Return a column of numbers of the case's rows, or of another file of the folder."""
        rows = self.rows if file is None else read_rows(self.record["dataset"], file)
        return np.array([float(row[name]) for row in rows])


@cache
def read_rows(dataset: str, file: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file of a reference folder."""
    with (FOLDER / dataset / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def cases(dataset: str) -> Iterator[Case]:
    """Return every record of a reference folder as a case."""
    values = json.loads((FOLDER / dataset / "values.json").read_text("utf-8"))
    for record in values["records"]:
        if record.get("method") == "lmer":  # the same figures once more, from a fitted model
            record["statistic"] += "_lmer"
        described = values["scales"][record["scale"]]
        yield Case(record, read_rows(dataset, described["file"]), described)
