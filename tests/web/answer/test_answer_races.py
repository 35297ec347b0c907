"""Many hands at once: one person, one answer."""

import asyncio
from collections import Counter
from contextlib import asynccontextmanager

import httpx2
from answering import ANSWERS, StandingClock, form_of, rows, seed

from survey.storage.tables import AnswerSheet, InboxSheet, Link
from web.app import create_app

ROUNDS = 20


@asynccontextmanager
async def running(settings):
    app = create_app(settings, StandingClock())
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app=app), base_url=settings.public_origin
        ) as client,
    ):
        yield app, client


def test_fifty_sends_of_one_sheet_at_once_store_one_row_and_all_succeed_alike(settings):
    async def send_fifty_times():
        async with running(settings) as (app, client):
            address = f"/a/{seeded.citizen}"
            fields = form_of((await client.get(address)).text) | ANSWERS
            replies = await asyncio.gather(*(client.post(address, data=fields) for _ in range(50)))
            return replies, rows(app, AnswerSheet)

    seeded = seed(settings)

    replies, sheets = asyncio.run(send_fifty_times())

    seen = {(reply.status_code, reply.headers["location"], reply.content) for reply in replies}
    assert seen == {(303, f"/a/{seeded.citizen}/thanks", b"")}
    assert len(sheets) == 1


def test_a_sheet_and_its_changed_double_at_once_store_the_one_that_was_confirmed(settings):
    async def send_both():
        async with running(settings) as (app, client):
            address = f"/a/{seeded.citizen}"
            fields = form_of((await client.get(address)).text) | ANSWERS
            replies = await asyncio.gather(
                *(client.post(address, data=fields | {"Q1": str(n % 2 + 1)}) for n in range(20))
            )
            return [reply.status_code for reply in replies], rows(app, AnswerSheet)

    seeded = seed(settings)

    statuses, sheets = asyncio.run(send_both())

    assert Counter(statuses) == {303: 10, 409: 10}
    assert sheets[0].packed[0] == statuses.index(303) % 2 + 1


def test_a_personal_link_sent_from_two_tabs_at_once_counts_once_each_round(settings):
    async def send_from_two_tabs(client, token):
        address = f"/a/{token}"
        tabs = [form_of((await client.get(address)).text) for _ in range(2)]
        replies = await asyncio.gather(
            *(
                client.post(address, data=tab | ANSWERS | {"Q1": str(number)})
                for number, tab in enumerate(tabs, start=1)
            )
        )
        return sorted(reply.status_code for reply in replies)

    async def all_rounds():
        async with running(settings) as (app, client):
            met = [await send_from_two_tabs(client, token) for token in seeded.staff]
            links = [link.state for link in rows(app, Link) if link.kind == "personal"]
            return met, links, len(rows(app, InboxSheet)) + len(rows(app, AnswerSheet))

    seeded = seed(settings, staff_count=ROUNDS)

    met, links, stored_count = asyncio.run(all_rounds())

    assert met == [[200, 303]] * ROUNDS
    assert links == ["used"] * ROUNDS
    assert stored_count == ROUNDS


def test_a_burst_of_openings_looks_an_open_code_up_once(sqlite_settings):
    async def open_often():
        async with running(sqlite_settings) as (app, client):
            looked_up = []
            look_up = app.state.collector._look_up
            app.state.collector._look_up = lambda code: looked_up.append(code) or look_up(code)
            replies = await asyncio.gather(*(client.get(f"/a/{code}") for _ in range(50)))
            return {reply.status_code for reply in replies}, looked_up

    code = seed(sqlite_settings).citizen

    assert asyncio.run(open_often()) == ({200}, [code])
