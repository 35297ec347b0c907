"""Names in the reference that this project does not compute yet, or will not."""

CAREFULNESS = """
longstring_mean longstring_min longstring_max longstring_na_count longstring_mean_by_truth
longstring_na_count_by_truth avgstring_mean avgstring_min avgstring_max avgstring_na_count
avgstring_mean_by_truth avgstring_na_count_by_truth irv_mean irv_min irv_max irv_na_count
irv_mean_by_truth irv_na_count_by_truth mahalanobis_d2_mean mahalanobis_d2_min mahalanobis_d2_max
mahalanobis_d2_na_count mahalanobis_d2_mean_by_truth mahalanobis_d2_na_count_by_truth evenodd_mean
evenodd_min evenodd_max evenodd_na_count evenodd_mean_by_truth evenodd_na_count_by_truth
psychsyn_040_mean psychsyn_040_min psychsyn_040_max psychsyn_040_na_count psychsyn_040_mean_by_truth
psychsyn_040_na_count_by_truth psychant_025_mean psychant_025_min psychant_025_max
psychant_025_na_count psychant_025_mean_by_truth psychant_025_na_count_by_truth longstring_ge_count
mahalanobis_gt_chisq999_count mahalanobis_gt_chisq99_count psychsyn_040_pairs psychant_025_pairs
identical_answers_count truth_count seconds_median
"""

COMPARISON = """
paired_n mean_before mean_after sd_before sd_after retest_r paired_t paired_df paired_p
paired_mean_change paired_ci_lower paired_ci_upper cohen_dz cohen_dz_ci_lower cohen_dz_ci_upper
hedges_gz hedges_gz_ci_lower hedges_gz_ci_upper cohen_dav hedges_gav hedges_gav_approx
cohen_dav_mean_sd cohen_drm hedges_j_exact hedges_j_approx cohen_dz_ci_exact_lower
cohen_dz_ci_exact_upper wilcoxon_V wilcoxon_p wilcoxon_p_continuity zero_differences n_first
n_second mean_first mean_second sd_first sd_second mean_difference welch_t welch_df welch_p
welch_ci_lower welch_ci_upper student_t student_p student_ci_lower student_ci_upper cohen_d_pooled
cohen_d_pooled_ci_lower cohen_d_pooled_ci_upper hedges_g hedges_g_ci_lower hedges_g_ci_upper
hedges_g_approx cohen_d_unpooled glass_delta_sd_first cohen_d_pooled_ci_exact_lower
cohen_d_pooled_ci_exact_upper hedges_g_ci_exact_lower hedges_g_ci_exact_upper mann_whitney_U_second
mann_whitney_p mann_whitney_p_continuity rank_biserial common_language
"""

AGREEMENT = """
ms_targets ms_raters ms_error ms_within units icc1_anova icc2_anova oneway_msb oneway_msw oneway_F
oneway_p searle_n0 icc1_anova_n0 icc2_anova_n0_spearman_brown rwg_j_uniform rwg_j_lindell_uniform
ad_m_mean ad_m_median a_wg_j rwg_j_uniform_mean rwg_j_uniform_median ad_m_mean_mean
rwg_single_item_uniform reml_between_variance reml_within_variance reml_grand_mean icc_reml
eb_unit_mean eb_unit_conditional_sd unit_mean_reliability_anova shrunken_unit_mean_anova
unit_mean_reliability_reml grand_mean_units answers_needed_for_reliability
answers_needed_before_rounding answers_needed_for_reliability_n0 answers_needed_for_reliability_reml
"""

FACTORS = """
omega_total_efa1_minres omega_total_efa1_minres_model efa1_minres_loading
omega_total_cfa_ml_congeneric cfa_one_factor_chisq cfa_one_factor_cfi cfa_one_factor_rmsea
cfa_std_loading omega_total_efa3_schmid_leiman omega_hierarchical_efa3 ordinal_alpha_polychoric
ordinal_omega_total_polychoric polychoric_r split_half_odd_even_r split_half_odd_even_spearman_brown
split_half_odd_even_guttman split_half_all_max split_half_all_min split_half_all_mean
"""

SATISFACTION = """
top2box_share_all_answers top2box_wilson_lower top2box_wilson_upper net_promoter_score
"""

RAKING = """
raked_se weight_sum weight_min weight_max weight_ratio_max_min raked_cell_weight unweighted_count
targets deff_raked weighted_se_percent_cluster_unit
"""

WAITING = {
    *CAREFULNESS.split(),
    *COMPARISON.split(),
    *AGREEMENT.split(),
    *FACTORS.split(),
    *SATISFACTION.split(),
    *RAKING.split(),
    *(
        f"icc_ICC{kind}_{figure}"
        for kind in ("1", "2", "3", "1k", "2k", "3k")
        for figure in ("ICC", "F", "df1", "df2", "p", "lower_bound", "upper_bound")
    ),
}

NOT_OURS = {
    "alpha_ase": "belongs to Duhachek's interval",
    "alpha_ci_duhachek_lower": "the interval given is Feldt's",
    "alpha_ci_duhachek_upper": "the interval given is Feldt's",
    "kr21": "assumes items of equal difficulty",
    "score_median_imputed_mean": "missing answers are never filled in",
    "score_median_imputed_sd": "missing answers are never filled in",
    "ordinal_alpha_polychoric_item_thresholds": "thresholds come from who answered both",
    "polychoric_r_item_thresholds": "thresholds come from who answered both",
    "deff_weights_as_given": "the design effect given is Kish's",
    "design_df": "a count of rows",
    "largest_difference_icc_lmer_anova": "describes the reference itself",
}
