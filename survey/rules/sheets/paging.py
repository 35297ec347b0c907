"""Which items stand on which page of a phone: short questionnaires on one, longer ones on some."""

from collections.abc import Sequence
from functools import cache

from scales import Item, Questionnaire
from survey.rules.sheets.order import shown_items

ON_ONE_PAGE = 8
FEWEST, MOST = 4, 6  # items a page, where there is more than one

_BEST = 5
_A_PAGE, _INSIDE_A_PART, _BEFORE_A_COMMENT = 10, 30, 90  # what a page and its end cost

Pages = tuple[tuple[Item, ...], ...]


def is_paged(questionnaire: Questionnaire) -> bool:
    """Whether a questionnaire takes more than one page."""
    return len(questionnaire.items) > ON_ONE_PAGE


def pages_of(questionnaire: Questionnaire, seed: int | None = None) -> Pages:
    """Return the items page by page, in the order a sheet with this seed shows them."""
    if questionnaire.digest not in _kept:
        _kept[questionnaire.digest] = {}
    kept = _kept[questionnaire.digest]
    seed = seed if questionnaire.shuffle else None
    if seed not in kept:
        kept[seed] = split_pages(shown_items(questionnaire, seed))
    return kept[seed]


_kept: dict[str, dict[int | None, Pages]] = {}  # by digest: a published version never changes


def split_pages(items: Sequence[Item]) -> Pages:
    """Split items into pages of four to six, so that as few parts as possible are torn apart."""
    if len(items) <= ON_ONE_PAGE:
        return (tuple(items),)

    @cache
    def cheapest(start: int) -> tuple[int, tuple[int, ...]]:
        """Return the cost of the pages from an item on, and where each of them ends."""
        if start == len(items):
            return 0, ()
        choices = []
        for end in range(start + FEWEST, min(start + MOST, len(items)) + 1):
            if _may_follow(len(items) - end):
                rest, ends = cheapest(end)
                uneven = abs(end - start - _BEST)
                choices.append((_A_PAGE + uneven + _tear(items, end) + rest, (end, *ends)))
        return min(choices)

    ends = cheapest(0)[1]
    return tuple(tuple(items[a:b]) for a, b in zip((0, *ends), ends, strict=False))


def _may_follow(count: int) -> bool:
    """Whether so many items can be split into pages of four to six."""
    return count == 0 or FEWEST <= count <= MOST or count >= 2 * FEWEST


def _tear(items: Sequence[Item], place: int) -> int:
    """Return what it costs to turn the page before an item."""
    if place == len(items):
        return 0
    before, after = items[place - 1], items[place]
    if after.first_after_low:
        return _BEFORE_A_COMMENT  # a comment stands with the answers it is about
    is_one_part = before.format is not None and before.format == after.format
    return _INSIDE_A_PART if is_one_part else 0
