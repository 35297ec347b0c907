"""How each figure of the reference is computed by us: a name and a function of its case."""

from fractions import Fraction

import numpy as np
from reference_agreement import COVERED as AGREEMENT
from reference_cases import Case
from reference_comparison import COVERED as COMPARISON
from reference_factors import COVERED as FACTORS
from reference_quality import COVERED as QUALITY
from reference_raking import COVERED as RAKING
from reference_satisfaction import COVERED as SATISFACTION
from scale_builders import a_scale

from scales import (
    Undefined,
    analyse_scale,
    correlations,
    covariances,
    cronbach_alpha,
    design_effect,
    effective_n,
    feldt_interval,
    guttman_lambda2,
    guttman_lambda6,
    scale_moments,
    summarise_moments,
    t_interval,
    weighted_interval,
    weighted_mean,
    weighted_standard_error,
)


def covariance(case: Case) -> np.ndarray:
    chosen = case.complete() if case.policy == "listwise" else case
    return covariances(scale_moments(chosen.packed, chosen.scale))


def of_scale(key):
    return lambda case: getattr(case.analysis, key)


def of_item(key):
    return lambda case: getattr(case.analysis.by_item[case.record["item"]], key)


def limit(key, side):
    return lambda case: getattr(case.analysis, key) and getattr(case.analysis, key)[side]


def feldt(side, people):
    return lambda case: feldt_interval(
        cronbach_alpha(covariance(case)), people(case), len(case.scale.items)
    )[side]


def sheets_behind_alpha(case):
    return len(case.complete().rows) if case.policy == "listwise" else len(case.rows)


def any_answer(case):
    return scale_moments(case.packed, case.scale).any_answer_count


def of_scores(key):
    """Of the people's scores; of complete people where the record is listwise."""

    def summarise(case):
        chosen = case.complete() if case.policy == "listwise" else case
        return getattr(
            summarise_moments(scale_moments(chosen.packed, chosen.scale), chosen.scale), key
        )

    return summarise


def half_rule(key):
    def summarise(case):
        described = case.described
        scale = a_scale(described["items"], described["reverse"], min_answered=Fraction(1, 2))
        return getattr(summarise_moments(scale_moments(case.packed, scale), scale), key)

    return summarise


def score_limit(side):
    def compute(case):
        of = {key: of_scores(key)(case) for key in ("mean_points", "sd_points", "n")}
        if of["sd_points"] is None:
            return None
        return t_interval(of["mean_points"], of["sd_points"], of["n"])[side]

    return compute


def in_unit(key):
    return lambda case: of_scores(key)(case.where(unit=case.record["unit"]))


def half_width(case):
    lower, upper = (score_limit(side)(case.where(unit=case.record["unit"])) for side in (0, 1))
    return None if lower is None else (upper - lower) / 2


def item_mean(case):
    """The edge cases give the mean of the answered items, complete people or not."""
    if case.record["dataset"] == "polytomous_edge":
        return analyse_scale(case.packed, case.scale).by_item[case.record["item"]].mean
    return of_item("mean")(case)


def in_group(key):
    def compute(case):
        group = case.record["group"]
        chosen = case if group == "everyone" else case.where(truth=group)
        return getattr(chosen.analysis, key)

    return compute


def weighted(figure):
    """Of percent and weights; the interval and the error count all rows of the file."""
    return lambda case: figure(case.percent, case.column("weight"), len(case.rows))


def weighted_in_audience(figure):
    def compute(case):
        group = case.where(audience=case.record["group"])
        return figure(group.percent, group.column("weight"), len(case.rows))

    return compute


def mean(values, weights, _rows):
    return weighted_mean(values, weights)


def kish(figure):
    def compute(case):
        if case.record["dataset"] == "raking":
            return figure(case.column("weight", "weights.csv"))
        return figure(case.column("weight")[~np.isnan(case.percent)])

    return compute


def raked(column):
    return lambda case: weighted_mean(case.column(column), case.column("weight", "weights.csv"))


def raked_in_cell(case):
    name, value = case.record["cell"].split("/")
    is_here = np.array([row[name] == value for row in case.rows])
    weights = case.column("weight", "weights.csv")
    return weighted_mean(case.column("satisfaction")[is_here], weights[is_here])


def trimmed(case):
    return np.clip(case.column("weight_mean_1", "weights.csv"), 0.5, 2.0)


def raw_count(case):
    return case.analysis.by_item[case.record["item"]].counts[str(case.record["category"])]


def missing_count(case):
    return case.analysis.by_item[case.record["item"]].missing_share * len(case.rows)


def eigenvalue(rank):
    return lambda case: np.linalg.eigvalsh(correlations(covariance(case)))[-rank]


def pair_of(matrix):
    return lambda case: matrix(case)[case.pair]


def pairwise_covariance(case):
    value = covariance(case)[case.pair]
    return None if np.isnan(value) else value


def first_component_signs(case):
    values, vectors = np.linalg.eigh(correlations(covariance(case.keyed())))
    signs = np.sign(vectors[:, np.argmax(values)])
    return list(signs * np.sign(signs.sum() or signs[0]))


