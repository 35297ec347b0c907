"""Audiences beside each other: who rates higher, by how much, and whether it may be compared."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from survey.results import EvaluationResults, Title
from survey.rules.scoring.invariance import ItemInvariance
from survey.rules.scoring.judgement import BEYOND_CHANCE_BELOW, JudgementLimits
from survey.rules.scoring.standing import AudienceComparison, AudienceDifference
from web.console.figures.worth import Words, words_of

Texts = Mapping[str, Mapping[str, Title]]  # by campaign, then by item


@dataclass(frozen=True, slots=True)
class ComparedItem:
    """An item of two audiences: its words, and whether they understand it alike."""

    figures: ItemInvariance
    text: Title
    bias: Words


@dataclass(frozen=True, slots=True)
class Difference:
    """Two audiences: the difference, how large it is in words, and whether they mean the same."""

    figures: AudienceDifference
    audiences: tuple[str, str]
    is_beyond_chance: bool
    size: Words
    structure: Words
    items: tuple[ComparedItem, ...]

    @property
    def biased(self) -> tuple[ComparedItem, ...]:
        """The items that two audiences understand differently, the worst first."""
        found = [item for item in self.items if item.bias.tone in ("fair", "weak")]
        return tuple(sorted(found, key=lambda item: -(item.figures.judged_r2 or 0.0)))


@dataclass(frozen=True, slots=True)
class Comparison:
    """One scale that several audiences answered."""

    figures: AudienceComparison
    title: Title
    differences: tuple[Difference, ...]


def comparisons_of(results: EvaluationResults, texts: Texts, locale: str) -> tuple[Comparison, ...]:
    """Return the scales that several audiences answered, in words; `texts` are of the items."""
    titles = _titles(results)
    return tuple(
        Comparison(
            figures=found,
            title=titles.get((found.questionnaire, found.scale), {}),
            differences=tuple(_differences(found, texts, results.limits, locale)),
        )
        for found in results.comparisons
    )


def _differences(
    found: AudienceComparison, texts: Texts, limits: JudgementLimits, locale: str
) -> Iterable[Difference]:
    audiences: Mapping[str, str] = {s.campaign: s.audience.value for s in found.scores}
    for pair in found.differences:
        one, two = pair.campaigns
        yield Difference(
            figures=pair,
            audiences=(audiences[one], audiences[two]),
            is_beyond_chance=pair.p is not None and pair.p < BEYOND_CHANCE_BELOW,
            size=words_of("effect", pair.hedges_g, limits, locale),
            structure=words_of("congruence", pair.congruence, limits, locale),
            items=tuple(
                ComparedItem(
                    figures=item,
                    text=texts.get(two, {}).get(item.item, {}),
                    bias=words_of("dif", item.judged_r2, limits, locale),
                )
                for item in pair.items
            ),
        )


def _titles(results: EvaluationResults) -> dict[tuple[str, str], Title]:
    return {
        (campaign.questionnaire, scale.scale): scale.title
        for campaign in results.campaigns
        for scale in campaign.scales
    }
