"""Drills: PostgreSQL is gone or frozen in mid load, or its standby takes over."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable

import psycopg

from queue_core.errors import LogError
from queue_core.log.postgres_log import PostgresLog
from yihao.postgres_server import PostgresServer

from .figures import Figures
from .ground import Ground, database_name
from .load import Load
from .stations import Station, stations
from .truth import require, require_sound


KIOSKS = 12
ANSWERS = 200
"""So many more are waited for before the fault, and when it is over."""


async def outage(
    ground: Ground, chance: random.Random, seconds: float = 20.0
) -> Figures:
    """Stop PostgreSQL under two working desks, and start it again after a while.

    Raises:
        Violated: something was lost, or not all went on by itself.
    """
    server = server_of(ground)
    async with stations(ground.database, ground.database) as served:
        return await away(
            ground, Load(served), chance, (server.stop, server.start), seconds
        )


async def freeze(
    ground: Ground,
    chance: random.Random,
    seconds: float = 20.0,
    statement_seconds: float = 10.0,
) -> Figures:
    """Let PostgreSQL stand still under two working desks for a while.

    Its connections stay, and whoever asks for a new one is let in and told nothing.

    Raises:
        Violated: something was lost, or not all went on by itself.
    """
    server, database = server_of(ground), ground.database
    log = PostgresLog(database, statement_seconds=statement_seconds)
    try:
        async with stations(database, database, log=log) as served:
            return await away(
                ground, Load(served), chance, (server.freeze, server.thaw), seconds
            )
    finally:
        log.close()


async def away(
    ground: Ground,
    load: Load,
    chance: random.Random,
    fault: tuple[Callable[[], None], Callable[[], None]],
    seconds: float,
) -> Figures:
    """Let the server go away and come back under a load, and judge what came of it.

    Raises:
        Violated: something was lost, or not all went on by itself.
    """
    go, come_back = fault
    served = load.stations
    async with load.working(KIOSKS):
        await load.until_answered(chance.randrange(ANSWERS // 2, ANSWERS))
        await asyncio.to_thread(go)
        try:
            await load.until_failed(4 * KIOSKS)
            await load.until(lambda: not any_ready(served), "an unready desk")
            before = len(load.answers)
            await asyncio.sleep(seconds)
            require(len(load.answers) == before, "answered without a database")
            await require_refused(served[0])
        finally:
            await asyncio.to_thread(come_back)
        await load.until_answered(ANSWERS)
        await load.until(lambda: all_ready(served), "every desk")
    ledger = await load.judge()
    await asyncio.to_thread(require_sound, ground.place)
    return {
        "answers": len(load.answers),
        "events": ledger.upto,
        "failures": len(load.failures),
    }


async def switch(ground: Ground, chance: random.Random) -> Figures:
    """Let the primary die under two working desks, and promote its standby.

    Raises:
        Violated: something was lost, or not all went on by itself.
    """
    server = server_of(ground)
    standby = await asyncio.to_thread(standby_of, server)
    hosts = f"127.0.0.1:{server.port},127.0.0.1:{standby.port}"
    database = (
        f"postgresql://yihao@{hosts}/{database_name(ground.database)}"
        "?target_session_attrs=read-write"
    )
    try:
        async with stations(database, database) as served:
            load = Load(served)
            async with load.working(KIOSKS):
                await load.until_answered(chance.randrange(ANSWERS // 2, ANSWERS))
                await asyncio.to_thread(server.stop)
                await load.until_failed(2 * KIOSKS)
                await asyncio.to_thread(standby.promote)
                await load.until_answered(ANSWERS)
                await load.until(lambda: all_ready(served), "every desk")
            ledger = await load.judge()
    finally:
        await asyncio.to_thread(standby.remove)
        await asyncio.to_thread(go_on_alone, server)
    return {
        "answers": len(load.answers),
        "events": ledger.upto,
        "failures": len(load.failures),
    }


def any_ready(served: list[Station]) -> bool:
    """Return whether a desk believes that its log can be reached."""
    return any(station.desk.ready for station in served)


def all_ready(served: list[Station]) -> bool:
    """Return whether every desk has come back."""
    return all(station.desk.ready for station in served)


async def require_refused(station: Station) -> None:
    """Pass if a desk says at once that it cannot see what is recorded.

    Raises:
        Violated: it says that it knows everything.
    """
    try:
        await station.desk.catch_up()
    except LogError:
        return
    require(False, "a desk without a database said that it knew everything")


# Servers.


def server_of(ground: Ground) -> PostgresServer:
    """Return the server of our own on which the drill is run."""
    assert ground.server is not None
    return ground.server


def standby_of(server: PostgresServer) -> PostgresServer:
    """Return a new standby of a server, for which every commit waits."""
    standby = PostgresServer(server)
    configure(server, "ALTER SYSTEM SET synchronous_standby_names = '*'")
    return standby


def go_on_alone(server: PostgresServer) -> None:
    """Let a server that may have been stopped wait for no standby any more."""
    if not server.running:
        server.start()
    configure(server, "ALTER SYSTEM RESET synchronous_standby_names")


def configure(server: PostgresServer, setting: str) -> None:
    """Change a setting of a running server."""
    with psycopg.connect(server.url, autocommit=True) as admin:
        admin.execute(setting.encode())
        admin.execute("SELECT pg_reload_conf()")
