"""Names in the reference that this project does not compute yet, or will not."""

WAITING: set[str] = set()

SHROUT_FLEISS = [
    f"icc_ICC{kind}_{figure}"
    for kind in ("1", "2", "3", "1k", "2k", "3k")
    for figure in ("ICC", "F", "df1", "df2", "p", "lower_bound", "upper_bound")
]

NOT_OURS = {
    "cfa_one_factor_chisq": "a fit of the factor model is not reported",
    "cfa_one_factor_cfi": "a fit of the factor model is not reported",
    "cfa_one_factor_rmsea": "a fit of the factor model is not reported",
    "omega_total_efa3_schmid_leiman": "one factor a scale; parts are scales of their own",
    "omega_hierarchical_efa3": "one factor a scale; parts are scales of their own",
    "split_half_all_max": "the halves are odd against even items, not all splits",
    "split_half_all_min": "the halves are odd against even items, not all splits",
    "split_half_all_mean": "the halves are odd against even items, not all splits",
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
    "hedges_j_approx": "the correction is the exact one",
    "hedges_g_approx": "the correction is the exact one",
    "hedges_gav_approx": "the correction is the exact one",
    "targets": "given; tests/scales/test_raking.py sees that the weights meet them",
    "truth_count": "counts the rows of the file",
    "seconds_median": "no figure of ours; seconds are judged sheet by sheet",
    "largest_difference_icc_lmer_anova": "describes the reference itself",
    **dict.fromkeys(
        [f"{name}_lmer" for name in SHROUT_FLEISS],
        "the intraclass correlations given are those of the mean squares, as the reference advises",
    ),
}
