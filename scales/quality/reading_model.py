"""The mixture behind `reading_probability`: people who read, and patterns that nobody read for."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scales.definition import Keying, Questionnaire
from scales.quality.marks import scale_places, scaled_items
from scales.quality.patterns import pattern_log_odds, points_of

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]

LEVELS = 5  # of each scale, and of the general opinion
_ROUNDS = 50
_PRIOR_SHEETS = 1.0  # what the starting profiles weigh, in sheets for each answer and level
_PROFILE_WIDTH = 0.22  # of the range
_PROFILE_FLOOR = 0.02
_FOLLOWS = 0.25  # how closely a scale follows the general opinion before anything is known
_START_SHARE = 0.7  # of people who read


@dataclass
class _Block:
    """The items of one scale: where their one-hot columns stand, and what each level answers."""

    columns: NDArray[np.intp]
    item_starts: NDArray[np.intp]  # within the columns
    start: Matrix  # (levels, columns): the answers' probability before anything is known
    answers: Matrix
    follows: Matrix  # (opinions, levels): probability of the level


@dataclass
class ReadingModel:
    """A latent class model of readers beside fixed patterns.

    Readers have one of `LEVELS` general opinions, given that one of `LEVELS` levels on each scale,
    and given that level answer its items independently.
    """

    blocks: list[_Block]
    opinions: Vector  # probability of each general opinion
    patterns: Matrix  # (one-hot columns, patterns): log probability of each answer
    shares: Vector  # of readers, and of each pattern


@dataclass(frozen=True)
class Expected:
    """What the model makes of sheets, a row each."""

    readers: Matrix  # (n, opinions): probability of reading and holding the opinion
    patterns: Matrix  # (n, patterns)
    levels: list[Matrix]  # per block (n, levels): probability of the answers at each level
    mixed: list[Matrix]  # per block (n, opinions): the same, mixed over levels


def fit_reading_model(one_hot: Matrix, questionnaire: Questionnaire) -> ReadingModel:
    """Fit by expectation–maximisation from fixed starting profiles: no draws, one answer."""
    model = _start(questionnaire)
    for _ in range(_ROUNDS):
        seen = expect(model, one_hot)
        sheets = np.concatenate([[seen.readers.sum()], seen.patterns.sum(axis=0)])
        model.shares = (sheets + 1 / len(sheets)) / (len(one_hot) + 1)
        model.opinions = seen.readers.sum(axis=0) + _PRIOR_SHEETS
        model.opinions /= model.opinions.sum()
        for block, levels, mixed in zip(model.blocks, seen.levels, seen.mixed, strict=True):
            _learn(block, one_hot, levels, seen.readers / mixed)
    return model


def expect(model: ReadingModel, one_hot: Matrix) -> Expected:
    """Return the probabilities of each sheet under the model as it is."""
    levels = [np.exp(one_hot[:, b.columns] @ np.log(b.answers).T) for b in model.blocks]
    mixed = [
        at_level @ block.follows.T for at_level, block in zip(levels, model.blocks, strict=True)
    ]
    read = np.log(model.shares[0] * model.opinions) + sum(np.log(of_block) for of_block in mixed)
    joint = np.hstack([read, np.log(model.shares[1:]) + one_hot @ model.patterns])
    joint = np.exp(joint - joint.max(axis=1, keepdims=True))
    joint /= joint.sum(axis=1, keepdims=True)
    return Expected(joint[:, :LEVELS], joint[:, LEVELS:], levels, mixed)


def _learn(block: _Block, one_hot: Matrix, levels: Matrix, share: Matrix) -> None:
    held = levels * (share @ block.follows)
    counts = held.T @ one_hot[:, block.columns] + _PRIOR_SHEETS * LEVELS * block.start
    totals = np.add.reduceat(counts, block.item_starts, axis=1)
    sizes = np.diff([*block.item_starts, len(block.columns)])
    block.answers = counts / np.repeat(totals, sizes, axis=1)
    block.follows = block.follows * (share.T @ levels) + _PRIOR_SHEETS * _follows()
    block.follows /= block.follows.sum(axis=1, keepdims=True)


def _start(questionnaire: Questionnaire) -> ReadingModel:
    patterns = pattern_log_odds(questionnaire)
    count = patterns.shape[1]
    shares = np.array([_START_SHARE, *[(1 - _START_SHARE) / count] * count])
    groups = _groups(questionnaire)
    starts = np.concatenate([[0], np.cumsum(points_of(scaled_items(questionnaire)))])
    blocks = [_block(group, starts) for group in groups]
    return ReadingModel(blocks, np.full(LEVELS, 1 / LEVELS), patterns, shares)


def _groups(questionnaire: Questionnaire) -> list[dict[int, Keying]]:
    """Return the items of each scale, by place; an item of no scale, or of a second one, apart."""
    groups: list[dict[int, Keying]] = []
    seen: set[int] = set()
    for scale in questionnaire.scales:
        places = scale_places(questionnaire, scale)
        keyed = {p: i.keying for p, i in zip(places, scale.items, strict=True) if p not in seen}
        seen |= set(keyed)
        groups.append(keyed)
    alone = [
        {place: item.keying}
        for place, item in enumerate(scaled_items(questionnaire))
        if place not in seen
    ]
    return [group for group in groups if group] + alone


def _block(group: dict[int, Keying], starts: NDArray[np.intp]) -> _Block:
    sizes = [int(starts[place + 1] - starts[place]) for place in group]
    columns = np.concatenate([np.arange(starts[place], starts[place + 1]) for place in group])
    start = np.hstack(
        [_profile(size, keying) for size, keying in zip(sizes, group.values(), strict=True)]
    )
    item_starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.intp)
    return _Block(columns, item_starts, start, start.copy(), _follows())


def _profile(points: int, keying: Keying) -> Matrix:
    """Return what each level answers at first: around its share of the range."""
    middles = np.linspace(1, points, LEVELS)[:, None]
    odds = np.exp(-0.5 * ((np.arange(1, points + 1) - middles) / (points * _PROFILE_WIDTH)) ** 2)
    odds = odds + _PROFILE_FLOOR
    profile = odds / odds.sum(axis=1, keepdims=True)
    return np.asarray(profile[:, ::-1] if keying is Keying.REVERSE else profile)


def _follows() -> Matrix:
    places = np.linspace(0, 1, LEVELS)
    odds = np.exp(-0.5 * ((places[:, None] - places) / _FOLLOWS) ** 2)
    return np.asarray(odds / odds.sum(axis=1, keepdims=True))
