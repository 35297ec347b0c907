"""Texts of a column → positions: by the exact words of an answer, or by its points."""

import re
from collections.abc import Iterable, Mapping

from scales import DONT_KNOW, SKIPPED, Item
from survey.rules.sheets.same_words import words_of

DONT_KNOW_WORDS = (
    "不了解 / 不适用",
    "不了解",
    "不适用",
    "Don't know / not applicable",
    "Don't know",
    "Not applicable",
    "DK",
)
LEFT_EMPTY = ("", "(空)", "(跳过)")  # how exports write that nothing was answered

_NUMBER = re.compile(r"-?\d{1,3}(\.0+)?", re.ASCII)
_EMPTY = frozenset(map(words_of, LEFT_EMPTY))
_DONT_KNOW = frozenset(words_of(words.replace("’", "'")) for words in DONT_KNOW_WORDS)


def is_left_empty(text: str) -> bool:
    """Whether a cell says that nothing was answered."""
    return words_of(text) in _EMPTY


def are_points(item: Item, texts: Iterable[str]) -> bool:
    """Whether a column is all numbers, so that they are read as points and not as words."""
    if item.format is None:
        return False
    labels = _labels(item)
    words = [words_of(text) for text in texts]
    said = [each for each in words if each not in _EMPTY and each not in _DONT_KNOW]
    return bool(said) and all(
        _NUMBER.fullmatch(each) is not None and each not in labels for each in said
    )


def positions_of(item: Item, texts: Iterable[str]) -> dict[str, int | None]:
    """Return the position each text of a column stands for, None where it matches nothing."""
    found = list(texts)
    answers = _points(item) if are_points(item, found) else _labels(item)
    if item.offers_dont_know:
        answers = dict.fromkeys(_DONT_KNOW, DONT_KNOW) | answers
    answers = dict.fromkeys(_EMPTY, SKIPPED) | answers
    return {text: answers.get(words_of(text.replace("’", "'"))) for text in found}


def _points(item: Item) -> dict[str, int]:
    if item.format is None:
        return {}
    points = {str(item.format.lowest + n): n + 1 for n in range(item.format.points)}
    return points | {f"{point}.0": position for point, position in points.items()}


def _labels(item: Item) -> dict[str, int]:
    """Return the words of each answer in every language; words of two answers stand for none."""
    said: dict[str, set[int]] = {}
    for position, words in _worded(item):
        said.setdefault(words_of(words.replace("’", "'")), set()).add(position)
    return {words: next(iter(places)) for words, places in said.items() if len(places) == 1}


def _worded(item: Item) -> Iterable[tuple[int, str]]:
    for position, option in enumerate(item.options, start=1):
        yield position, option.id
        for words in option.text.values():
            yield position, words
    if item.format is None:
        return
    for labels in item.format.labels.values():
        places: Mapping[int, str] = dict(enumerate(labels, start=1))
        if len(labels) == 2:  # the two ends only
            places = {1: labels[0], item.format.points: labels[1]}
        yield from places.items()
