"""Coverage of a campaign of offices: who has rated whom, in counts; never what they gave."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from survey.rules.audience import DEFAULT_MINIMA, Audience
from survey.rules.scoring.scoring_plan import read_plan
from survey.rules.ways_in.rating_pairs import RatingState, is_done
from survey.storage.keys import key_of
from survey.storage.queries.campaigns import units_of_campaign
from survey.storage.queries.figures import newest_plan
from survey.storage.queries.ratings import Rating, ratings_of
from survey.storage.tables import Campaign


@dataclass(frozen=True, slots=True)
class OfficeCoverage:
    """An office: its quota places, and how many of its ratings are in which state."""

    code: str
    name: str
    place_count: int
    counts: Mapping[RatingState, int]

    @property
    def count(self) -> int:
        """Ratings that are asked of it."""
        return sum(self.counts.values())

    @property
    def done_count(self) -> int:
        """Ratings that have come, or that said there were no dealings."""
        return sum(count for state, count in self.counts.items() if is_done(state))


@dataclass(frozen=True, slots=True)
class UnitCoverage:
    """A unit: how many offices are to rate it, and where they stand, by office.

    `is_short` where even all that are left could not make enough for a score to be shown.
    """

    code: str
    name: str
    counts: Mapping[RatingState, int]
    waiting: tuple[str, ...]
    is_short: bool

    @property
    def count(self) -> int:
        """Offices that are to rate it."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Coverage:
    """Offices and units, and the state of each pair by (office code, unit code)."""

    offices: tuple[OfficeCoverage, ...]
    units: tuple[UnitCoverage, ...]
    pairs: Mapping[tuple[str, str], RatingState]
    minimum: int

    @property
    def count(self) -> int:
        """Ratings that are asked for."""
        return sum(office.count for office in self.offices)

    @property
    def done_count(self) -> int:
        """Ratings that are done."""
        return sum(office.done_count for office in self.offices)


def coverage_of(session: Session, campaign: Campaign) -> Coverage:
    """Return who has rated whom in a campaign of named offices."""
    ratings = ratings_of(session, key_of(campaign))
    minimum = _minimum(session, campaign)
    by_pair: dict[tuple[str, str], list[Rating]] = {}
    by_office: dict[str, list[Rating]] = {}
    for rating in ratings:
        by_pair.setdefault((rating.rater_code, rating.unit_code), []).append(rating)
        by_office.setdefault(rating.rater_code, []).append(rating)
    pairs = {pair: _of_office([one.state for one in found]) for pair, found in by_pair.items()}
    names = {rating.rater_code: rating.rater_name for rating in ratings}
    return Coverage(
        offices=tuple(_office(found) for found in by_office.values()),
        units=tuple(
            _unit(unit.code, unit.name, pairs, names, minimum)
            for _, unit in units_of_campaign(session, key_of(campaign))
        ),
        pairs=pairs,
        minimum=minimum,
    )


def _minimum(session: Session, campaign: Campaign) -> int:
    """Return how many offices have to rate a unit for its score to be shown."""
    plan = newest_plan(session, campaign.evaluation_id)
    minima = read_plan(plan.content).minima if plan is not None else DEFAULT_MINIMA
    return minima[Audience(campaign.audience)].shown


def _of_office(states: Sequence[RatingState]) -> RatingState:
    """Return where an office stands with a unit: one place that rates is a rating of the office."""
    for state in (RatingState.RATED, RatingState.RETURNED, RatingState.NOT_YET):
        if state in states:
            return state
    return RatingState.NO_DEALINGS


def _office(ratings: Sequence[Rating]) -> OfficeCoverage:
    first = ratings[0]
    places = {rating.quota_place for rating in ratings}
    return OfficeCoverage(
        first.rater_code, first.rater_name, len(places), Counter(one.state for one in ratings)
    )


def _unit(
    code: str,
    name: str,
    pairs: Mapping[tuple[str, str], RatingState],
    names: Mapping[str, str],
    minimum: int,
) -> UnitCoverage:
    states = {office: state for (office, unit), state in pairs.items() if unit == code}
    counts = Counter(states.values())
    left = len(states) - counts[RatingState.NO_DEALINGS]
    return UnitCoverage(
        code=code,
        name=name,
        counts=counts,
        waiting=tuple(names[office] for office, state in states.items() if not is_done(state)),
        is_short=left < minimum,
    )
