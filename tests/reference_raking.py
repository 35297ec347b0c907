"""How the reference's raked weights, and errors under them, are computed by us."""

from functools import cache

from reference_cases import cases

from scales import clustered_standard_error, rake, raked_standard_error, weighted_mean


@cache
def targets():
    records = (case.record for case in cases("raking"))
    return next(each["value"] for each in records if each["statistic"] == "targets")


def margins(case):
    return {margin: [row[margin] for row in case.rows] for margin in targets()}


def weights(case):
    return rake(margins(case), targets()).weights


def cell_weight(case):
    """The weight of anybody in a cell of all margins."""
    levels = case.record["cell"].split("/")
    here = [[row[margin] for margin in targets()] == levels for row in case.rows]
    return weights(case)[here.index(True)]


def count_on_level(case):
    margin, level = case.record["cell"].split("/")
    return sum(row[margin] == level for row in case.rows)


def raked_error(case):
    return raked_standard_error(case.column("satisfaction"), weights(case), margins(case))


def raked_design_effect(case):
    """Against a simple sample of as many people from the population as weighted."""
    values, found = case.column("satisfaction"), weights(case)
    n, mean = len(values), weighted_mean(values, found)
    variance = n / (n - 1) * weighted_mean((values - mean) ** 2, found)
    return raked_error(case) ** 2 / (variance / n)


COVERED = {
    "raked_cell_weight": cell_weight,
    "raked_se": raked_error,
    "deff_raked": raked_design_effect,
    "unweighted_count": count_on_level,
    "weight_sum": lambda case: weights(case).sum(),
    "weight_min": lambda case: weights(case).min(),
    "weight_max": lambda case: weights(case).max(),
    "weight_ratio_max_min": lambda case: weights(case).max() / weights(case).min(),
    "weighted_se_percent_cluster_unit": lambda case: clustered_standard_error(
        case.percent, case.column("weight"), [row["unit"] for row in case.rows]
    ),
}
