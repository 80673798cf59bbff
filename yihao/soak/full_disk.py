"""Drill: the disk is full in mid load, and then there is room again."""

from __future__ import annotations

import asyncio
import random
import resource
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from queue_core.errors import LogError
from queue_core.log.streams import hall_day_stream

from .figures import Figures
from .ground import Ground
from .load import Load
from .small_hall import HALL, date_after
from .stations import stations
from .truth import require, require_sound


KIOSKS = 20
ROOM_BYTES = 200_000
"""By so much the file may still grow, at most."""


async def full(ground: Ground, chance: random.Random, times: int = 3) -> Figures:
    """Let the disk of a working desk be full so many times.

    Raises:
        Violated: a refusal is not clear, something was lost, the file is corrupt, or
            the desk did not go on by itself.
    """
    async with stations(ground.file) as served:
        desk, log = served[0].desk, served[0].log
        load = Load(served)
        async with load.working(KIOSKS):
            for _ in range(times):
                await load.until_answered(200)
                with files_may_not_grow_beyond(room_left(ground, chance)):
                    await load.until_failed(2 * KIOSKS)
                    require_clear(ground, load.failures[-1])
                    stream = hall_day_stream(HALL, date_after(0))
                    require(log.last_version(stream), "a full disk cannot be read")
                failed = len(load.failures)
                await load.until_answered(100)
        require(desk.ready, "the desk did not come back")
        ledger = await load.judge()
    await asyncio.to_thread(require_sound, ground.place)
    require_uncorrupted(ground)
    return {
        "times": times,
        "answers": len(load.answers),
        "events": ledger.upto,
        "failures": failed,
    }


def room_left(ground: Ground, chance: random.Random) -> int:
    """Return a size to which the store's largest file may grow, no matter which."""
    files = ground.file.parent.glob(f"{ground.file.name}*")
    largest = max(file.stat().st_size for file in files)
    return largest + chance.randrange(ROOM_BYTES)


@contextmanager
def files_may_not_grow_beyond(size: int) -> Iterator[None]:
    """Let every file of this process end at a size, as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def require_clear(ground: Ground, refusal: LogError) -> None:
    """Pass if a refusal says which file cannot be written.

    Raises:
        Violated: it does not.
    """
    clear = str(ground.file) in str(refusal) and "written" in str(refusal)
    require(clear, f"not clear: {refusal}")


def require_uncorrupted(ground: Ground) -> None:
    """Pass if SQLite itself finds nothing wrong with the file.

    Raises:
        Violated: it does.
    """
    with closing(sqlite3.connect(ground.file)) as connection:
        found = connection.execute("PRAGMA integrity_check").fetchall()
    require(found == [("ok",)], f"{ground.file} is corrupt: {found[:3]}")
