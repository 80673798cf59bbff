"""Drill: connections are cut, by the server and on the way, again and again."""

from __future__ import annotations

import asyncio
import random

import psycopg

from .figures import Figures
from .ground import Ground
from .load import Load
from .proxy import way_to
from .stations import stations
from .truth import require, require_sound


KIOSKS = 8
LONGEST_SECONDS = 0.02
"""A cut comes at any instant up to so long after an answer."""

TERMINATE = (
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
    "WHERE application_name = 'yihao' AND datname = current_database()"
)


async def cut(ground: Ground, chance: random.Random, cuts: int = 40) -> Figures:
    """Cut all connections of two working desks so many times.

    Raises:
        Violated: something was lost or doubled, or not all went on by itself.
    """
    connections = 0
    async with (
        way_to(ground.database) as (proxy, database),
        stations(database, ground.database) as served,
    ):
        load = Load(served)
        with psycopg.connect(ground.database, autocommit=True) as admin:

            def terminate() -> int:
                found = admin.execute(TERMINATE).fetchone()
                return int(found[0]) if found else 0

            async with load.working(KIOSKS):
                for _ in range(cuts):
                    await load.until_answered(10)
                    await asyncio.sleep(chance.uniform(0, LONGEST_SECONDS))
                    if chance.random() < 0.5:
                        connections += proxy.cut()
                    else:
                        connections += await asyncio.to_thread(terminate)
                await load.until_answered(100)
        require(load.failures, "no command was ever cut off")
        ledger = await load.judge()
    await asyncio.to_thread(require_sound, ground.place)
    return {
        "cuts": cuts,
        "connections": connections,
        "answers": len(load.answers),
        "events": ledger.upto,
        "failures": len(load.failures),
    }
