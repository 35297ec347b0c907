"""SheetQuality: what there is to say about each sheet, as `--quality-csv` lists it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scales.definition import Item, Keying, Questionnaire
from scales.errors import InvalidAnswer, Undefined
from scales.quality.consistency import even_odd, item_correlations, pair_consistency
from scales.quality.distance import mahalanobis_distances
from scales.quality.marks import SheetMarks, marks_of_raw, scale_places, scaled_items
from scales.quality.strings import individual_variability, longest_string

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class SheetQuality:
    """Values of each sheet, arrays of shape ``(n_sheets,)``; NaN where one does not exist.

    `contradictions` counts forward/reverse pairs of a scale that were both agreed with, or both
    disagreed with; `synonym_pairs` and `antonym_pairs` say which pairs of items were used.
    """

    questionnaire: Questionnaire
    raw: Matrix
    seconds: Vector | None
    marks: SheetMarks
    longstring: Vector
    irv: Vector
    even_odd: Vector
    synonyms: Vector
    antonyms: Vector
    mahalanobis: Vector
    synonym_pairs: Mask  # (n_items, n_items), above the diagonal
    antonym_pairs: Mask

    @cached_property
    def answered(self) -> Vector:
        """How many of the scaled items were answered with a point."""
        return self.marks.answered.astype(np.float64)

    @cached_property
    def contradictions(self) -> Vector:
        """How many pairs contradict each other; NaN where no pair was answered."""
        return np.where(self.marks.pairs > 0, self.marks.contradictions, np.nan)

    @cached_property
    def seconds_per_item(self) -> Vector:
        """The seconds of the sheet by its answered items; NaN without seconds or answers."""
        found = np.full(len(self.raw), np.nan)
        if self.seconds is None:
            return found
        np.divide(self.seconds, self.answered, out=found, where=self.answered > 0)
        return found


def sheet_quality(
    raw: Matrix,
    questionnaire: Questionnaire,
    *,
    seconds: Vector | None = None,
    is_dont_know: Mask | None = None,
    synonym_r: float = 0.6,
    antonym_r: float = -0.6,
) -> SheetQuality:
    """Compute every value of every sheet.

    Parameters
    ----------
    raw : (n_sheets, n_items) array of points
        Points as answered, a column for each of `scaled_items`, in file order; NaN marks a
        missing answer.
    questionnaire : Questionnaire
        Gives the items, their keys and their scales.
    seconds : (n_sheets,) array of seconds, optional
        How long each sheet took; NaN where it is not known.
    is_dont_know : (n_sheets, n_items) array of bool, optional
        Which of the missing answers are “don't know”: they are no answer, but the item was not
        left out.
    synonym_r, antonym_r : float
        Pairs of aligned items that correlate above the one, and of raw items that correlate below
        the other, over all sheets.

    Returns
    -------
    SheetQuality

    Raises
    ------
    InvalidAnswer
        If a shape does not match.

    Notes
    -----
    contradictions: ``Σ f₊r₊ + f₋r₋`` over the scales; f₊ and r₊ are the forward and reverse items
    answered above the middle of the format, f₋ and r₋ those below it
    seconds_per_item: ``seconds/answered items``

    References
    ----------
    Yentes, R. D., & Wilhelm, F. *careless: Procedures for computing indices of careless
    responding* (R package, 1.2.2).
    """
    _check(raw, questionnaire, seconds, is_dont_know)
    points, mirrors = _on_one_range(raw, scaled_items(questionnaire))
    aligned = _aligned(points, mirrors, scaled_items(questionnaire))
    is_synonym = np.triu(item_correlations(aligned) > synonym_r, 1)
    is_antonym = np.triu(item_correlations(points) < antonym_r, 1)
    return SheetQuality(
        questionnaire=questionnaire,
        raw=raw,
        seconds=seconds,
        marks=marks_of_raw(raw, is_dont_know, questionnaire),
        longstring=longest_string(raw),
        irv=individual_variability(raw),
        even_odd=even_odd(_by_scale(points, mirrors, questionnaire)),
        synonyms=pair_consistency(aligned, is_synonym),
        antonyms=pair_consistency(points, is_antonym),
        mahalanobis=_distances(raw),
        synonym_pairs=is_synonym,
        antonym_pairs=is_antonym,
    )


def _by_scale(points: Matrix, mirrors: Vector, questionnaire: Questionnaire) -> list[Matrix]:
    """Return the aligned answers of each scale; an item may be keyed otherwise in another one."""
    places = [scale_places(questionnaire, scale) for scale in questionnaire.scales]
    return [
        _aligned(points[:, columns], mirrors[columns], scale.items)
        for columns, scale in zip(places, questionnaire.scales, strict=True)
    ]


def _aligned(points: Matrix, mirrors: Vector, items: Sequence[Item]) -> Matrix:
    """Mirror the reverse items; `mirrors` holds lowest + highest of each."""
    is_reverse = np.array([item.keying is Keying.REVERSE for item in items], dtype=bool)
    return np.where(is_reverse, mirrors - points, points)


def _on_one_range(raw: Matrix, items: Sequence[Item]) -> tuple[Matrix, Vector]:
    """Return the points, from 0 to 1 where items differ in range, and lowest + highest of each."""
    formats = [item.format for item in items if item.format is not None]
    lowest = np.array([of_item.lowest for of_item in formats], dtype=np.float64)
    highest = np.array([of_item.highest for of_item in formats], dtype=np.float64)
    if len(set(zip(lowest.tolist(), highest.tolist(), strict=True))) < 2:
        return raw, lowest + highest
    return (raw - lowest) / (highest - lowest), np.ones(len(formats))


def _distances(raw: Matrix) -> Vector:
    try:
        return mahalanobis_distances(raw)
    except Undefined:
        return np.full(len(raw), np.nan)


def _check(
    raw: Matrix, questionnaire: Questionnaire, seconds: Vector | None, is_dont_know: Mask | None
) -> None:
    width = len(scaled_items(questionnaire))
    if raw.ndim != 2 or raw.shape[1] != width:
        raise InvalidAnswer(f"expected {width} columns, got shape {raw.shape}")
    if seconds is not None and seconds.shape != (len(raw),):
        raise InvalidAnswer(f"expected seconds of {len(raw)} sheets, got {seconds.shape}")
    if is_dont_know is not None and is_dont_know.shape != raw.shape:
        raise InvalidAnswer(f"expected “don't know” of shape {raw.shape}")
