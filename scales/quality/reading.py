"""reading_probability: was this sheet filled in by somebody who read it, or by a pattern."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from scales.definition import Item, Questionnaire
from scales.errors import InvalidAnswer, Undefined
from scales.quality.identical import sheet_hashes
from scales.quality.marks import scaled_items
from scales.quality.patterns import points_of
from scales.quality.reading_model import expect, fit_reading_model

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
Positions = NDArray[np.integer]

_FITTED_ON = 4_000
_ROWS_AT_ONCE = 8_192


def reading_probability(positions: Positions, questionnaire: Questionnaire) -> Vector:
    """Return how probable it is that each sheet was filled in by somebody who read the items.

    A mixture is fitted to the sheets themselves. *Readers* follow a latent class model: one of
    five general opinions, given that one of five levels on each scale, and given the level each
    item is answered by its own distribution. *Patterns* are fixed: ticks at random; one point
    throughout; two points in turn; the last two with one slip in twenty, and only where they
    contradict the keys, since otherwise they are an opinion. The share of each is estimated, so
    that clean answers lose almost nobody. Whoever imitates readers, a bot with a trait of its own
    for example, counts as one.

    Parameters
    ----------
    positions : (n_sheets, n_items) array of integers
        The scaled items in file order: 1…k the position ticked, 0 no answer.
    questionnaire : Questionnaire
        Gives the items, keys and scales.

    Returns
    -------
    (n_sheets,) array from 0 to 1

    Raises
    ------
    InvalidAnswer
        If the columns do not match, or a position lies off its format.
    Undefined
        ``nobody_answered`` without sheets.

    Notes
    -----
    ``P(read | x) = p₀ΣP(g)ΠΣP(l | g)ΠP(xᵢ | l) / (the same + Σ p_c ΠP(xᵢ | c))``, products over
    scales and their answered items; fitted by EM on at most 4,000 sheets, evenly spaced in an
    order that depends on their answers only.

    References
    ----------
    Lazarsfeld, P. F., & Henry, N. W. (1968). *Latent structure analysis*. Houghton Mifflin.
    Meade, A. W., & Craig, S. B. (2012). Identifying careless responses in survey data.
    *Psychological Methods*, 17, 437–455.
    Ulitzsch, E., et al. (2022). A latent class approach to careless and insufficient effort
    responding. *British Journal of Mathematical and Statistical Psychology*, 75, 668–698.
    """
    items = scaled_items(questionnaire)
    _check(positions, items)
    by_answers = np.argsort(sheet_hashes(positions), kind="stable")
    count = min(_FITTED_ON, len(positions))
    chosen = by_answers[np.linspace(0, len(positions) - 1, count).round().astype(np.intp)]
    model = fit_reading_model(_one_hot(positions[chosen], items), questionnaire)
    found = [expect(model, _one_hot(part, items)).readers.sum(axis=1) for part in _parts(positions)]
    return np.concatenate(found)


def _one_hot(positions: Positions, items: tuple[Item, ...]) -> Matrix:
    columns = [
        positions[:, place] == point
        for place, points in enumerate(points_of(items))
        for point in range(1, points + 1)
    ]
    return np.array(columns).T.astype(np.float64)


def _parts(positions: Positions) -> Iterator[Positions]:
    for start in range(0, len(positions), _ROWS_AT_ONCE):
        yield positions[start : start + _ROWS_AT_ONCE]


def _check(positions: Positions, items: tuple[Item, ...]) -> None:
    if positions.ndim != 2 or positions.shape[1] != len(items):
        raise InvalidAnswer(f"expected {len(items)} columns, got shape {positions.shape}")
    if not positions.size:
        raise Undefined("nobody_answered")
    if (positions < 0).any() or (positions > np.array(points_of(items))).any():
        raise InvalidAnswer("a position lies off its format")
