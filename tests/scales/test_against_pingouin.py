"""pingouin, an independent implementation, on the same answers; it is used in tests only."""

import numpy as np
import pandas as pd
import pingouin
import pytest
from reference_cases import cases

from scales import align_keying, analyse_scale


def scales_of(*datasets):
    seen = {}
    for dataset in datasets:
        for case in cases(dataset):
            if len(case.described["items"]) > 1:
                seen.setdefault((dataset, case.record["scale"]), case)
    return seen


SCALES = scales_of("cooperation", "units")


@pytest.mark.parametrize("case", SCALES.values(), ids=map("-".join, SCALES))
def test_alpha_and_its_interval_agree_once_incomplete_rows_are_removed(case):
    aligned = align_keying(case.raw, case.scale)
    complete = pd.DataFrame(aligned[~np.isnan(aligned).any(axis=1)])

    alpha, interval = pingouin.cronbach_alpha(data=complete)

    ours = analyse_scale(case.packed, case.scale, missing="listwise")
    assert ours.alpha == pytest.approx(alpha, rel=0, abs=1e-9)
    assert ours.alpha_ci95 == pytest.approx(
        tuple(interval), abs=5.1e-4
    )  # it rounds to three places


@pytest.mark.parametrize("case", SCALES.values(), ids=map("-".join, SCALES))
def test_pairwise_alpha_agrees(case):
    aligned = pd.DataFrame(align_keying(case.raw, case.scale))

    alpha, _ = pingouin.cronbach_alpha(data=aligned, nan_policy="pairwise")

    assert analyse_scale(case.packed, case.scale).alpha == pytest.approx(alpha, rel=0, abs=1e-9)
