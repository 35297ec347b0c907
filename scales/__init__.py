"""Arithmetic of Likert scales: definitions as data, and pure functions on arrays of answers."""

from scales.analysis import analyse_moments, analyse_points, analyse_scale
from scales.catalog import (
    check_questionnaire,
    load_questionnaire,
    read_questionnaire,
    shipped_questionnaires,
)
from scales.counting import scale_moments
from scales.definition import (
    DONT_KNOW,
    SKIPPED,
    Format,
    Item,
    ItemKind,
    Keying,
    Option,
    Questionnaire,
    Scale,
    Text,
)
from scales.errors import DefinitionError, InvalidAnswer, Problem, ScaleError, Undefined
from scales.figures.result import (
    ITEM_WARNING_CODES,
    WARNING_CODES,
    ItemAnalysis,
    ScaleAnalysis,
    SplitHalf,
    WeightedCounts,
)
from scales.keying import align_keying, unpack
from scales.moments import ItemScoreSums, Moments, ScoreSums
from scales.reliability.alpha import (
    cronbach_alpha,
    feldt_interval,
    guttman_lambda2,
    guttman_lambda6,
    standard_error_of_measurement,
)
from scales.reliability.items import item_rest_r, item_total_r, item_total_r_corrected
from scales.reliability.matrices import correlations, covariances, point_covariances
from scales.satisfaction import ScoreSummary, summarise_moments, summarise_scores, t_interval
from scales.scoring import points_to_percent, respondent_percent, respondent_points
from scales.weighting import (
    check_weights,
    design_effect,
    effective_n,
    weighted_interval,
    weighted_mean,
    weighted_standard_error,
)

__all__ = [
    "DONT_KNOW",
    "ITEM_WARNING_CODES",
    "SKIPPED",
    "WARNING_CODES",
    "DefinitionError",
    "Format",
    "InvalidAnswer",
    "Item",
    "ItemAnalysis",
    "ItemKind",
    "ItemScoreSums",
    "Keying",
    "Moments",
    "Option",
    "Problem",
    "Questionnaire",
    "Scale",
    "ScaleAnalysis",
    "ScaleError",
    "ScoreSummary",
    "ScoreSums",
    "SplitHalf",
    "Text",
    "Undefined",
    "WeightedCounts",
    "align_keying",
    "analyse_moments",
    "analyse_points",
    "analyse_scale",
    "check_questionnaire",
    "check_weights",
    "correlations",
    "covariances",
    "cronbach_alpha",
    "design_effect",
    "effective_n",
    "feldt_interval",
    "guttman_lambda2",
    "guttman_lambda6",
    "item_rest_r",
    "item_total_r",
    "item_total_r_corrected",
    "load_questionnaire",
    "point_covariances",
    "points_to_percent",
    "read_questionnaire",
    "respondent_percent",
    "respondent_points",
    "scale_moments",
    "shipped_questionnaires",
    "standard_error_of_measurement",
    "summarise_moments",
    "summarise_scores",
    "t_interval",
    "unpack",
    "weighted_interval",
    "weighted_mean",
    "weighted_standard_error",
]
