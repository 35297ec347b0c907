"""How the reference's factor, ordinal and split-half figures are computed by us."""

import numpy as np

from scales import (
    correlations,
    count_pairs,
    covariances,
    guttman_split_half,
    odd_even_r,
    omega_total,
    omega_total_ml,
    one_factor_minres,
    one_factor_ml,
    ordinal_alpha,
    ordinal_omega,
    polychoric_matrix,
    scale_moments,
    spearman_brown,
)
from scales.keying import is_reverse


def people(case):
    return case.complete() if case.policy == "listwise" else case


def covariance(case):
    return covariances(scale_moments(people(case).packed, case.scale))


def correlation(case):
    return correlations(covariance(case))


def polychoric(case):
    pairs = count_pairs(people(case).packed, case.scale.format.points)
    return polychoric_matrix(pairs, len(case.scale.items), is_reverse(case.scale))


def minres(case):
    return one_factor_minres(correlation(case))


def standardised_ml_loading(case):
    factor = one_factor_ml(covariance(case))
    deviations = np.sqrt(factor.loadings**2 + factor.uniquenesses)
    return (factor.loadings / deviations)[case.item]


COVERED = {
    "omega_total_efa1_minres": lambda case: omega_total(minres(case), correlation(case)),
    "omega_total_efa1_minres_model": lambda case: omega_total_ml(minres(case)),
    "efa1_minres_loading": lambda case: minres(case).loadings[case.item],
    "omega_total_cfa_ml_congeneric": lambda case: omega_total_ml(one_factor_ml(covariance(case))),
    "cfa_std_loading": standardised_ml_loading,
    "ordinal_alpha_polychoric": lambda case: ordinal_alpha(polychoric(case)),
    "ordinal_omega_total_polychoric": lambda case: ordinal_omega(polychoric(case)),
    "polychoric_r": lambda case: polychoric(case)[case.pair],
    "split_half_odd_even_r": lambda case: odd_even_r(covariance(case)),
    "split_half_odd_even_spearman_brown": lambda case: spearman_brown(odd_even_r(covariance(case))),
    "split_half_odd_even_guttman": lambda case: guttman_split_half(covariance(case)),
}
