"""Which function computes which figure: the keys of the result, by topic, in reading order."""

from collections.abc import Callable
from typing import Any

from scales.agreement import dependability, deviation, head_count, one_way, raters, reml, within
from scales.comparison import (
    effect_sizes,
    groups,
    independent,
    item_bias,
    loadings,
    paired,
    ranks,
)
from scales.figures.glossary import FigureNote, note_of
from scales.quality import consistency, distance, strings
from scales.ranking import intervals, pairs, shrinkage
from scales.reliability import (
    alpha,
    bootstrap,
    dropped,
    factor,
    factor_ml,
    guttman,
    item_score,
    items,
    keys,
    polychoric,
    split_half,
)
from scales.satisfaction import answers, net_promoter, scores, shares
from scales.weighting import means, raked_error, raking, strata

Functions = dict[str, Callable[..., Any]]

RELIABILITY: Functions = {
    "alpha": alpha.cronbach_alpha,
    "alpha_ci95": alpha.feldt_interval,
    "lambda2": guttman.guttman_lambda2,
    "lambda6": guttman.guttman_lambda6,
    "omega_total": factor.omega_total,
    "omega_total_ml": factor_ml.omega_total_ml,
    "ordinal_alpha": polychoric.ordinal_alpha,
    "ordinal_omega": polychoric.ordinal_omega,
    "split_half.odd_even_r": split_half.odd_even_r,
    "split_half.spearman_brown": split_half.spearman_brown,
    "split_half.guttman": split_half.guttman_split_half,
    "sem_points": alpha.standard_error_of_measurement,
    "bootstrap.ci95": bootstrap.bootstrap_intervals,
}
ITEMS: Functions = {
    "r_drop": items.item_rest_r,
    "r_total": item_score.item_score_r,
    "r_total_standardized": items.item_total_r,
    "r_corrected": items.item_total_r_corrected,
    "alpha_if_dropped": dropped.alpha_if_dropped,
    "lambda6_if_dropped": dropped.lambda6_if_dropped,
    "loading": factor.one_factor_minres,
    "key_suspect": keys.suspect_keys,
    "alpha_if_flipped": keys.alpha_if_flipped,
}
AGREEMENT: Functions = {
    "icc1, icc2": one_way.one_way,
    "rwg": within.rwg_j,
    "ad": deviation.ad_mean,
    "reliability": dependability.reliability_of_unit_mean,
    "answers_needed": dependability.answers_needed,
    "more_answers": dependability.more_answers_needed,
    "shrunken_mean_points": shrinkage.shrunken_means,
    "rater_agreement": raters.rater_agreement,
    "one_way_reml": reml.one_way_reml,
    "response_rate": head_count.response_rate,
    "corrected_interval": head_count.corrected_interval,
}
SCORES: Functions = {
    "ci95_percent": scores.t_interval,
    "top_share": shares.top_share,
    "wilson_interval": shares.wilson_interval,
    "mean_of_answers": answers.mean_of_answers,
    "csat": shares.csat,
    "net_promoter_score": net_promoter.net_promoter_score,
    "weighted mean_percent": means.weighted_mean,
    "weighted ci95_percent": means.weighted_interval,
    "weighted.effective_n": means.effective_n,
    "weighted.design_effect": means.design_effect,
    "rake": raking.rake,
    "raked_standard_error": raked_error.raked_standard_error,
    "post_stratification_weights": strata.post_stratification_weights,
    "combine_groups": strata.combine_groups,
}
COMPARISON: Functions = {
    "compare_pairs": paired.compare_pairs,
    "compare_independent": independent.compare_independent,
    "hedges_correction": effect_sizes.hedges_correction,
    "noncentral_interval": effect_sizes.noncentral_interval,
    "signed_rank_test": ranks.signed_rank_test,
    "rank_sum_test": ranks.rank_sum_test,
    "welch_anova": groups.welch_anova,
    "games_howell": groups.games_howell,
    "item_bias": item_bias.item_bias,
    "congruence": loadings.congruence,
    "compare_loadings": loadings.compare_loadings,
    "rank_intervals": intervals.rank_intervals,
    "not_distinguishable": pairs.not_distinguishable,
}
QUALITY: Functions = {
    "longstring": strings.longest_string,
    "irv": strings.individual_variability,
    "even_odd": consistency.even_odd,
    "synonyms, antonyms": consistency.pair_consistency,
    "mahalanobis": distance.mahalanobis_distances,
}
TOPICS = {
    "reliability": RELIABILITY,
    "items": ITEMS,
    "agreement": AGREEMENT,
    "scores": SCORES,
    "comparison": COMPARISON,
    "quality": QUALITY,
}


def figure_glossary() -> tuple[FigureNote, ...]:
    """Return what each figure is, by topic, from the docstring of the function that computes it."""
    return tuple(
        note_of(key, topic, function)
        for topic, functions in TOPICS.items()
        for key, function in functions.items()
    )
