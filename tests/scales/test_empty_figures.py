"""A figure that does not exist is empty, and the warnings say why."""

from dataclasses import asdict

import numpy as np
import pytest
from scale_builders import a_scale, pack

from scales import ITEM_WARNING_CODES, WARNING_CODES, analyse_points, analyse_scale

GAP = np.nan


def analyse(raw, scale, **choices):
    return analyse_scale(pack(raw, scale), scale, **choices)


def empty(analysis):
    return {key for key, value in asdict(analysis).items() if value is None} - NOT_ASKED_FOR


NOT_ASKED_FOR = {"weighted", "bootstrap", "kr20"}
ORDINAL = {"ordinal_alpha", "ordinal_omega"}
OMEGAS = {"omega_total", "omega_total_ml", "ordinal_omega"}
RELIABILITY = {
    *("alpha", "alpha_ci95", "alpha_standardized", "lambda2", "lambda6", "average_r", "median_r"),
    *("first_eigenvalue", "second_eigenvalue", "sem_points", "split_half"),
    *(OMEGAS | ORDINAL),
}
SCORES = {"mean_points", "sd_points", "mean_percent", "ci95_percent"}
OF_CORRELATIONS = {
    *("alpha_standardized", "lambda6", "average_r", "median_r"),
    *("first_eigenvalue", "second_eigenvalue"),
    *(OMEGAS | ORDINAL),
}


@pytest.mark.parametrize(
    ("raw", "items", "missing_figures", "codes"),
    [
        pytest.param(
            np.empty((0, 3)),
            "abc",
            SCORES | RELIABILITY,
            {"nobody_answered", "no_complete_sheet", "nobody_scored", "too_few_for_alpha"}
            | {f"nobody_answered:{item}" for item in "abc"},
            id="no sheet",
        ),
        pytest.param(
            [[4, 5, 3]],
            "abc",
            RELIABILITY | {"sd_points", "ci95_percent"},
            {"too_few_for_interval", "too_few_for_alpha"}
            | {f"too_few_answers:{item}" for item in "abc"},
            id="one sheet",
        ),
        pytest.param([[1], [2], [5]], "a", RELIABILITY, {"single_item"}, id="one item"),
        pytest.param([[1, 2], [2, 2], [5, 4]], "ab", OMEGAS, {"two_items"}, id="two items"),
        pytest.param(
            [[1, 2, 3], [2, 2, 3], [3, 4, 3], [4, 4, 3], [5, 5, 3]],
            "abc",
            OF_CORRELATIONS,
            {"zero_variance:c"},
            id="an item that never varies",
        ),
        pytest.param(
            [[1, 1, 1], [3, 3, 3], [5, 5, 5]],
            "abc",
            {"lambda6"} | OMEGAS,
            {"singular_matrix", "ordinal_singular"},
            id="three times the same item",
        ),
        pytest.param(
            [[4, 4, 4], [4, 4, 4]],
            "abc",
            RELIABILITY,
            {"zero_total_variance"} | {f"zero_variance:{item}" for item in "abc"},
            id="everybody the same",
        ),
        pytest.param(
            [[1, 2, GAP], [2, GAP, 3], [GAP, 3, 3], [4, 5, GAP], [5, GAP, 5], [3, 4, GAP]],
            "abc",
            RELIABILITY,
            {"no_complete_sheet", "too_few_for_alpha"},
            id="a pair answered by one person",
        ),
        pytest.param(
            [[1, 2, GAP], [3, 3, GAP], [5, 4, GAP]],
            "abc",
            RELIABILITY,
            {"no_complete_sheet", "too_few_for_alpha", "nobody_answered:c"},
            id="an item nobody answered",
        ),
        pytest.param(
            [[1, GAP, GAP], [GAP, 3, GAP], [GAP, GAP, 4]],
            "abc",
            SCORES | RELIABILITY,
            {"no_complete_sheet", "nobody_scored", "too_few_for_alpha"}
            | {f"too_few_answers:{item}" for item in "abc"},
            id="nobody answered enough",
        ),
        pytest.param(
            [[1, 5, 2], [2, 4, 2], [3, 3, 3], [4, 2, 4], [5, 2, 4]],
            "abc",
            {"ordinal_omega"},
            {
                "ordinal_singular",
                "alpha_below_0_6",
                "possibly_reverse_keyed:a",
                "possibly_reverse_keyed:b",
            },
            id="a forgotten reversal",
        ),
        pytest.param(
            [[1, 5], [2, 4], [4, 2]],
            "ab",
            RELIABILITY - {"average_r", "median_r", "first_eigenvalue", "second_eigenvalue"},
            {"two_items", "zero_total_variance", "singular_matrix"}
            | {f"possibly_reverse_keyed:{item}" for item in "ab"},
            id="two items that cancel out",
        ),
    ],
)
def test_a_figure_that_does_not_exist_is_empty_and_says_why(raw, items, missing_figures, codes):
    scale = a_scale(items)

    analysis = analyse(raw, scale)

    assert empty(analysis) == missing_figures
    assert set(analysis.warnings) == codes
    of_points = analyse_points(np.array(raw, dtype=float), scale)
    assert empty(of_points) == missing_figures | ORDINAL
    known = set(WARNING_CODES) | {f"{code}:{item}" for code in ITEM_WARNING_CODES for item in items}
    assert set(analysis.warnings) <= known


def test_a_scale_without_complete_sheets_has_no_listwise_alpha():
    raw, scale = [[1, 2, GAP], [3, GAP, 2], [GAP, 5, 4]], a_scale("abc")

    analysis = analyse(raw, scale, missing="listwise")
    of_points = analyse_points(np.array(raw), scale, missing="listwise")

    assert empty(analysis) == RELIABILITY
    for found in (analysis, of_points):  # not that nobody answered: everybody did, in part
        assert set(found.warnings) == {"no_complete_sheet", "too_few_for_alpha"}
    assert analysis.by_item["a"].n == 0
    assert analysis.by_item["a"].missing_share == 1 / 3


@pytest.mark.parametrize(
    ("noise", "lowest", "highest", "code"),
    [
        (1.35, 0.5, 0.6, "alpha_below_0_6"),
        (1.15, 0.6, 0.7, "alpha_below_0_7"),
        (0.9, 0.7, 0.8, None),
    ],
)
def test_a_low_alpha_is_said_once(noise, lowest, highest, code):
    rng = np.random.default_rng(11)
    common = rng.normal(size=(400, 1))
    answers = np.clip(np.rint(3 + common + noise * rng.normal(size=(400, 3))), 1, 5)

    analysis = analyse(answers, a_scale("abc"))

    assert lowest < analysis.alpha < highest
    assert [w for w in analysis.warnings if w.startswith("alpha")] == ([code] if code else [])
