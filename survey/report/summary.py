"""The result of an item analysis as a table for the terminal."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from scales import Questionnaire, Scale, ScaleAnalysis
from survey.item_analysis import GroupAnalysis, ItemAnalysisResult, ScaleAgreement, TooFew
from survey.language import messages
from survey.report.judging import word_of
from survey.report.quality_part import QualityPart, quality_part
from survey.report.scale_figures import check_key_first, headline_reliability, resampled
from survey.report.wording import (
    figure,
    in_order,
    interval,
    remarks,
    score_interval,
    share,
    worded,
)
from survey.rules.scoring.judgement import judge

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
    for scale in questionnaire.scales:
        warning = check_key_first(result.scales[scale.id], locale)
        if warning is not None:
            yield say("check_key_line", scale=worded(scale.title, locale), warning=warning)
    yield from _bootstrap_lines(result, questionnaire, locale)
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
        yield from _agreement_lines(result.agreement[columns], questionnaire, locale)
    yield from _rater_lines(result, questionnaire, locale)
    yield ""
    yield from quality_lines(quality_part(result, questionnaire, locale), locale)
    yield ""
    found = in_order(
        remarks(scale, result.scales[scale.id], locale) for scale in questionnaire.scales
    )
    yield say("warnings") if found else say("no_warnings")
    for remark in found:
        yield f"  · [{remark.scale}] {remark.sentence}"


def _bootstrap_lines(
    result: ItemAnalysisResult, questionnaire: Questionnaire, locale: str
) -> Iterator[str]:
    """Yield a line a scale: the intervals of score and reliability from resampling."""
    for scale in questionnaire.scales:
        analysis = result.scales[scale.id]
        if analysis.bootstrap is None:
            continue
        name, value, _ = headline_reliability(scale, analysis)
        yield messages().phrase(
            "score.bootstrap_line",
            locale,
            resamples=analysis.bootstrap.resamples,
            scale=worded(scale.title, locale),
            mean=interval(analysis.mean_percent, resampled(analysis, "mean_percent"), 1),
            name=messages().phrase(f"score.figure.{name}", locale),
            reliability=interval(value, resampled(analysis, name), 2),
        )


def _agreement_lines(
    of_scales: Mapping[str, ScaleAgreement], questionnaire: Questionnaire, locale: str
) -> Iterator[str]:
    """Yield a line a scale: whether the groups differ on it."""
    for scale in questionnaire.scales:
        found = of_scales[scale.id]
        yield messages().phrase(
            "score.icc_line",
            locale,
            scale=worded(scale.title, locale),
            word=word_of(judge("icc1", found.icc1, p=found.p), locale),
            icc1=figure(found.icc1),
            icc2=figure(found.icc2),
        )


def quality_lines(quality: QualityPart, locale: str) -> Iterator[str]:
    """Yield how many sheets each rule flags, and the scores without them."""

    def listed(parts: Sequence[str]) -> str:
        return messages().phrase("score.list_sign", locale).join(parts)

    def pair(name: str, value: object) -> str:
        return messages().phrase("score.name_and_value", locale, name=name, value=value)

    summary = quality.summary
    found = [pair(rule.title, rule.flagged) for rule in quality.rules if rule.flagged]
    yield messages().phrase(
        "score.quality_line" if found else "score.quality_fine",
        locale,
        sheets=summary.sheets,
        flagged=summary.flagged,
        share=share(summary.flagged_share),
        rules=listed(found),
    )
    if found:
        scores = [pair(row.title, figure(row.without.percent, 1)) for row in quality.scores]
        yield messages().phrase("score.without_flagged", locale, scores=listed(scores))
    silent: dict[str, list[str]] = {}
    for rule in quality.rules:
        if rule.not_checked is not None:
            silent.setdefault(rule.not_checked, []).append(rule.title)
    for reason, titles in silent.items():
        yield messages().phrase(
            "score.rules_not_checked", locale, rules=listed(titles), reason=reason
        )


def _rater_lines(
    result: ItemAnalysisResult, questionnaire: Questionnaire, locale: str
) -> Iterator[str]:
    """Yield a line a scale: whether the raters of the same targets agree."""
    for scale in questionnaire.scales if result.rater_agreement is not None else ():
        found = (result.rater_agreement or {})[scale.id]
        icc = found.iccs["ICC2k"].icc if found.iccs else None
        yield messages().phrase(
            "score.rater_line",
            locale,
            scale=worded(scale.title, locale),
            targets=found.targets,
            raters=found.raters,
            word=word_of(judge("rater_icc", icc), locale),
            icc=figure(icc),
        )
        for code in found.warnings:
            warning = messages().phrase(f"score.rater_warning.{code}", locale)
            yield messages().phrase("score.rater_left_out", locale, warning=warning)


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
