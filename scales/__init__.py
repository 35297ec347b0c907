"""Arithmetic of Likert scales: definitions as data, and pure functions on arrays of answers."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from scales.agreement.dependability import (
    answers_before_rounding,
    answers_needed,
    more_answers_needed,
    reliability_of_unit_mean,
)
from scales.agreement.deviation import a_wg, ad_mean, ad_median
from scales.agreement.head_count import corrected_interval, finite_population_factor, response_rate
from scales.agreement.of_units import agreement_of_moments, agreement_of_points, agreement_of_units
from scales.agreement.one_way import OneWay, one_way
from scales.agreement.result import (
    AGREEMENT_WARNING_CODES,
    UNIT_WARNING_CODES,
    Agreement,
    UnitAgreement,
)
from scales.agreement.within import item_variances, rwg, rwg_j, rwg_j_lindell
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
from scales.errors import (
    DefinitionError,
    InvalidAnswer,
    InvalidLimit,
    MarginsContradict,
    Problem,
    ScaleError,
    Undefined,
)
from scales.figures.of_counts import (
    CountSummary,
    analyse_answer_counts,
    share_in_counts,
    summarise_answer_counts,
)
from scales.figures.result import (
    ITEM_WARNING_CODES,
    WARNING_CODES,
    ItemAnalysis,
    ScaleAnalysis,
    SplitHalf,
    WeightedCounts,
)
from scales.keying import align_keying, unpack
from scales.loaded_later import LATER
from scales.moments import Moments
from scales.reliability.alpha import (
    cronbach_alpha,
    feldt_interval,
    standard_error_of_measurement,
)
from scales.reliability.bootstrap import Bootstrap, bootstrap_intervals
from scales.reliability.covariance import (
    complete_covariances,
    covariances,
    point_covariances,
)
from scales.reliability.dropped import alpha_if_dropped, lambda6_if_dropped
from scales.reliability.factor import OneFactor, omega_total, one_factor_minres
from scales.reliability.factor_ml import omega_total_ml, one_factor_ml
from scales.reliability.guttman import guttman_lambda2, guttman_lambda6
from scales.reliability.item_score import item_score_r
from scales.reliability.items import item_rest_r, item_total_r, item_total_r_corrected
from scales.reliability.keys import alpha_if_flipped, suspect_keys
from scales.reliability.matrices import correlations
from scales.reliability.pair_counts import count_pairs
from scales.reliability.polychoric import ordinal_alpha, ordinal_omega, polychoric_matrix
from scales.reliability.split_half import guttman_split_half, odd_even_r, spearman_brown
from scales.satisfaction.answers import AnswerMean, answer_counts, mean_of_answers
from scales.satisfaction.levels import level_names, top_levels
from scales.satisfaction.net_promoter import NetPromoterScore, net_promoter_score
from scales.satisfaction.scores import ScoreSummary, summarise_moments, summarise_scores, t_interval
from scales.satisfaction.shares import Share, csat, top_share, wilson_interval
from scales.score_sums import ItemScoreSums, ScoreSums
from scales.scoring import points_to_percent, respondent_percent, respondent_points
from scales.weighting.means import (
    check_weights,
    design_effect,
    effective_n,
    weighted_interval,
    weighted_mean,
    weighted_standard_error,
)
from scales.weighting.raking import Raked, rake
from scales.weighting.strata import CombinedMean, combine_groups, post_stratification_weights

if TYPE_CHECKING:
    from scales.agreement.raters import IntraclassCorrelation, RaterAgreement, rater_agreement
    from scales.agreement.reml import OneWayReml, one_way_reml
    from scales.comparison.effect_sizes import EffectSize, hedges_correction, noncentral_interval
    from scales.comparison.groups import PairDifference, WelchTest, games_howell, welch_anova
    from scales.comparison.independent import IndependentComparison, MeanTest, compare_independent
    from scales.comparison.item_bias import ItemBias, LikelihoodTest, count_by_total, item_bias
    from scales.comparison.loadings import LoadingComparison, compare_loadings, congruence
    from scales.comparison.paired import PairedComparison, compare_pairs
    from scales.comparison.proportional_odds import ProportionalOdds, fit_proportional_odds
    from scales.comparison.ranks import RankSumTest, SignedRankTest, rank_sum_test, signed_rank_test
    from scales.comparison.summary import (
        COMPARISON_WARNING_CODES,
        GroupSummary,
        PairSummary,
        summarise_group,
        summarise_pairs,
    )
    from scales.figures.glossary import FigureNote
    from scales.figures.glossary_entries import figure_glossary
    from scales.quality.applicability import rules_not_checked
    from scales.quality.bursts import burst_buckets
    from scales.quality.consistency import even_odd, item_correlations, pair_consistency
    from scales.quality.distance import mahalanobis_distances
    from scales.quality.flags import SAMPLE_RULES, Flags, flag_sheets
    from scales.quality.identical import repeated_sheets
    from scales.quality.limits import QualityLimits
    from scales.quality.marks import scaled_items
    from scales.quality.reading import reading_probability
    from scales.quality.sheets import SheetQuality, sheet_quality
    from scales.quality.strings import average_string, individual_variability, longest_string
    from scales.quality.verdict import RULE_BITS, SHEET_RULES, rejected_by
    from scales.ranking.intervals import RankIntervals, competition_ranks, rank_intervals
    from scales.ranking.pairs import not_distinguishable
    from scales.ranking.shrinkage import shrunken_means
    from scales.weighting.raked_error import clustered_standard_error, raked_standard_error

__all__ = [
    "AGREEMENT_WARNING_CODES",
    "COMPARISON_WARNING_CODES",
    "DONT_KNOW",
    "ITEM_WARNING_CODES",
    "RULE_BITS",
    "SAMPLE_RULES",
    "SHEET_RULES",
    "SKIPPED",
    "UNIT_WARNING_CODES",
    "WARNING_CODES",
    "Agreement",
    "AnswerMean",
    "Bootstrap",
    "CombinedMean",
    "CountSummary",
    "DefinitionError",
    "EffectSize",
    "FigureNote",
    "Flags",
    "Format",
    "GroupSummary",
    "IndependentComparison",
    "IntraclassCorrelation",
    "InvalidAnswer",
    "InvalidLimit",
    "Item",
    "ItemAnalysis",
    "ItemBias",
    "ItemKind",
    "ItemScoreSums",
    "Keying",
    "LikelihoodTest",
    "LoadingComparison",
    "MarginsContradict",
    "MeanTest",
    "Moments",
    "NetPromoterScore",
    "OneFactor",
    "OneWay",
    "OneWayReml",
    "Option",
    "PairDifference",
    "PairSummary",
    "PairedComparison",
    "Problem",
    "ProportionalOdds",
    "QualityLimits",
    "Questionnaire",
    "Raked",
    "RankIntervals",
    "RankSumTest",
    "RaterAgreement",
    "Scale",
    "ScaleAnalysis",
    "ScaleError",
    "ScoreSummary",
    "ScoreSums",
    "Share",
    "SheetQuality",
    "SignedRankTest",
    "SplitHalf",
    "Text",
    "Undefined",
    "UnitAgreement",
    "WeightedCounts",
    "WelchTest",
    "a_wg",
    "ad_mean",
    "ad_median",
    "agreement_of_moments",
    "agreement_of_points",
    "agreement_of_units",
    "align_keying",
    "alpha_if_dropped",
    "alpha_if_flipped",
    "analyse_answer_counts",
    "analyse_moments",
    "analyse_points",
    "analyse_scale",
    "answer_counts",
    "answers_before_rounding",
    "answers_needed",
    "average_string",
    "bootstrap_intervals",
    "burst_buckets",
    "check_questionnaire",
    "check_weights",
    "clustered_standard_error",
    "combine_groups",
    "compare_independent",
    "compare_loadings",
    "compare_pairs",
    "competition_ranks",
    "complete_covariances",
    "congruence",
    "corrected_interval",
    "correlations",
    "count_by_total",
    "count_pairs",
    "covariances",
    "cronbach_alpha",
    "csat",
    "design_effect",
    "effective_n",
    "even_odd",
    "feldt_interval",
    "figure_glossary",
    "finite_population_factor",
    "fit_proportional_odds",
    "flag_sheets",
    "games_howell",
    "guttman_lambda2",
    "guttman_lambda6",
    "guttman_split_half",
    "hedges_correction",
    "individual_variability",
    "item_bias",
    "item_correlations",
    "item_rest_r",
    "item_score_r",
    "item_total_r",
    "item_total_r_corrected",
    "item_variances",
    "lambda6_if_dropped",
    "level_names",
    "load_questionnaire",
    "longest_string",
    "mahalanobis_distances",
    "mean_of_answers",
    "more_answers_needed",
    "net_promoter_score",
    "noncentral_interval",
    "not_distinguishable",
    "odd_even_r",
    "omega_total",
    "omega_total_ml",
    "one_factor_minres",
    "one_factor_ml",
    "one_way",
    "one_way_reml",
    "ordinal_alpha",
    "ordinal_omega",
    "pair_consistency",
    "point_covariances",
    "points_to_percent",
    "polychoric_matrix",
    "post_stratification_weights",
    "rake",
    "raked_standard_error",
    "rank_intervals",
    "rank_sum_test",
    "rater_agreement",
    "read_questionnaire",
    "reading_probability",
    "rejected_by",
    "reliability_of_unit_mean",
    "repeated_sheets",
    "respondent_percent",
    "respondent_points",
    "response_rate",
    "rules_not_checked",
    "rwg",
    "rwg_j",
    "rwg_j_lindell",
    "scale_moments",
    "scaled_items",
    "share_in_counts",
    "sheet_quality",
    "shipped_questionnaires",
    "shrunken_means",
    "signed_rank_test",
    "spearman_brown",
    "standard_error_of_measurement",
    "summarise_answer_counts",
    "summarise_group",
    "summarise_moments",
    "summarise_pairs",
    "summarise_scores",
    "suspect_keys",
    "t_interval",
    "top_levels",
    "top_share",
    "unpack",
    "weighted_interval",
    "weighted_mean",
    "weighted_standard_error",
    "welch_anova",
    "wilson_interval",
]


def __getattr__(name: str) -> Any:
    """Load what compares and what looks for careless sheets at its first use, not before."""
    for module, names in LATER.items():
        if name in names:
            return getattr(import_module(f"scales.{module}"), name)
    raise AttributeError(f"module 'scales' has no attribute {name!r}")
