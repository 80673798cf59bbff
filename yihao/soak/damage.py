"""Drill: one row of the log is damaged; it is named, and nobody guesses."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

import psycopg

from projections.halls import HallClosed
from projections.verifying import READERS
from queue_core.care.places import Place
from queue_core.care.verification import verify
from queue_core.clock import HallClock
from queue_core.log.streams import hall_day_stream
from yihao.house import RunningHouse

from .figures import Figures
from .ground import Ground
from .townships import DAY, PROFILE, Work, house_on, instant, profile_named
from .truth import require, require_sound


OTHER = "othertown"
TICKETS = 6


class Row(NamedTuple):
    """Where a damaged event stands."""

    stream: str
    version: int


async def damage(ground: Ground, chance: random.Random, times: int = 3) -> Figures:
    """Damage a row of one of two halls in a house, so many times, and mend it again.

    Raises:
        Violated: the row is not named, its hall is open, the other hall is not, or
            something is wrong when the row has been mended.
    """
    folders = [profile_named(hall, ground.folder / hall) for hall in (PROFILE, OTHER)]
    stream = hall_day_stream(PROFILE, DAY.isoformat())
    for n in range(times):
        clock = HallClock(starts_at=instant(10 + 2 * n))
        async with house_on(ground, clock, *folders) as running:
            for hall in (PROFILE, OTHER):
                await work_in(running, hall, f"whole-{n}")
            last = running.house.hall(PROFILE).live.version
        row = Row(stream, chance.randint(1, last))
        clock = HallClock(starts_at=instant(11 + 2 * n))
        with damaged(ground.place, row):
            await asyncio.to_thread(require_named, ground.place, row)
            async with house_on(ground, clock, *folders) as running:
                require_closed(running, row)
                await work_in(running, OTHER, f"damaged-{n}")
        await asyncio.to_thread(require_sound, ground.place)
    return {"times": times, "events": last}


async def work_in(running: RunningHouse, hall: str, start: str) -> None:
    """Serve some citizens in a hall of a house."""
    work = Work(running, hall, start)
    await work.until_open(DAY.isoformat())
    for _ in range(TICKETS):
        await work.take()
        await work.serve()


def require_named(place: Place, row: Row) -> None:
    """Pass if a verification finds the damaged row, and nothing else.

    Raises:
        Violated: it does not.
    """
    faults = verify(place, readers=READERS).faults
    found = [(fault.kind, fault.stream, fault.version) for fault in faults]
    require(found == [("unreadable", *row)], f"{row} is damaged, found was {found}")


def require_closed(running: RunningHouse, row: Row) -> None:
    """Pass if the damaged hall is closed and the house says because of which row.

    Raises:
        Violated: it is open, or nobody can know why it is not.
    """
    place = f"{row.stream} version {row.version}"
    try:
        running.house.hall(PROFILE)
    except HallClosed as closed:
        require(place in str(closed), f"{place} is damaged, but {closed}")
        require(str(closed) in running.faults(), "the house is ready nevertheless")
    else:
        require(False, f"{PROFILE} is open, although {place} is damaged")


@contextmanager
def damaged(place: Place, row: Row) -> Iterator[None]:
    """Let the bytes of an event be cut off in the middle."""
    whole = replace(place, row, None)
    replace(place, row, whole[: len(whole) // 2])
    try:
        yield
    finally:
        replace(place, row, whole)


def replace(place: Place, row: Row, state: bytes | None) -> bytes:
    """Put other bytes in the place of an event's, if any are given; return the old."""
    if isinstance(place, Path):
        where = "WHERE originator_id = ? AND originator_version = ?"
        with closing(sqlite3.connect(place)) as file, file:
            select = f"SELECT state FROM stored_events {where}"
            (old,) = file.execute(select, row).fetchone()
            if state is not None:
                update = f"UPDATE stored_events SET state = ? {where}"
                file.execute(update, (state, *row))
        return bytes(old)
    with psycopg.connect(place) as database:
        found = database.execute(
            "SELECT state FROM yihao_events WHERE stream = %s AND version = %s", row
        ).fetchone()
        assert found is not None
        if state is not None:
            database.execute(
                "UPDATE yihao_events SET state = %s WHERE stream = %s AND version = %s",
                (state, *row),
            )
    return bytes(found[0])
