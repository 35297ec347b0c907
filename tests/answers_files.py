"""Answers files as people hand them in, and the questionnaire they belong to."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import openpyxl

from scales import Questionnaire, read_questionnaire

HEADER = """
id = "counter"
version = 3
title = { zh-Hans = "窗口服务", en = "At the counter" }

[formats.AG5]
labels.zh-Hans = ["非常不同意", "不同意", "一般", "同意", "非常同意"]
labels.en = ["Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree"]
dont_know = true

[formats.SA3]
labels = { zh-Hans = ["不满意", "一般", "满意"], en = ["Bad", "So so", "Good"] }

[formats.FREE]
points = 11
lowest = 0
fractional = true
dont_know = true
labels = { zh-Hans = ["最差", "最好"], en = ["Worst", "Best"] }
"""

SCALES = """
[[scales]]
id = "{id}"
title = {{ zh-Hans = "{title}", en = "{title}" }}
"""

ITEM = """
[[items]]
id = "{id}"
scale = "{scale}"
format = "{format}"
keyed = "{keyed}"
text = {{ zh-Hans = "{unit} {id} 题", en = "{unit} item {id}" }}
"""

SCREENING = """
[[items]]
id = "P0"
kind = "choice"
options = [
    { id = "often", text = { zh-Hans = "经常", en = "Often" } },
    { id = "never", text = { zh-Hans = "没有", en = "Never" } },
]
ends = ["never"]
text = { zh-Hans = "有往来吗?", en = "Any dealings?" }

[[items]]
id = "T1"
kind = "text"
text = { zh-Hans = "意见", en = "Remarks" }
"""

EASE = {"A1": "+", "A2": "-", "A3": "+"}


def questionnaire_file(
    items: dict[str, str] = EASE, item_format: str = "AG5", *, screening: bool = False
) -> bytes:
    """Return a questionnaire of one scale, `ease`, with these items and keys."""
    parts = [HEADER, SCALES.format(id="ease", title="便捷")]
    parts += [
        ITEM.format(id=item, scale="ease", format=item_format, keyed=keyed, unit="{unit}")
        for item, keyed in items.items()
    ]
    return "".join([*parts, SCREENING if screening else ""]).encode()


def a_questionnaire(
    items: dict[str, str] = EASE, item_format: str = "AG5", *, screening: bool = False
) -> Questionnaire:
    """Return the questionnaire of `questionnaire_file`."""
    return read_questionnaire(questionnaire_file(items, item_format, screening=screening))


def csv_text(rows: Sequence[Sequence[object]]) -> str:
    """Return rows as CSV."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def write_csv(path: Path, rows: Sequence[Sequence[object]], encoding: str = "utf-8") -> Path:
    """Write rows as CSV and return the path."""
    path.write_bytes(csv_text(rows).encode(encoding))
    return path


def write_xlsx(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    """Write rows as the one sheet of a workbook and return the path."""
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(list(row))
    workbook.save(path)
    return path
