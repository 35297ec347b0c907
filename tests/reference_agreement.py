"""How each figure of agreement in the reference is computed by us."""

from functools import cache

import numpy as np
from reference_cases import Case

from scales import (
    Agreement,
    OneWayReml,
    RaterAgreement,
    a_wg,
    ad_median,
    agreement_of_units,
    answers_before_rounding,
    answers_needed,
    one_way_reml,
    rater_agreement,
    reliability_of_unit_mean,
    rwg,
    rwg_j_lindell,
    scale_moments,
)

CACHED = {}


def units_of(case: Case) -> list[str]:
    return sorted({row["unit"] for row in case.rows})


def agreement(case: Case) -> Agreement:
    key = case.record["dataset"], case.record["scale"]
    if key not in CACHED:
        place = {unit: index for index, unit in enumerate(units_of(case))}
        unit_of_row = np.array([place[row["unit"]] for row in case.rows])
        CACHED[key] = agreement_of_units(case.packed, unit_of_row, case.scale)
    return CACHED[key]


@cache
def reml_of(scores: tuple) -> OneWayReml:
    n, means, squares = (np.array(part) for part in zip(*scores, strict=True))
    return one_way_reml(n, means, squares)


def reml(case: Case) -> OneWayReml:
    """From n, mean and sum of squares alone, computed here from the answers."""
    scores = []
    for unit in units_of(case):
        means = case.where(unit=unit).raw.mean(axis=1)
        scores.append((len(means), means.mean(), ((means - means.mean()) ** 2).sum()))
    return reml_of(tuple(scores))


def one_way(figure):
    return lambda case: figure(agreement(case).one_way)


def of_all(figure):
    return lambda case: figure(agreement(case))


def in_unit(figures):
    """Of one unit, from the array of all units."""

    def compute(case):
        value = figures(case)[units_of(case).index(case.record["unit"])]
        return None if np.isnan(value) else value

    return compute


def counted(figures):
    """Of one unit, from the counts of its complete people."""

    def compute(case):
        unit = case.where(unit=case.record["unit"])
        value = figures(scale_moments(unit.packed, unit.scale).complete_counts)
        if "item" in case.record:
            value = value[case.item]
        return None if np.isnan(value) else value

    return compute


def needed(icc):
    """At r = 1 the reference has 0 answers where we say that one is needed."""

    def compute(case):
        count = answers_needed(icc(case), case.record["target"])
        return 0 if answers_before_rounding(icc(case), case.record["target"]) == 0 else count

    return compute


def icc1(case):
    return agreement(case).icc1


def icc1_n0(case):
    squares = agreement(case).one_way
    return squares.icc1(squares.searle_n0)


def rated(case: Case) -> RaterAgreement:
    return rater_agreement(case.raw)


def of_raters(kind, figure):
    return lambda case: figure(rated(case).icc[kind])


SHROUT_FLEISS = {
    "ICC": lambda one: one.icc,
    "F": lambda one: one.f,
    "df1": lambda one: one.df1,
    "df2": lambda one: one.df2,
    "p": lambda one: one.p,
    "lower_bound": lambda one: one.interval[0],
    "upper_bound": lambda one: one.interval[1],
}

COVERED = {
    "units": one_way(lambda squares: squares.units),
    "icc1_anova": icc1,
    "icc2_anova": of_all(lambda all_units: all_units.icc2),
    "oneway_msb": one_way(lambda squares: squares.between),
    "oneway_msw": one_way(lambda squares: squares.within),
    "oneway_F": one_way(lambda squares: squares.f()),
    "oneway_p": one_way(lambda squares: squares.p()),
    "searle_n0": one_way(lambda squares: squares.searle_n0),
    "icc1_anova_n0": icc1_n0,
    "icc2_anova_n0_spearman_brown": lambda case: reliability_of_unit_mean(
        agreement(case).one_way.searle_n0, icc1_n0(case)
    ),
    "rwg_j_uniform": in_unit(lambda case: agreement(case).rwg),
    "rwg_j_lindell_uniform": counted(rwg_j_lindell),
    "rwg_single_item_uniform": counted(rwg),
    "ad_m_mean": in_unit(lambda case: agreement(case).ad),
    "ad_m_median": counted(ad_median),
    "a_wg_j": counted(a_wg),
    "rwg_j_uniform_mean": of_all(lambda all_units: np.nanmean(all_units.rwg)),
    "rwg_j_uniform_median": of_all(lambda all_units: np.nanmedian(all_units.rwg)),
    "ad_m_mean_mean": of_all(lambda all_units: np.nanmean(all_units.ad)),
    "reml_between_variance": lambda case: reml(case).between,
    "reml_within_variance": lambda case: reml(case).within,
    "reml_grand_mean": lambda case: reml(case).mean,
    "icc_reml": lambda case: reml(case).icc,
    "eb_unit_mean": in_unit(lambda case: reml(case).shrunken_means),
    "eb_unit_conditional_sd": in_unit(lambda case: reml(case).conditional_sd),
    "unit_mean_reliability_anova": in_unit(lambda case: agreement(case).reliability),
    "unit_mean_reliability_reml": in_unit(
        lambda case: reliability_of_unit_mean(agreement(case).n, reml(case).icc)
    ),
    "shrunken_unit_mean_anova": in_unit(lambda case: agreement(case).shrunken_means),
    "grand_mean_units": of_all(lambda all_units: all_units.means.mean()),
    "answers_needed_for_reliability": needed(icc1),
    "answers_needed_for_reliability_n0": needed(icc1_n0),
    "answers_needed_for_reliability_reml": needed(lambda case: reml(case).icc),
    "answers_needed_before_rounding": lambda case: answers_before_rounding(
        icc1(case), case.record["target"]
    ),
    "ms_targets": lambda case: rated(case).ms_targets,
    "ms_raters": lambda case: rated(case).ms_raters,
    "ms_error": lambda case: rated(case).ms_error,
    "ms_within": lambda case: rated(case).ms_within,
} | {
    f"icc_ICC{kind}_{name}": of_raters(f"ICC{kind}", figure)
    for kind in ("1", "2", "3", "1k", "2k", "3k")
    for name, figure in SHROUT_FLEISS.items()
}
