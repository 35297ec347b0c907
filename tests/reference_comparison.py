"""How the reference's comparisons are computed by us: before and after, first and second group."""

from scales import (
    compare_independent,
    compare_pairs,
    hedges_correction,
    rank_sum_test,
    signed_rank_test,
    summarise_group,
    summarise_pairs,
)


def scores(case):
    """Return the scores before and after, or of the first and the second group."""
    if case.record["scale"] == "paired":
        return case.column("before"), case.column("after")
    return tuple(case.where(group=name).column("score") for name in ("first", "second"))


def at(result, path):
    """Follow attributes and places: ``welch.ci95.0``."""
    for step in path.split("."):
        result = result[int(step)] if step.isdigit() else getattr(result, step)
    return result


def of_pairs(path):
    return lambda case: at(compare_pairs(summarise_pairs(*scores(case))), path)


def of_groups(path):
    return lambda case: at(compare_independent(*map(summarise_group, scores(case))), path)


def of_signed_ranks(path):
    return lambda case: at(signed_rank_test(*scores(case)), path)


def of_rank_sums(path):
    return lambda case: at(rank_sum_test(*scores(case)), path)


COVERED = {
    "paired_n": of_pairs("summary.n"),
    "mean_before": of_pairs("summary.mean_before"),
    "mean_after": of_pairs("summary.mean_after"),
    "sd_before": of_pairs("summary.sd_before"),
    "sd_after": of_pairs("summary.sd_after"),
    "retest_r": of_pairs("summary.retest_r"),
    "paired_t": of_pairs("test.t"),
    "paired_df": of_pairs("test.df"),
    "paired_p": of_pairs("test.p"),
    "paired_mean_change": of_pairs("mean_change"),
    "paired_ci_lower": of_pairs("test.ci95.0"),
    "paired_ci_upper": of_pairs("test.ci95.1"),
    "cohen_dz": of_pairs("d_z.value"),
    "cohen_dz_ci_lower": of_pairs("d_z.ci95.0"),
    "cohen_dz_ci_upper": of_pairs("d_z.ci95.1"),
    "cohen_dz_ci_exact_lower": of_pairs("d_z.ci95.0"),
    "cohen_dz_ci_exact_upper": of_pairs("d_z.ci95.1"),
    "hedges_gz": of_pairs("g_z.value"),
    "hedges_gz_ci_lower": of_pairs("g_z.ci95.0"),
    "hedges_gz_ci_upper": of_pairs("g_z.ci95.1"),
    "cohen_dav": of_pairs("d_av"),
    "hedges_gav": of_pairs("g_av"),
    "cohen_dav_mean_sd": of_pairs("d_av_mean_sd"),
    "cohen_drm": of_pairs("d_rm"),
    "hedges_j_exact": lambda case: hedges_correction(of_pairs("test.df")(case)),
    "wilcoxon_V": of_signed_ranks("v"),
    "wilcoxon_p": of_signed_ranks("p"),
    "wilcoxon_p_continuity": of_signed_ranks("p_continuity"),
    "zero_differences": of_signed_ranks("n_unchanged"),
    "n_first": of_groups("first.n"),
    "n_second": of_groups("second.n"),
    "mean_first": of_groups("first.mean"),
    "mean_second": of_groups("second.mean"),
    "sd_first": of_groups("first.sd"),
    "sd_second": of_groups("second.sd"),
    "mean_difference": of_groups("difference"),
    "welch_t": of_groups("welch.t"),
    "welch_df": of_groups("welch.df"),
    "welch_p": of_groups("welch.p"),
    "welch_ci_lower": of_groups("welch.ci95.0"),
    "welch_ci_upper": of_groups("welch.ci95.1"),
    "student_t": of_groups("student.t"),
    "student_p": of_groups("student.p"),
    "student_ci_lower": of_groups("student.ci95.0"),
    "student_ci_upper": of_groups("student.ci95.1"),
    "cohen_d_pooled": of_groups("cohen_d.value"),
    "cohen_d_pooled_ci_lower": of_groups("cohen_d.ci95.0"),
    "cohen_d_pooled_ci_upper": of_groups("cohen_d.ci95.1"),
    "cohen_d_pooled_ci_exact_lower": of_groups("cohen_d.ci95.0"),
    "cohen_d_pooled_ci_exact_upper": of_groups("cohen_d.ci95.1"),
    "hedges_g": of_groups("hedges_g.value"),
    "hedges_g_ci_lower": of_groups("hedges_g.ci95.0"),
    "hedges_g_ci_upper": of_groups("hedges_g.ci95.1"),
    "hedges_g_ci_exact_lower": of_groups("hedges_g.ci95.0"),
    "hedges_g_ci_exact_upper": of_groups("hedges_g.ci95.1"),
    "cohen_d_unpooled": of_groups("d_unpooled"),
    "glass_delta_sd_first": of_groups("glass_delta"),
    "mann_whitney_U_second": of_rank_sums("u"),
    "mann_whitney_p": of_rank_sums("p"),
    "mann_whitney_p_continuity": of_rank_sums("p_continuity"),
    "rank_biserial": of_rank_sums("rank_biserial"),
    "common_language": of_rank_sums("common_language"),
}
