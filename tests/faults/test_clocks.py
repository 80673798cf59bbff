"""A clock that is set back an hour, and forward a day."""

from __future__ import annotations

import asyncio
import random

from yihao.soak.clocks import HOUR_SECONDS, clock
from yihao.soak.ground import Ground
from yihao.soak.townships import DAY, PROFILE, Machine, Work, house_on, instant


async def test_numbers_and_order_stay_whatever_the_clock_is_set_to(
    file_ground: Ground, chance: random.Random
) -> None:
    found = await clock(file_ground, chance, tickets=8)

    assert found["days"] == 2


async def test_of_two_machines_the_one_that_is_behind_follows_the_other(
    database_ground: Ground,
) -> None:
    ahead, behind = Machine(instant(11)), Machine(instant(10))
    clocks = [ahead.clock(), behind.clock()]
    async with (
        house_on(database_ground, clocks[0]) as east,
        house_on(database_ground, clocks[1]) as west,
    ):
        heard = asyncio.Event()
        there = west.house.hall(PROFILE)
        there.desk.subscribe(lambda _: heard.set())
        work = Work(east, PROFILE)
        await work.until_open(DAY.isoformat())
        await work.take()
        while there.live.version < work.hall.live.version:
            await heard.wait()
            heard.clear()

        assert clocks[1].now() == clocks[0].now() == instant(11)
        assert clocks[1].set_back_ms() == HOUR_SECONDS * 1000
