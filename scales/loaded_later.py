"""LATER: which public names are loaded at their first use, and from where.

What compares, ranks and looks for careless sheets is not needed to score; `import scales` would
take twice as long as numpy with it.
"""

LATER = {
    "agreement.raters": ("IntraclassCorrelation", "RaterAgreement", "rater_agreement"),
    "agreement.reml": ("OneWayReml", "one_way_reml"),
    "comparison.effect_sizes": ("EffectSize", "hedges_correction", "noncentral_interval"),
    "comparison.groups": ("PairDifference", "WelchTest", "games_howell", "welch_anova"),
    "comparison.independent": ("IndependentComparison", "MeanTest", "compare_independent"),
    "comparison.item_bias": ("ItemBias", "LikelihoodTest", "count_by_total", "item_bias"),
    "comparison.loadings": ("LoadingComparison", "compare_loadings", "congruence"),
    "comparison.paired": ("PairedComparison", "compare_pairs"),
    "comparison.proportional_odds": ("ProportionalOdds", "fit_proportional_odds"),
    "comparison.ranks": ("RankSumTest", "SignedRankTest", "rank_sum_test", "signed_rank_test"),
    "comparison.summary": (
        "COMPARISON_WARNING_CODES",
        "GroupSummary",
        "PairSummary",
        "summarise_group",
        "summarise_pairs",
    ),
    "figures.glossary": ("FigureNote",),
    "figures.glossary_entries": ("figure_glossary",),
    "quality.applicability": ("rules_not_checked",),
    "quality.bursts": ("burst_buckets",),
    "quality.consistency": ("even_odd", "item_correlations", "pair_consistency"),
    "quality.distance": ("mahalanobis_distances",),
    "quality.flags": ("SAMPLE_RULES", "Flags", "flag_sheets"),
    "quality.identical": ("repeated_sheets",),
    "quality.limits": ("QualityLimits",),
    "quality.marks": ("scaled_items",),
    "quality.reading": ("reading_probability",),
    "quality.sheets": ("SheetQuality", "sheet_quality"),
    "quality.strings": ("average_string", "individual_variability", "longest_string"),
    "quality.verdict": ("RULE_BITS", "SHEET_RULES", "rejected_by"),
    "ranking.intervals": ("RankIntervals", "competition_ranks", "rank_intervals"),
    "ranking.pairs": ("not_distinguishable",),
    "ranking.shrinkage": ("shrunken_means",),
    "weighting.raked_error": ("clustered_standard_error", "raked_standard_error"),
}
