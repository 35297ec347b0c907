"""How sheets come: counted by network and code in memory, on a clock that the tests move."""

import asyncio
from datetime import timedelta

import pytest
from answering import StandingClock
from builders import NOON
from limits.errors import StorageError

from survey.collect.arrivals import Arrivals, Visit
from survey.collect.counters import Counters
from survey.rules.ways_in.arrival import (
    CROWD_SHEETS,
    DESK_TRIES,
    MISSES,
    NETWORK_SHEETS,
    SHORT_MISSES,
    SHORT_MISSES_AN_HOUR,
    ArrivalMark,
    desk_word,
)

HALL = Visit("abcdefgh", "a hall")


@pytest.fixture
def clock():
    return StandingClock()


@pytest.fixture
def arrivals(sqlite_settings, clock):
    return Arrivals(sqlite_settings, clock)


def send(arrivals, clock, visit=HALL):
    """Return whether a sheet had to prove itself, and its marks."""

    async def go():
        return await arrivals.must_prove(visit), await arrivals.note_sheet(visit, clock())

    return asyncio.run(go())


def test_the_third_sheet_of_a_network_at_a_place_must_prove_itself_for_ten_minutes(arrivals, clock):
    asked = [send(arrivals, clock)[0] for _ in range(4)]

    assert asked == [False, False, True, True]
    assert not send(arrivals, clock, Visit("jklmnpqr", HALL.network))[0]
    assert not send(arrivals, clock, Visit(HALL.code, "a home"))[0]
    clock.move(minutes=10)
    assert not send(arrivals, clock)[0]


def test_where_the_network_is_not_known_nobody_is_asked(arrivals, clock):
    assert not any(send(arrivals, clock, Visit("abcdefgh", None))[0] for _ in range(8))


def test_a_phone_that_has_sent_is_marked_and_need_not_prove_anything(arrivals, clock):
    results = [send(arrivals, clock, Visit("abcdefgh", HALL.network, True)) for _ in range(5)]

    assert not any(asked for asked, _ in results)
    assert all(ArrivalMark.SAME_DEVICE in marks for _, marks in results)


def test_a_crowd_at_one_code_is_marked_from_wherever_it_comes(arrivals, clock):
    marks = [send(arrivals, clock, Visit("abcdefgh", f"home {n}"))[1] for n in range(20)]

    assert [ArrivalMark.CROWD in mark for mark in marks] == [False] * CROWD_SHEETS + [True] * 10


def test_very_many_sheets_of_one_network_are_marked(arrivals, clock):
    marks = []
    for _ in range(NETWORK_SHEETS + 5):
        clock.move(seconds=8)
        marks.append(send(arrivals, clock)[1])

    assert [ArrivalMark.NETWORK in mark for mark in marks] == [False] * NETWORK_SHEETS + [True] * 5


def test_twenty_misses_are_let_by_and_the_next_is_not(arrivals, clock):
    async def miss():
        return [await arrivals.note_miss(HALL.network) for _ in range(MISSES + 2)]

    assert asyncio.run(miss()) == [True] * MISSES + [False] * 2


def test_ten_wrong_short_codes_of_a_network_or_a_thousand_of_all_close_the_door(arrivals, clock):
    async def may_try(network):
        return await arrivals.may_try_short_code(network)

    async def miss(networks):
        for network in networks:
            await arrivals.note_short_miss(network)

    asyncio.run(miss([HALL.network] * SHORT_MISSES))
    assert not asyncio.run(may_try(HALL.network))
    assert asyncio.run(may_try("a home"))
    asyncio.run(miss([f"home {n}" for n in range(SHORT_MISSES_AN_HOUR - SHORT_MISSES)]))
    assert not asyncio.run(may_try("a home"))
    clock.move(hours=1)
    assert asyncio.run(may_try(HALL.network))


def test_the_word_of_the_day_cannot_be_tried_out(arrivals, clock, sqlite_settings):
    word = desk_word(sqlite_settings.key("desk"), HALL.code, clock().date())

    async def tell(words):
        return [await arrivals.is_desk_word(HALL, each, clock()) for each in words]

    assert asyncio.run(tell([word])) == [True]
    assert asyncio.run(tell(["22222"] * DESK_TRIES + [word])) == [False] * (DESK_TRIES + 1)
    assert asyncio.run(tell([""])) == [False]


def test_what_stands_for_a_network_hides_it_and_changes_each_day(arrivals, clock):
    today = arrivals.network("203.0.113.0/24", clock())
    clock.move(hours=11.9)
    evening = arrivals.network("203.0.113.0/24", clock())
    clock.move(hours=0.2)
    tomorrow = arrivals.network("203.0.113.0/24", clock())

    assert today == evening != tomorrow
    assert today != arrivals.network("203.0.114.0/24", NOON)


def test_counters_that_have_ended_are_forgotten(clock):
    counters = Counters(clock)

    async def fill():
        for number in range(1_000):
            await counters.count(60, str(number))
        clock.now += timedelta(minutes=2)
        await counters.count(60, "last")
        return [await counters.counted(name) for name in ("0", "last")]

    assert asyncio.run(fill()) == [0, 1]
    assert len(counters.storage._counts) == 1


def test_counters_of_a_server_that_does_not_answer_hold_nobody_back(clock, caplog):
    counters = Counters(clock)

    async def fail(*_):
        raise StorageError(OSError("refused"))

    counters.storage.incr = counters.storage.get = fail

    async def ask():
        return await counters.count(60, "a"), await counters.counted("a")

    assert asyncio.run(ask()) == (0, 0)
    assert "does not answer" in caplog.text