COVERED = {
    "n": lambda case: sheets_behind_alpha(case),
    "n_listwise": of_scale("n_complete"),
    "n_any_answer": any_answer,
    "alpha_raw": of_scale("alpha"),
    "alpha_std": of_scale("alpha_standardized"),
    "kr20": of_scale("alpha"),
    "scoreItems_alpha": of_scale("alpha"),
    "alpha_raw_without_constant_items": lambda case: case.without("c").analysis.alpha,
    "alpha_raw_without_empty_items": lambda case: case.without("d").analysis.alpha,
    "alpha_std_without_empty_items": lambda case: case.without("d").analysis.alpha_standardized,
    "alpha_raw_not_recoded": lambda case: case.keyed().analysis.alpha,
    "alpha_raw_if_b_recoded": lambda case: case.keyed("b").analysis.alpha,
    "spearman_brown": of_scale("alpha_standardized"),
    "guttman_lambda2_std": lambda case: guttman_lambda2(correlations(covariance(case))),
    "guttman_lambda6": of_scale("lambda6"),
    "scoreItems_g6": lambda case: guttman_lambda6(covariance(case)),
    "average_r": of_scale("average_r"),
    "median_r": of_scale("median_r"),
    "pearson_r": of_scale("average_r"),
    "first_eigenvalue": of_scale("first_eigenvalue"),
    "second_eigenvalue": eigenvalue(2),
    "correlation_matrix_rank": lambda case: np.linalg.matrix_rank(correlations(covariance(case))),
    "first_component_loading_sign_raw_items": first_component_signs,
    "pair_n": pair_of(lambda case: scale_moments(case.packed, case.scale).n),
    "pairwise_covariance": pairwise_covariance,
    "alpha_ci_feldt_lower": feldt(0, sheets_behind_alpha),
    "alpha_ci_feldt_upper": feldt(1, sheets_behind_alpha),
    "alpha_ci_psych_feldt_lower": feldt(0, sheets_behind_alpha),
    "alpha_ci_psych_feldt_upper": feldt(1, sheets_behind_alpha),
    "alpha_ci_feldt_n_any_answer_lower": limit("alpha_ci95", 0),
    "alpha_ci_feldt_n_any_answer_upper": limit("alpha_ci95", 1),
    "scale_mean_of_person_means": of_scores("mean_points"),
    "scale_sd_of_person_means": of_scores("sd_points"),
    "scale_mean_percent": of_scores("mean_percent"),
    "score_mean": of_scores("mean_points"),
    "score_sd": of_scores("sd_points"),
    "score_n": of_scores("n"),
    "score_0_100_mean": of_scale("mean_percent"),
    "score_mean_t_ci_lower": score_limit(0),
    "score_mean_t_ci_upper": score_limit(1),
    "score_half_rule_n": half_rule("n"),
    "score_half_rule_mean": half_rule("mean_points"),
    "grand_mean_respondents": of_scores("mean_points"),
    "unit_n": in_unit("n"),
    "unit_mean": in_unit("mean_points"),
    "unit_mean_percent": in_unit("mean_percent"),
    "unit_mean_t_ci_half_width": half_width,
    "person_percent": lambda case: case.percent[case.record["row"] - 1],
    "item_n": of_item("n"),
    "item_mean": item_mean,
    "item_difficulty": of_item("mean"),
    "item_sd": of_item("sd"),
    "item_skew": of_item("skew"),
    "item_kurtosis": of_item("kurtosis"),
    "floor_share": of_item("floor_share"),
    "ceiling_share": of_item("ceiling_share"),
    "raw_item_count": raw_count,
    "raw_item_missing_count": missing_count,
    "item_rest_r_drop": of_item("r_drop"),
    "item_total_r_raw": of_item("r_total"),
    "item_total_r_std": of_item("r_total_standardized"),
    "item_total_r_cor": of_item("r_corrected"),
    "alpha_raw_if_dropped": of_item("alpha_if_dropped"),
    "alpha_std_if_dropped": of_item("alpha_standardized_if_dropped"),
    "guttman_lambda6_if_dropped": of_item("lambda6_if_dropped"),
    "weighted_mean_percent": weighted(mean),
    "weighted_se_percent": weighted(weighted_standard_error),
    "weighted_mean_percent_ci_lower": weighted(lambda *a: weighted_interval(*a)[0]),
    "weighted_mean_percent_ci_upper": weighted(lambda *a: weighted_interval(*a)[1]),
    "weighted_mean_percent_by_audience": weighted_in_audience(mean),
    "weighted_se_percent_by_audience": weighted_in_audience(weighted_standard_error),
    "weighted_n": lambda case: (~np.isnan(case.percent)).sum(),
    "kish_effective_n": kish(effective_n),
    "kish_design_effect": kish(design_effect),
    "unweighted_mean": lambda case: weighted_mean(
        case.column("satisfaction"), np.ones(len(case.rows))
    ),
    "raked_mean": raked("satisfaction"),
    "raked_share_heard": raked("heard"),
    "raked_mean_by_cell": raked_in_cell,
    "raked_se_weights_as_given": lambda case: weighted_standard_error(
        case.column("satisfaction"), case.column("weight", "weights.csv"), len(case.rows)
    ),
    "trimmed_once_mean": lambda case: weighted_mean(case.column("satisfaction"), trimmed(case)),
    "trimmed_once_kish_effective_n": lambda case: effective_n(trimmed(case)),
}

COVERED |= AGREEMENT
COVERED |= FACTORS
COVERED |= QUALITY
COVERED |= COMPARISON | RAKING | SATISFACTION

COVERED_IN_GROUPS = {"alpha_raw": in_group("alpha"), "average_r": in_group("average_r")}


def compute(case: Case):
    statistic = case.record["statistic"]
    groups = COVERED_IN_GROUPS if case.record["dataset"] == "careless" else {}
    try:
        return (groups.get(statistic) or COVERED[statistic])(case)
    except Undefined:
        return None
