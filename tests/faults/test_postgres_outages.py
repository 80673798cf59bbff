"""PostgreSQL stops, dies or loses its connections under a working hall."""

from __future__ import annotations

import asyncio
import random

import pytest

from queue_core.errors import LogError
from yihao.postgres_server import PostgresServer
from yihao.soak.callers import callers
from yihao.soak.cuts import cut
from yihao.soak.ground import Ground
from yihao.soak.outages import freeze, outage, switch
from yihao.soak.small_hall import date_after
from yihao.soak.stations import stations


async def test_a_postgresql_that_is_stopped_loses_nothing_and_all_resumes(
    own_ground: Ground, chance: random.Random
) -> None:
    # How long it is away makes no difference to those who wait: soak waits 20 s.
    found = await outage(own_ground, chance, seconds=0.5)

    assert found["failures"] > 0


async def test_a_postgresql_that_stands_still_is_not_waited_for_and_all_resumes(
    own_ground: Ground, chance: random.Random
) -> None:
    found = await freeze(own_ground, chance, seconds=0, statement_seconds=0.5)

    assert found["failures"] > 0


async def test_after_a_switch_to_the_standby_nothing_answered_is_missing(
    own_ground: Ground, chance: random.Random
) -> None:
    found = await switch(own_ground, chance)

    assert found["failures"] > 0


async def test_connections_that_are_cut_again_and_again_lose_nothing(
    database_ground: Ground, chance: random.Random
) -> None:
    found = await cut(database_ground, chance, cuts=30)

    assert found["connections"] > 30


async def test_a_desk_that_nobody_uses_finds_postgresql_again_by_itself(
    own_ground: Ground, server: PostgresServer
) -> None:
    place = own_ground.place
    async with stations(place, place) as (busy, idle):
        await idle.desk.catch_up()
        await asyncio.to_thread(server.stop)
        with pytest.raises(LogError):
            await idle.desk.catch_up()
        told = asyncio.Event()
        idle.desk.subscribe(lambda _: told.set())

        await asyncio.to_thread(server.start)
        window = callers("", 0)[0]
        await busy.desk.submit(window.command(date_after(0), 0))
        await told.wait()

        assert idle.desk.ready
        assert idle.told == busy.told
