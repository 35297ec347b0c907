"""How many made-up sheets are flagged, by kind and questionnaire: answers alone, no seconds."""

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scales import (
    Questionnaire,
    flag_sheets,
    load_questionnaire,
    scaled_items,
    sheet_quality,
    shipped_questionnaires,
)

PEOPLE = 1000
SEEDS = range(101, 106)  # others than those of the tests
SHIPPED = ("citizen-service", "partner-cooperation", "staff-establishment")


def run() -> None:
    """Print the mean share flagged over the seeds, and the worst share of honest people."""
    sys.path.append(str(Path(__file__).parent.parent / "tests"))
    from simulated_sheets import KINDS, a_long_questionnaire, honest, honest_by_tree

    shipped = shipped_questionnaires()
    questionnaires = [load_questionnaire(shipped[name]) for name in SHIPPED]
    print(f"\nDetection: {PEOPLE} honest sheets, {PEOPLE // len(KINDS)} of each fabrication")
    print("items  people  honest  worst  " + "  ".join(KINDS))
    for questionnaire in [*questionnaires, a_long_questionnaire()]:
        for name, people in (("graded", honest), ("tree", honest_by_tree)):
            shares = []
            for seed in SEEDS:
                rng = np.random.default_rng(seed)
                parts = [people(PEOPLE, questionnaire, rng)]
                parts += [make(PEOPLE // len(KINDS), questionnaire, rng) for make in KINDS.values()]
                shares.append(_flagged(parts, questionnaire))
            _print(questionnaire, name, np.array(shares))


def _print(questionnaire: Questionnaire, people: str, shares: NDArray[np.float64]) -> None:
    mean = shares.mean(axis=0)
    figures = [mean[0], shares[:, 0].max(), *mean[1:]]
    items = len(scaled_items(questionnaire))
    print(f"{items:5}  {people:6}  " + "  ".join(f"{share:6.1%}" for share in figures))


def _flagged(parts: list[NDArray[np.float64]], questionnaire: Questionnaire) -> list[float]:
    flags = flag_sheets(sheet_quality(np.vstack(parts), questionnaire)).any
    ends = np.cumsum([len(part) for part in parts])[:-1]
    return [float(of_part.mean()) for of_part in np.split(flags, ends)]


if __name__ == "__main__":
    run()
