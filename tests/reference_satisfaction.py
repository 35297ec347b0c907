"""How the reference's shares of answers are computed by us."""

import numpy as np

from scales import answer_counts, net_promoter_score, scale_moments, top_share, wilson_interval


def top_two(case):
    return top_share(scale_moments(case.packed, case.scale, with_pairs=True), case.scale)


def wilson(side):
    """R takes every answer as if another person had given it."""
    return lambda case: wilson_interval(top_two(case).n_on_levels, top_two(case).n_answers)[side]


def promoters(case):
    counts = answer_counts(scale_moments(case.packed, case.scale), case.scale)
    return net_promoter_score(np.array(counts[case.item])).score


COVERED = {
    "top2box_share_all_answers": lambda case: top_two(case).share,
    "top2box_wilson_lower": wilson(0),
    "top2box_wilson_upper": wilson(1),
    "net_promoter_score": promoters,
}
