"""A disk that is slow, hangs or is full: short lines, clear words, and all resumes."""

from __future__ import annotations

import asyncio
import random

import psycopg
import pytest

from queue_core.errors import Overloaded
from queue_core.events import TicketIssued
from yihao.soak.callers import Caller, callers
from yihao.soak.full_disk import full
from yihao.soak.ground import Ground
from yihao.soak.slowness import slow
from yihao.soak.small_hall import date_after
from yihao.soak.stations import stations


TODAY = date_after(0)


async def test_on_a_slow_disk_the_line_is_bounded_and_all_resumes(
    ground: Ground, chance: random.Random
) -> None:
    found = await slow(ground, chance, commits=4)

    assert found["turned away"] > 0


async def test_while_a_commit_hangs_the_others_wait_and_the_rest_is_turned_away(
    database_ground: Ground,
) -> None:
    kiosks = [Caller(f"kiosk{n}") for n in range(12)]
    wishes = [kiosk.command(TODAY, 0) for kiosk in kiosks]
    async with stations(database_ground.place, waiting_limit=10) as (station,):
        desk = station.desk
        for window in callers("", 0):
            await desk.submit(window.command(TODAY, 0))
        with psycopg.connect(database_ground.database) as holder:
            holder.execute("LOCK TABLE yihao_events IN EXCLUSIVE MODE")
            taken = desk.figures.commands
            first = asyncio.create_task(desk.submit(wishes[0]))
            while desk.waiting or desk.figures.commands == taken:
                await asyncio.sleep(0)
            waiting = [asyncio.create_task(desk.submit(wish)) for wish in wishes[1:11]]
            await asyncio.sleep(0)
            with pytest.raises(Overloaded):
                await desk.submit(wishes[11])
            holder.rollback()

        issued = [(await one).find(TicketIssued) for one in (first, *waiting)]

    numbers = [one.number for one in issued if one is not None]
    assert numbers == [f"A{n:03}" for n in range(1, 12)]


async def test_a_full_disk_is_told_in_clear_words_and_forgotten_when_there_is_room(
    ground: Ground, chance: random.Random
) -> None:
    found = await full(ground, chance, times=2)

    assert found["failures"] > 0
