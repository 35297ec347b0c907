"""pingouin, an independent implementation, on the same answers; it is used in tests only."""

import numpy as np
import pandas as pd
import pingouin
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reference_cases import cases
from scale_builders import a_scale, pack

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


@settings(max_examples=25)
@given(st.integers(0, 10**6), st.integers(2, 8), st.integers(2, 11), st.floats(0, 0.2))
def test_alpha_of_made_up_answers_agrees(seed, items, points, skipped):
    rng = np.random.default_rng(seed)
    scale = a_scale("abcdefgh"[:items], "b", points=points)
    latent = rng.normal(size=(60, 1)) + rng.normal(size=(60, items))
    raw = np.clip(np.rint((points + 1) / 2 + latent), 1, points)
    raw[rng.random(raw.shape) < skipped] = np.nan
    aligned = pd.DataFrame(align_keying(raw, scale))

    pairwise, _ = pingouin.cronbach_alpha(aligned)
    listwise, _ = pingouin.cronbach_alpha(aligned.dropna())

    packed = pack(raw, scale)
    assert analyse_scale(packed, scale).alpha == pytest.approx(pairwise, rel=0, abs=1e-9)
    ours = analyse_scale(packed, scale, missing="listwise").alpha
    assert ours == pytest.approx(listwise, rel=0, abs=1e-9)
