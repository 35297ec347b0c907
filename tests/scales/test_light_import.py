"""`import scales`, and an analysis, must not pay for libraries they do not need."""

import subprocess
import sys

import pytest

HEAVY = ("pandas", "pingouin", "scipy.stats", "sklearn", "matplotlib")

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


def test_importing_scales_leaves_scipy_alone():
    done = subprocess.run(
        [sys.executable, "-c", "import scales, sys; print('scipy' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == "False"
