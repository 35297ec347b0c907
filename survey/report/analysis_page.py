"""The result of an item analysis as one self-contained report, for reading and printing."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from scales import Questionnaire, Scale
from survey.item_analysis import ItemAnalysisResult, RaterAgreement
from survey.language import messages
from survey.report.judging import Judged, judged
from survey.report.quality_part import quality_part
from survey.report.scale_page import scale_part
from survey.report.unit_part import breakdowns_of
from survey.report.wording import figure, in_order, remarks, share, worded

_TEMPLATES = Path(__file__).parent / "templates"
_FIRST_REMARKS = 4  # on the first page; each scale's page has its own


@dataclass(frozen=True)
class RaterPart:
    """Whether the raters of the same targets agree on a scale."""

    title: str
    agreement: RaterAgreement
    judged: Judged
    warnings: list[str]


def analysis_page(result: ItemAnalysisResult, questionnaire: Questionnaire, locale: str) -> str:
    """Return the report: an overview, a page a scale, groups, quality, figures and method."""
    parts = [scale_part(scale, result.scales[scale.id], locale) for scale in questionnaire.scales]
    found = in_order(remarks(part.scale, part.analysis, locale) for part in parts)
    to_do = [remark for remark in found if remark.needs_action]
    template = _environment(partial(messages().phrase, locale=locale)).get_template(
        "item_analysis.html"
    )
    return template.render(
        language="zh-CN" if locale == "zh-Hans" else locale,
        title=worded(questionnaire.title, locale),
        result=result,
        parts=parts,
        to_do=to_do[:_FIRST_REMARKS],
        left_out_count=max(0, len(to_do) - _FIRST_REMARKS),
        to_know=[remark for remark in found if not remark.needs_action],
        breakdowns=breakdowns_of(result, questionnaire, locale),
        quality=quality_part(result, questionnaire, locale),
        raters=_raters(result, questionnaire, locale),
    )


def _environment(phrase: Callable[..., str]) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["t"] = lambda key, **values: phrase(f"score.{key}", **values)
    environment.filters |= {"figure": figure, "share": share}
    return environment


def _raters(
    result: ItemAnalysisResult, questionnaire: Questionnaire, locale: str
) -> list[RaterPart]:
    if result.rater_agreement is None:
        return []
    found = result.rater_agreement
    return [_rater_part(scale, found[scale.id], locale) for scale in questionnaire.scales]


def _rater_part(scale: Scale, agreement: RaterAgreement, locale: str) -> RaterPart:
    mean_of_raters = agreement.iccs.get("ICC2k")
    return RaterPart(
        worded(scale.title, locale),
        agreement,
        judged("rater_icc", mean_of_raters.icc if mean_of_raters else None, locale),
        [messages().phrase(f"score.rater_warning.{code}", locale) for code in agreement.warnings],
    )
