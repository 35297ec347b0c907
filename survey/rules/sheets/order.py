"""In which order a sheet shows its items: as written, or shuffled by a recorded seed."""

import hashlib
from collections.abc import Sequence
from itertools import groupby
from uuid import UUID

from scales import Item, Keying, Questionnaire

SEEDS = 64
_LOW = 50  # percent


def order_seed_of(sheet_id: UUID | str) -> int:
    """Return the seed of a sheet's item order, made from the id that its page was served with."""
    number = int(sheet_id, 16) if isinstance(sheet_id, str) else sheet_id.int
    return number % SEEDS


def shown_items(questionnaire: Questionnaire, seed: int | None = None) -> tuple[Item, ...]:
    """Return the items in the order a sheet shows them.

    Where the questionnaire is shuffled, neighbouring scaled items of one format change places,
    and nothing else does. A comment on a low answer follows the last item it may be about.
    """
    items: Sequence[Item] = [item for item in questionnaire.items if not item.first_after_low]
    if questionnaire.shuffle and seed is not None:
        items = _shuffled(items, _scaled_ids(questionnaire), seed)
    followed = list(items)
    for follow_up in (item for item in questionnaire.items if item.first_after_low):
        places = [n for n, item in enumerate(followed) if item.id in follow_up.first_after_low]
        place = max(places, default=len(followed) - 1) + 1
        while place < len(followed) and followed[place].first_after_low:
            place += 1  # several comments on one item keep the order they are written in
        followed.insert(place, follow_up)
    return tuple(followed)


def low_positions(item: Item) -> tuple[int, ...]:
    """Return the positions of an item that are worth less than half; a reverse item's are high."""
    if item.format is None:
        return ()
    percent = item.format.percent
    worth = percent if item.keying is Keying.FORWARD else percent[::-1]
    return tuple(n for n, percent_of_point in enumerate(worth, start=1) if percent_of_point < _LOW)


def _scaled_ids(questionnaire: Questionnaire) -> frozenset[str]:
    return frozenset(item.id for scale in questionnaire.scales for item in scale.items)


def _shuffled(items: Sequence[Item], scaled_ids: frozenset[str], seed: int) -> list[Item]:
    shown: list[Item] = []
    for item_format, group in groupby(items, key=lambda item: _block_of(item, scaled_ids)):
        block = list(group)
        shown += sorted(block, key=lambda item: _place(item, seed)) if item_format else block
    return shown


def _block_of(item: Item, scaled_ids: frozenset[str]) -> str:
    """Return what the items that may change places have in common; empty for those that stay."""
    return item.format.id if item.format is not None and item.id in scaled_ids else ""


def _place(item: Item, seed: int) -> bytes:
    """Return where a seed puts an item: the same on every machine and in every version."""
    return hashlib.sha256(f"{seed} {item.id}".encode()).digest()
