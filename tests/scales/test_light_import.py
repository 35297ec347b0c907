"""`import scales`, and an analysis, must not pay for libraries they do not need."""

import subprocess
import sys

import pytest

import scales

HEAVY = ("pandas", "pingouin", "scipy.stats", "scipy.optimize", "sklearn", "matplotlib")
UNUSED = (
    "scipy",
    "scipy.stats",
    "scipy.optimize",
    "pandas",
    "numpy.random",
    "scales.quality.sheets",
    "scales.comparison.groups",
)

ANALYSIS = """
import numpy as np
from scales import analyse_scale, load_questionnaire, shipped_questionnaires
questionnaire = load_questionnaire(shipped_questionnaires()["citizen-service"])
for scale in questionnaire.scales:
    packed = np.random.default_rng(1).integers(0, 6, (50, len(scale.items)), dtype=np.uint8)
    analyse_scale(packed, scale, weights=np.ones(50))
"""


@pytest.mark.parametrize("program", ["import scales", ANALYSIS], ids=["import", "analysis"])
def test_heavy_libraries_stay_unloaded(program):
    question = f"\nimport sys\nprint([name for name in {HEAVY} if name in sys.modules])"

    done = subprocess.run(
        [sys.executable, "-c", program + question], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", UNUSED)
def test_importing_scales_leaves_alone_what_only_some_figures_need(name):
    question = f"import scales, sys; print({name!r} in sys.modules)"

    done = subprocess.run(
        [sys.executable, "-c", question], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("name", scales.__all__)
def test_every_public_name_is_there_when_it_is_asked_for(name):
    assert getattr(scales, name) is not None


def test_a_name_that_is_not_public_is_no_name_of_scales():
    with pytest.raises(AttributeError, match="no_such_figure"):
        _ = scales.no_such_figure
