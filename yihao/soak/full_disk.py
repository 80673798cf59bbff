"""Drill: the disk is full in mid load, and then there is room again."""

from __future__ import annotations

import asyncio
import random
import resource
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager

import psycopg

from queue_core.care.places import Place
from queue_core.errors import LogError
from queue_core.log.postgres_log import make_tables
from queue_core.log.streams import hall_day_stream
from yihao.postgres_server import PostgresServer, new_database

from .figures import Figures
from .ground import Ground
from .load import Load
from .small_hall import HALL, date_after
from .stations import stations
from .truth import require, require_sound


KIOSKS = 20
JOURNAL_MB = 1
ROOM_BYTES = 200_000
"""By so much the file may still grow, at most."""


async def full(ground: Ground, chance: random.Random, times: int = 3) -> Figures:
    """Let the disk of a working desk be full so many times.

    Raises:
        Violated: a refusal is not clear, something was lost, the file is corrupt, or
            the desk did not go on by itself.
    """
    if ground.store != "SQLite":
        return await full_server(chance, times)
    file = ground.file

    def fill() -> AbstractContextManager[None]:
        return files_may_not_grow_beyond(room_left(ground, chance))

    found = await filled(file, fill, (str(file), "written"), times)
    require_uncorrupted(ground)
    return found


async def full_server(chance: random.Random, times: int) -> Figures:
    """Let the disk of a PostgreSQL of one's own be full so many times.

    Raises:
        Violated: as for a file.
    """
    # The files of the journal are as long as they ever get: only tables have to grow.
    server = await asyncio.to_thread(PostgresServer, journal_mb=JOURNAL_MB)
    try:
        database = new_database(server.url, "full")
        spread_out(database)

        def fill() -> AbstractContextManager[None]:
            return server.files_end_at(table_size(database))

        return await filled(database, fill, ("written", "could not extend"), times)
    finally:
        await asyncio.to_thread(server.remove)


async def filled(
    place: Place,
    fill: Callable[[], AbstractContextManager[None]],
    clear: Sequence[str],
    times: int,
) -> Figures:
    """Fill the disk under a working desk so many times.

    Every refusal has to say what is ``clear``.

    Raises:
        Violated: it does not, something was lost, or the desk did not go on by itself.
    """
    async with stations(place) as served:
        desk, log = served[0].desk, served[0].log
        load = Load(served)
        async with load.working(KIOSKS):
            for _ in range(times):
                await load.until_answered(200)
                with fill():
                    await load.until_failed(2 * KIOSKS)
                    require_clear(load.failures[-1], clear)
                    stream = hall_day_stream(HALL, date_after(0))
                    require(log.last_version(stream), "a full disk cannot be read")
                failed = len(load.failures)
                await load.until_answered(100)
        require(desk.ready, "the desk did not come back")
        ledger = await load.judge()
    await asyncio.to_thread(require_sound, place)
    return {
        "times": times,
        "answers": len(load.answers),
        "events": ledger.upto,
        "failures": failed,
    }


def spread_out(database: str) -> None:
    """Let the table of events grow quickly beyond what the journal's files have."""
    with psycopg.connect(database, autocommit=True) as admin:
        make_tables(admin)
        admin.execute("ALTER TABLE yihao_events SET (fillfactor = 10)")


def table_size(database: str) -> int:
    """Return how long the table of events is, or the journal's files if longer."""
    with psycopg.connect(database) as connection:
        found = connection.execute("SELECT pg_relation_size('yihao_events')").fetchone()
    assert found is not None
    return max(int(found[0]), JOURNAL_MB << 20)


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


def require_clear(refusal: LogError, clear: Sequence[str]) -> None:
    """Pass if a refusal says what cannot be written, and why.

    Raises:
        Violated: it does not.
    """
    require(all(word in str(refusal) for word in clear), f"not clear: {refusal}")


def require_uncorrupted(ground: Ground) -> None:
    """Pass if SQLite itself finds nothing wrong with the file.

    Raises:
        Violated: it does.
    """
    with closing(sqlite3.connect(ground.file)) as connection:
        found = connection.execute("PRAGMA integrity_check").fetchall()
    require(found == [("ok",)], f"{ground.file} is corrupt: {found[:3]}")
