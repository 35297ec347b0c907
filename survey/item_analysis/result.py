"""What an item analysis finds; the names and their order are the keys of the result file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from scales import ScaleAnalysis

Missing = Literal["pairwise", "listwise"]
Interval = tuple[float, float]

TOO_FEW = "too_few"


@dataclass(frozen=True)
class QuestionnaireMark:
    """Which questionnaire the figures are of, to the byte."""

    id: str
    version: int
    digest: str


@dataclass(frozen=True)
class TooFew:
    """Stands for the figures of a scale in a group that is too small to show them."""

    n: int
    keyed: Mapping[str, str]  # item id → + or −, all that is said about the items


@dataclass(frozen=True)
class GroupAnalysis:
    """The sheets of one group; `n` counts them whether or not they have a score."""

    n: int
    scales: Mapping[str, ScaleAnalysis | TooFew]
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class UnitAgreement:
    """What one unit's mean is worth; `n` counts people with a score, `rwg` is of complete ones.

    None with fewer people than the minimum, or where a figure does not exist.
    """

    n: int
    mean_points: float | None
    rwg: float | None
    ad: float | None
    shrunken_mean_points: float | None
    reliability: float | None
    more_answers: Mapping[str, int | None]  # reliability wanted → answers still lacking
    head_count: int | None
    response_rate: float | None
    ci95_percent: Interval | None  # narrower, for the people left who could still answer
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class ScaleAgreement:
    """Whether the units of a breakdown differ on a scale, and each unit's agreement.

    `p` is how often chance alone makes units that are alike differ this much or more.
    """

    icc1: float | None
    icc2: float | None
    answers_needed: Mapping[str, int | None]  # reliability wanted → answers for each unit
    units: Mapping[str, UnitAgreement]
    warnings: tuple[str, ...]
    p: float | None = None


@dataclass(frozen=True)
class RuleCount:
    """How many sheets a rule flags; None where it cannot look, and `reason` is why not.

    Reasons are those of `rules_not_checked`, and ``no_arrivals``: a file does not tell when sheets
    came.
    """

    flagged: int | None
    share: float | None
    reason: str | None = None


@dataclass(frozen=True)
class ScoreWithout:
    """A scale's score of all sheets beside that of the sheets without a flag."""

    n: int
    mean_percent: float | None
    n_without: int
    mean_percent_without: float | None
    ci95_percent_without: Interval | None
    ci95_percent: Interval | None = None


@dataclass(frozen=True)
class QualitySummary:
    """What the quality of the sheets looks like; flags delete nothing."""

    sheets: int
    flagged: int
    flagged_share: float | None
    rules: Mapping[str, RuleCount]
    limits: Mapping[str, float]
    scales: Mapping[str, ScoreWithout]


@dataclass(frozen=True)
class RaterIcc:
    """One intraclass correlation of Shrout and Fleiss."""

    icc: float | None
    ci95: Interval | None
    f: float | None
    df1: int
    df2: int
    p: float | None


@dataclass(frozen=True)
class RaterAgreement:
    """Whether raters of the same targets agree on a scale; only of the balanced part."""

    targets: int
    raters: int
    iccs: Mapping[str, RaterIcc]
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class ItemAnalysisResult:
    """What `minyi score --json` writes; the names and their order are the file's keys.

    `ended` counts the sheets that an option ended politely; they are in no other figure.
    """

    questionnaire: QuestionnaireMark
    sheets: int
    missing: Missing
    scales: Mapping[str, ScaleAnalysis]
    by: Mapping[str, Mapping[str, GroupAnalysis]]
    agreement: Mapping[str, Mapping[str, ScaleAgreement]]
    minimum: int
    weight: str | None
    ended: int
    quality: QualitySummary
    rater_agreement: Mapping[str, RaterAgreement] | None
