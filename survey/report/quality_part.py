"""How careful the sheets look, as the report and the terminal show it."""

from dataclasses import dataclass

from scales import Questionnaire, Scale
from survey.item_analysis import ItemAnalysisResult, QualitySummary, ScoreWithout
from survey.language import messages
from survey.report.judging import Judged, judged
from survey.report.scale_page import Score
from survey.report.wording import within_scale, worded


@dataclass(frozen=True)
class RuleRow:
    """How many sheets a rule flags, and what the rule is; `not_checked` is why it does not look."""

    title: str
    means: str
    flagged: int | None
    share: float | None
    not_checked: str | None


@dataclass(frozen=True)
class WithoutRow:
    """One scale's score with and without the flagged sheets."""

    title: str
    whole: Score
    without: Score
    n_without: int
    difference: float | None


@dataclass(frozen=True)
class QualityPart:
    """The quality of the sheets in words, rules and scores."""

    summary: QualitySummary
    judged: Judged
    rules: list[RuleRow]
    scores: list[WithoutRow]


def quality_part(
    result: ItemAnalysisResult, questionnaire: Questionnaire, locale: str
) -> QualityPart:
    """Put the quality of the sheets together."""
    summary = result.quality

    def say(rule: str) -> str:
        return messages().phrase(f"score.quality_rule.{rule}", locale, **summary.limits)

    return QualityPart(
        summary,
        judged("flagged_share", summary.flagged_share, locale),
        [
            RuleRow(
                say(f"{rule}_title"),
                say(f"{rule}_means"),
                count.flagged,
                count.share,
                count.reason and messages().phrase(f"score.not_checked.{count.reason}", locale),
            )
            for rule, count in summary.rules.items()
        ],
        [_without(scale, summary.scales[scale.id], locale) for scale in questionnaire.scales],
    )


def _without(scale: Scale, found: ScoreWithout, locale: str) -> WithoutRow:
    whole, without = found.mean_percent, found.mean_percent_without
    return WithoutRow(
        worded(scale.title, locale),
        Score(whole, within_scale(scale, found.ci95_percent)),
        Score(without, within_scale(scale, found.ci95_percent_without)),
        found.n_without,
        None if whole is None or without is None else without - whole,
    )
