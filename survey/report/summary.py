"""The result of an item analysis as a table for the terminal."""

import unicodedata
from collections.abc import Iterator, Sequence

from scales import Questionnaire, Scale, ScaleAnalysis
from survey.item_analysis import GroupAnalysis, ItemAnalysisResult, TooFew
from survey.language import messages
from survey.report.wording import figure, in_order, interval, remarks, score_interval, worded

_GAP = "  "
_WIDE = ("W", "F")


def summary_lines(
    result: ItemAnalysisResult, questionnaire: Questionnaire, locale: str
) -> Iterator[str]:
    """Yield the lines: what was read, each scale, each group, what to look into."""

    def say(key: str, **values: object) -> str:
        return messages().phrase(f"score.{key}", locale, **values)

    yield f"{worded(questionnaire.title, locale)} ({questionnaire.id} v{questionnaire.version})"
    yield say("sheets", sheets=result.sheets)
    if result.ended:
        yield say("sheets_ended", ended=result.ended)
    yield ""
    yield from _table(
        [say(f"column_{name}") for name in ("scale", "n", "percent", "alpha")],
        [_scale_row(scale, result.scales[scale.id], locale) for scale in questionnaire.scales],
    )
    for columns, groups in result.by.items():
        yield ""
        yield say("by_group", columns=columns)
        heads = [worded(scale.title, locale) for scale in questionnaire.scales]
        too_few = say("too_few", minimum=result.minimum)
        yield from _table(
            [say("column_group"), say("column_sheets"), *heads],
            [
                [label or say("no_group"), *_group_row(group, too_few)]
                for label, group in groups.items()
            ],
        )
    yield ""
    found = in_order(
        remarks(scale, result.scales[scale.id], locale) for scale in questionnaire.scales
    )
    yield say("warnings") if found else say("no_warnings")
    for remark in found:
        yield f"  · [{remark.scale}] {remark.sentence}"


def _scale_row(scale: Scale, analysis: ScaleAnalysis, locale: str) -> list[str]:
    return [
        worded(scale.title, locale),
        str(analysis.n),
        interval(analysis.mean_percent, score_interval(scale, analysis), 1),
        interval(analysis.alpha, analysis.alpha_ci95, 2),
    ]


def _group_row(group: GroupAnalysis, too_few: str) -> list[str]:
    scores = [
        too_few if isinstance(scale, TooFew) else figure(scale.mean_percent, 1)
        for scale in group.scales.values()
    ]
    return [str(group.n), *scores]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Align columns by the width signs have on a terminal; the first column to the left."""
    widths = [max(map(_width, column)) for column in zip(head, *rows, strict=True)]
    yield _line(head, widths)
    yield _GAP.join("-" * width for width in widths)
    for row in rows:
        yield _line(row, widths)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = (
        (cell, " " * (width - _width(cell))) for cell, width in zip(cells, widths, strict=True)
    )
    return _GAP.join([first[0] + first[1], *(room + cell for cell, room in others)]).rstrip()


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in _WIDE else 1 for sign in text)
