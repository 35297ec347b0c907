"""Simulated respondents: a latent trait, items of both keys, some careless, some gaps.

A person has a general view of the unit and one of each scale; an item adds its own noise and is cut
into points. Careless people tick one position all the way down.
"""

import numpy as np
from numpy.typing import NDArray

from scales import DONT_KNOW, SKIPPED, Item, ItemKind, Keying, Questionnaire

Packed = NDArray[np.uint8]

_GENERAL_SHARE = 0.75  # of a scale's view that is the general one, in variance
_NOISE = 0.8
_CUTS = (-2.0, -1.15, -0.25, 0.95)  # of five points; other formats are cut evenly
_CARELESS_SHARE = 0.05
_SKIPPED_SHARE = 0.015
_DONT_KNOW_SHARE = 0.03


def simulate_sheets(
    random: np.random.Generator,
    questionnaire: Questionnaire,
    count: int,
    merit: float,
    *,
    has_gaps: bool = True,
) -> Packed:
    """Return packed sheets (count, m) of people who think of a unit what its merit says.

    Without gaps nobody skips an item or says “don't know”.
    """
    general = random.normal(size=count)
    packed = np.zeros((count, len(questionnaire.packed_items)), dtype=np.uint8)
    for scale in questionnaire.scales:
        own = random.normal(size=count)
        view = np.sqrt(_GENERAL_SHARE) * general + np.sqrt(1 - _GENERAL_SHARE) * own
        for item in scale.items:
            column = questionnaire.columns[item.id]
            packed[:, column] = _answers(random, item, view + merit, has_gaps)
    for column, item in enumerate(questionnaire.packed_items):
        if item.kind is ItemKind.CHOICE:
            packed[:, column] = random.integers(1, item.position_count + 1, size=count)
    _be_careless(random, questionnaire, packed)
    return packed


def _answers(
    random: np.random.Generator, item: Item, view: NDArray[np.float64], has_gaps: bool
) -> Packed:
    points = item.position_count
    cuts = _CUTS if points == len(_CUTS) + 1 else np.linspace(-1.5, 1.5, points - 1)
    easiness = random.normal(scale=0.2)
    latent = view + easiness + _NOISE * random.normal(size=len(view))
    aligned = 1 + np.searchsorted(np.array(cuts), latent)
    ticked = points + 1 - aligned if item.keying is Keying.REVERSE else aligned
    answers = ticked.astype(np.uint8)
    if has_gaps and item.offers_dont_know:
        answers[random.random(len(view)) < _DONT_KNOW_SHARE] = DONT_KNOW
    if has_gaps and not item.required:
        answers[random.random(len(view)) < _SKIPPED_SHARE] = SKIPPED
    return answers


def _be_careless(random: np.random.Generator, questionnaire: Questionnaire, packed: Packed) -> None:
    scaled = [
        column
        for column, item in enumerate(questionnaire.packed_items)
        if item.kind is ItemKind.SCALED
    ]
    careless = np.flatnonzero(random.random(len(packed)) < _CARELESS_SHARE)
    for row in careless:
        packed[row, scaled] = random.integers(3, 6)
