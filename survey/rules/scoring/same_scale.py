"""When two campaigns have measured a scale alike, so that its scores may stand side by side."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

from scales import Questionnaire, Scale

Words = TypeVar("Words")

ScaleAsked = tuple[str, str, Hashable, Hashable]  # questionnaire, scale, items, how it is scored


def scale_asked(questionnaire: Questionnaire, scale: Scale) -> ScaleAsked:
    """Return a key that is the same where the very same items were asked, scored in one way."""
    items = tuple((item.id, item.keying) for item in scale.items)
    return questionnaire.id, scale.id, items, _coding(scale)


def why_not_alike(first: Scale, second: Scale) -> str | None:
    """Return why the scores of a scale asked twice may not be compared, or None where they may.

    ``items_differ``: other items were asked; ``coding_differs``: the same items make another
    score, by their points, their keying or the number of answers needed.
    """
    items = [{item.id: item.keying for item in scale.items} for scale in (first, second)]
    if items[0].keys() != items[1].keys():
        return "items_differ"
    is_alike = items[0] == items[1] and _coding(first) == _coding(second)
    return None if is_alike else "coding_differs"


def is_worded_alike(first: Scale, second: Scale) -> bool:
    """Whether the items and their labels say the same in both, as far as both have a language."""
    texts = [{item.id: item.text for item in scale.items} for scale in (first, second)]
    if any(
        not _agree(texts[0][item], texts[1][item]) for item in texts[0].keys() & texts[1].keys()
    ):
        return False
    return _agree(first.format.labels, second.format.labels)


def _coding(scale: Scale) -> Hashable:
    return scale.format.percent, scale.format.fractional, scale.needed_count


def _agree(one: Mapping[str, Words], other: Mapping[str, Words]) -> bool:
    return all(one[locale] == other[locale] for locale in one.keys() & other.keys())
