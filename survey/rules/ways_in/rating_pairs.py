"""Who rates whom: a list of pairs that holds together, and where the rating of a pair stands."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from survey.errors import RefusedCell

MOST_QUOTA = 20


@dataclass(frozen=True, slots=True)
class PairDefinition:
    """An office that is to rate a unit in so many quota places; `row` is its row in a list.

    An office that is a unit itself is listed under its unit code.
    """

    rater_code: str
    rater_name: str
    unit_code: str
    quota: int = 1
    row: int = 0


@dataclass(frozen=True, slots=True)
class KnownPairs:
    """What a campaign knows before a list comes: its units, its offices, and their pairs."""

    units: frozenset[str]
    raters: Mapping[str, str] = field(default_factory=dict)  # code → name
    pairs: frozenset[tuple[str, str]] = frozenset()
    is_self: bool = False  # units assess themselves


def check_pairs(pairs: Sequence[PairDefinition], known: KnownPairs) -> list[RefusedCell]:
    """Return everything that is wrong with a list, row by row."""
    names = dict(known.raters)
    places: dict[tuple[str, str], int] = {}
    refused: list[RefusedCell] = []
    for place, pair in enumerate(pairs):
        name = names.setdefault(pair.rater_code, pair.rater_name)
        first = places.setdefault((pair.rater_code, pair.unit_code), place)
        refused += _faults(pair, known)
        if name != pair.rater_name:
            refused.append(_refused("pair_two_names", pair, rater=pair.rater_code, other=name))
        if first != place:
            refused.append(_refused("pair_twice", pair, **_both(pair), first=pairs[first].row))
    return refused


def _faults(pair: PairDefinition, known: KnownPairs) -> Iterator[RefusedCell]:
    is_own = pair.rater_code == pair.unit_code
    if pair.unit_code not in known.units:
        yield _refused("pair_unit_unknown", pair, unit=pair.unit_code)
    elif is_own and not known.is_self:
        yield _refused("pair_own_unit", pair, unit=pair.unit_code)
    elif known.is_self and not is_own:
        yield _refused("pair_other_unit", pair, **_both(pair))
    elif (pair.rater_code, pair.unit_code) in known.pairs:
        yield _refused("pair_known", pair, **_both(pair))
    if not 1 <= pair.quota <= (1 if known.is_self else MOST_QUOTA):
        yield _refused(
            "pair_quota", pair, value=pair.quota, most=1 if known.is_self else MOST_QUOTA
        )


def _both(pair: PairDefinition) -> dict[str, object]:
    return {"rater": pair.rater_name, "unit": pair.unit_code}


def _refused(code: str, pair: PairDefinition, **values: object) -> RefusedCell:
    return RefusedCell(code, pair.row, values)


class RatingState(StrEnum):
    """Where the rating of a unit by one quota place stands."""

    NOT_YET = "not_yet"
    BEGUN = "begun"  # kept, something is still to be answered
    READY = "ready"  # kept, to be sent
    RATED = "rated"
    NO_DEALINGS = "no_dealings"
    RETURNED = "returned"  # sent, and given back with a reason


def is_done(state: RatingState) -> bool:
    """Whether nothing is left to do."""
    return state in (RatingState.RATED, RatingState.NO_DEALINGS)


def state_of_sending(
    revision: int, *, has_no_dealings: bool = False, is_returned: bool = False
) -> RatingState:
    """Return where a pair stands by its newest revision; 0 where nothing has come."""
    if revision == 0:
        return RatingState.NOT_YET
    if is_returned:
        return RatingState.RETURNED
    return RatingState.NO_DEALINGS if has_no_dealings else RatingState.RATED
