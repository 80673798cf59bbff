"""The primary dies and its standby is promoted: the halls go on without hands."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import psycopg
import pytest

from yihao.postgres_server import PostgresServer

from .load import Load, halls_on


@pytest.fixture
def standby(server: PostgresServer) -> Iterator[PostgresServer]:
    """A standby for which every commit on the server waits."""
    standby = PostgresServer(server)
    with psycopg.connect(server.url, autocommit=True) as admin:
        admin.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
        admin.execute("SELECT pg_reload_conf()")
    yield standby
    standby.remove()


async def test_after_a_switch_to_the_standby_nothing_answered_is_missing(
    server: PostgresServer, standby: PostgresServer
) -> None:
    hosts = f"127.0.0.1:{server.port},127.0.0.1:{standby.port}"
    database = f"postgresql://yihao@{hosts}/postgres?target_session_attrs=read-write"
    async with halls_on(database, 2) as halls:
        load = Load(halls)
        async with load.working(kiosks=8):
            await load.until_answered(200)
            await asyncio.to_thread(server.stop)
            await load.until_failed(20)
            await asyncio.to_thread(standby.promote)
            await load.until_answered(200)

        assert all(hall.desk.ready for hall in halls)
        await load.judge()
