"""PostgreSQL stops, loses its connections or grows slow under a working hall."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import psycopg
import pytest

from queue_core.errors import LogError, Overloaded
from yihao.postgres_server import PostgresServer

from .load import Load, halls_on


async def test_a_postgresql_that_is_stopped_loses_nothing_and_all_resumes(
    server: PostgresServer,
) -> None:
    async with halls_on(server.url, 2) as halls:
        load = Load(halls)
        async with load.working(kiosks=12):
            await load.until_answered(300)
            await asyncio.to_thread(server.stop)
            await load.until_failed(60)
            await load.until(lambda: not any(hall.desk.ready for hall in halls))
            before = len(load.answers)
            with pytest.raises(LogError):
                await halls[0].take()
            await asyncio.to_thread(server.start)
            await load.until_answered(300)

        assert len(load.answers) >= before + 300
        assert all(hall.desk.ready for hall in halls)
        await load.judge()


async def test_a_desk_that_nobody_uses_finds_postgresql_again_by_itself(
    server: PostgresServer,
) -> None:
    async with halls_on(server.url, 2) as (busy, idle):
        await idle.desk.catch_up()
        await asyncio.to_thread(server.stop)
        with pytest.raises(LogError):
            await idle.desk.catch_up()
        told = asyncio.Event()
        idle.desk.subscribe(lambda _: told.set())

        await asyncio.to_thread(server.start)
        await busy.take()
        await told.wait()

        assert idle.desk.ready
        assert idle.told == busy.told


async def test_connections_that_are_cut_again_and_again_lose_nothing(
    postgres: Callable[[], str],
) -> None:
    database = postgres()
    async with halls_on(database, 2) as halls:
        load = Load(halls)
        async with load.working(kiosks=8):
            with psycopg.connect(database, autocommit=True) as admin:
                for _ in range(15):
                    await load.until_answered(25)
                    await asyncio.to_thread(
                        admin.execute,
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                        "WHERE application_name = 'yihao' "
                        "AND datname = current_database()",
                    )
            await load.until_answered(100)

        assert load.failures > 0
        await load.judge()


SLOW_DISK = """
CREATE FUNCTION slow_disk() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN PERFORM pg_sleep(0.5); RETURN NULL; END $body$;
CREATE CONSTRAINT TRIGGER slow_disk AFTER INSERT ON yihao_events
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.version % 64 = 0)
EXECUTE FUNCTION slow_disk();
"""
"""Commits that take half a second longer, about one in ten of them."""


async def test_on_a_slow_disk_the_line_is_bounded_and_all_resumes(
    postgres: Callable[[], str],
) -> None:
    database = postgres()
    async with halls_on(database, waiting_limit=40, batch_limit=16) as halls:
        load = Load(halls)
        with psycopg.connect(database, autocommit=True) as admin:
            admin.execute(SLOW_DISK)
            async with load.working(kiosks=100):
                await load.until_answered(300)
                overloads = load.overloads
                admin.execute("DROP TRIGGER slow_disk ON yihao_events")
                await load.until_answered(300)

        assert overloads > 0
        assert load.most_waiting <= 40
        assert load.failures == 0
        assert halls[0].desk.figures.overloads == load.overloads
        await load.judge()


async def test_while_a_commit_hangs_the_others_wait_and_the_rest_is_turned_away(
    postgres: Callable[[], str],
) -> None:
    database = postgres()
    async with halls_on(database, waiting_limit=10) as (hall,):
        with psycopg.connect(database) as holder:
            holder.execute("LOCK TABLE yihao_events IN EXCLUSIVE MODE")
            first = asyncio.create_task(hall.take())
            while hall.desk.waiting or not hall.desk.figures.commands > 4:
                await asyncio.sleep(0)
            waiting = [
                asyncio.create_task(hall.desk.submit(wish)) for wish in hall.takes(10)
            ]
            await asyncio.sleep(0)
            with pytest.raises(Overloaded):
                await hall.take()
            holder.rollback()

        assert (await first).number == "A001"
        answers = await asyncio.gather(*waiting)
        assert [answer.version for answer in answers] == list(range(6, 16))
