"""Ordinal figures: alpha and omega of polychoric correlations."""

from collections.abc import Callable

import numpy as np

from scales.definition import Scale
from scales.errors import Undefined
from scales.figures.reasons import Reasons
from scales.keying import is_reverse
from scales.moments import Integers
from scales.reliability.matrices import Matrix
from scales.reliability.polychoric import ordinal_alpha, ordinal_omega, polychoric_matrix

OF_THE_SCALE = {"two_items", "factor_not_found"}  # codes that mean the same for any matrix


def ordinal_figures(
    pairs: Integers | str, correlation: Matrix | None, reasons: Reasons
) -> tuple[float | None, float | None]:
    """Return ordinal alpha and ordinal omega from aligned tables, or note why there are none.

    Without correlations an item has the reason.
    """
    if correlation is None:
        return None, None
    if isinstance(pairs, str):
        reasons.note(pairs)
        return None, None
    polychoric = polychoric_matrix(pairs, len(correlation))
    return (
        _ask(lambda: ordinal_alpha(polychoric), reasons),
        _ask(lambda: ordinal_omega(polychoric), reasons),
    )


def _ask(figure: Callable[[], float], reasons: Reasons) -> float | None:
    """Return the figure; a reason in its matrix must not read as one in the answers themselves."""
    try:
        return figure()
    except Undefined as reason:
        known = (*OF_THE_SCALE, *reasons.codes)
        is_plain = reason.code in known or reason.code.startswith("ordinal_")
        reasons.note(reason.code if is_plain else "ordinal_singular")
        return None


def align_pairs(pairs: Integers, scale: Scale) -> Integers:
    """Return the tables of each two items with the positions of reverse items mirrored."""
    first, second = np.triu_indices(len(scale.items), 1)
    reverse = is_reverse(scale)
    aligned = np.where(reverse[first, np.newaxis, np.newaxis], pairs[:, ::-1, :], pairs)
    return np.where(reverse[second, np.newaxis, np.newaxis], aligned[:, :, ::-1], aligned)
