"""How each figure of careless answering in the reference is computed by us."""

import numpy as np
from quality_builders import keyed
from reference_cases import Case
from scipy.stats import chi2

from scales import SheetQuality, average_string, sheet_quality

SHEETS: dict[str, SheetQuality] = {}
VALUES = {
    "longstring": lambda quality: quality.longstring,
    "avgstring": lambda quality: average_string(quality.raw),
    "irv": lambda quality: quality.irv,
    "mahalanobis_d2": lambda quality: quality.mahalanobis,
    "evenodd": lambda quality: quality.even_odd,
    "psychsyn_040": lambda quality: quality.synonyms,
    "psychant_025": lambda quality: quality.antonyms,
}
SUMMARIES = {
    "mean": np.nanmean,
    "min": np.nanmin,
    "max": np.nanmax,
    "na_count": lambda values: np.isnan(values).sum(),
}


def quality_of(case: Case) -> SheetQuality:
    dataset = case.record["dataset"]
    if dataset not in SHEETS:
        items, reverse = case.described["items"], case.described["reverse"]
        keys = ["-" if item in reverse else "+" for item in items]
        scales = ["".join(keys[start : start + 6]) for start in range(0, len(items), 6)]
        SHEETS[dataset] = sheet_quality(case.raw, keyed(*scales), synonym_r=0.40, antonym_r=-0.25)
    return SHEETS[dataset]


def summary(name, of):
    return lambda case: SUMMARIES[of](VALUES[name](quality_of(case)))


def summary_in_group(name, of):
    def compute(case):
        is_here = np.array([row["truth"] == case.record["group"] for row in case.rows])
        return SUMMARIES[of](VALUES[name](quality_of(case))[is_here])

    return compute


def beyond(probability):
    return lambda case: (
        quality_of(case).mahalanobis > chi2.ppf(probability, len(case.described["items"]))
    ).sum()


COVERED = {
    **{f"{name}_{of}": summary(name, of) for name in VALUES for of in SUMMARIES},
    **{
        f"{name}_{of}_by_truth": summary_in_group(name, of)
        for name in VALUES
        for of in ("mean", "na_count")
    },
    "longstring_ge_count": lambda case: (
        quality_of(case).longstring >= case.record["threshold"]
    ).sum(),
    "identical_answers_count": lambda case: (
        quality_of(case).longstring == len(case.described["items"])
    ).sum(),
    "mahalanobis_gt_chisq99_count": beyond(0.99),
    "mahalanobis_gt_chisq999_count": beyond(0.999),
    "psychsyn_040_pairs": lambda case: quality_of(case).synonym_pairs.sum(),
    "psychant_025_pairs": lambda case: quality_of(case).antonym_pairs.sum(),
}
