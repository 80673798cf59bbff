"""Drill: every commit takes half a second longer; the line stays short."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import psycopg
from psycopg import sql

from queue_core.log.event_log import Entry, EventLog
from queue_core.log.sqlite_log import SqliteLog

from .figures import Figures
from .ground import Ground
from .load import Load
from .stations import stations
from .truth import require, require_sound


KIOSKS = 100
WAITING_LIMIT, BATCH_LIMIT = 40, 16

SLOW_DISK = """
CREATE OR REPLACE FUNCTION slow_disk() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN PERFORM pg_sleep({seconds}); RETURN NULL; END $body$;
CREATE TRIGGER slow_disk AFTER INSERT ON yihao_events
FOR EACH STATEMENT EXECUTE FUNCTION slow_disk();
"""
"""Makes every commit of the log slower."""


async def slow(
    ground: Ground, chance: random.Random, commits: int = 20, seconds: float = 0.5
) -> Figures:
    """Delay so many commits of a desk to which too many callers come.

    Raises:
        Violated: the line grew beyond its bound, nobody was turned away, a command
            failed, or not all went on by itself.
    """
    del chance  # Commits are slow at every instant.
    log = SlowFile(ground.file) if ground.store == "SQLite" else ground.open()
    limits = {"waiting_limit": WAITING_LIMIT, "batch_limit": BATCH_LIMIT}
    try:
        async with stations(ground.place, log=log, **limits) as served:
            desk = served[0].desk
            load = Load(served)
            async with load.working(KIOSKS):
                await load.until_answered(100)
                async with slow_commits(ground, log, seconds):
                    turned_away, batches = load.overloads, desk.figures.batches
                    await load.until(
                        lambda: desk.figures.batches >= batches + commits,
                        f"{commits} slow commits",
                    )
                    turned_away = load.overloads - turned_away
                await load.until_answered(300)
            require(turned_away, "nobody was turned away")
            longest = load.most_waiting
            require(longest <= WAITING_LIMIT, f"{longest} commands waited")
            require(not load.failures, f"commands failed: {load.failures[:1]}")
            ledger = await load.judge()
    finally:
        log.close()
    require_sound(ground.place)
    return {
        "commits": commits,
        "turned away": turned_away,
        "answers": len(load.answers),
        "events": ledger.upto,
    }


class SlowFile(SqliteLog):
    """A log in a file whose commits can be made slower."""

    seconds = 0.0

    def append(self, entries: Sequence[Entry]) -> Sequence[int]:
        """Record all entries, a while later."""
        time.sleep(self.seconds)
        return super().append(entries)


@asynccontextmanager
async def slow_commits(
    ground: Ground, log: EventLog, seconds: float
) -> AsyncIterator[None]:
    """Let every commit take so much longer."""
    if isinstance(log, SlowFile):
        log.seconds = seconds
        try:
            yield
        finally:
            log.seconds = 0.0
        return
    make = sql.SQL(SLOW_DISK).format(seconds=seconds)
    await asyncio.to_thread(execute, ground.database, make)
    try:
        yield
    finally:
        drop = sql.SQL("DROP TRIGGER slow_disk ON yihao_events")
        await asyncio.to_thread(execute, ground.database, drop)


def execute(database: str, statement: sql.SQL | sql.Composed) -> None:
    """Execute a statement in a database."""
    with psycopg.connect(database, autocommit=True) as admin:
        admin.execute(statement)
