"""A house whose PostgreSQL goes away says so, and resumes without hands."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import psycopg
import pytest

from displays.link.follower import Follower, follow
from queue_core import commands as c
from queue_core.errors import Conflict, LogError
from queue_core.log.postgres_log import PostgresLog
from tests.open_house import CIVIL, Clerk, OpenHouse, Told, open_house
from tests.queue_core.log.contract import MONDAY, entries
from yihao.postgres_server import PostgresServer
from yihao.soak.outages import standby_of


BOARD = "board/township"
WISH = {"item": CIVIL, "channel": "phone"}
POLL_SECONDS = 0.05
KEY = "one-press-at-the-kiosk"


class Away(NamedTuple):
    """What a house says while its database is away."""

    number: Told
    call: Told
    retry_after: str
    readyz: int
    healthz: int
    live: int


async def ask_all(house: OpenHouse, clerk: Clerk) -> Away:
    """Ask for everything once."""
    path = f"{house.path}/tickets"
    async with house.http.post(path, json=WISH) as answer:
        retry_after = answer.headers.get("Retry-After", "")
    return Away(
        await house.anyone.post(path, WISH, KEY),
        await clerk.does("call-next", key="k2"),
        retry_after,
        (await house.anyone.get("/readyz")).status,
        (await house.anyone.get("/healthz")).status,
        (await house.anyone.get(f"{house.path}/live")).status,
    )


def assert_told_clearly(away: Away) -> None:
    """Check that nothing was promised, and that what is known is still shown."""
    assert (away.number.status, away.call.status) == (503, 503)
    assert away.number.code == away.call.code == "store-unavailable"
    assert int(away.retry_after) > 0
    assert (away.readyz, away.healthz, away.live) == (503, 200, 200)


async def assert_all_resumes(house: OpenHouse, clerk: Clerk, screen: Follower) -> None:
    """Check that the same presses are answered now, and that the board follows."""
    again = await house.anyone.post(f"{house.path}/tickets", WISH, KEY)
    called = await clerk.does("call-next", key="k2")

    assert (again.status, again.says["number"]) == (201, "A002")
    assert (called.status, called.says["ticket"]["number"]) == (200, "A001")
    state = await screen.until(BOARD, lambda state: bool(state[2]))
    assert state[2][0][1] == "A001"
    await screen.until_stale(BOARD, is_stale=False)
    # As a balancer asks; the news of other processes may come back a little later.
    while (await house.anyone.get("/readyz")).status != 200:
        await asyncio.sleep(POLL_SECONDS)


async def test_while_postgresql_is_away_commands_are_503_and_then_all_goes_on(
    server: PostgresServer, tmp_path: Path
) -> None:
    async with open_house(tmp_path, database=server.url) as house:
        clerk = await house.clerk_at("1", "li.na")
        await house.number()
        async with follow(house.house.link("127.0.0.1"), [BOARD]) as screen:
            await screen.until(BOARD, lambda state: state[3][0][1] == 1)
            await asyncio.to_thread(server.stop)
            away = await ask_all(house, clerk)
            await screen.until_stale(BOARD)
            await asyncio.to_thread(server.start)

            assert_told_clearly(away)
            await assert_all_resumes(house, clerk, screen)


@pytest.fixture
def standby(server: PostgresServer) -> Iterator[PostgresServer]:
    """A standby for which every commit on the server waits."""
    standby = standby_of(server)
    yield standby
    standby.remove()


async def test_a_house_goes_on_with_the_standby_that_was_promoted(
    server: PostgresServer, standby: PostgresServer, tmp_path: Path
) -> None:
    hosts = f"127.0.0.1:{server.port},127.0.0.1:{standby.port}"
    database = f"postgresql://yihao@{hosts}/postgres?target_session_attrs=read-write"
    async with open_house(tmp_path, database=database) as house:
        clerk = await house.clerk_at("1", "li.na")
        await house.number()
        async with follow(house.house.link("127.0.0.1"), [BOARD]) as screen:
            await screen.until(BOARD, lambda state: state[3][0][1] == 1)
            await asyncio.to_thread(server.stop)
            away = await ask_all(house, clerk)
            await screen.until_stale(BOARD)
            await asyncio.to_thread(standby.promote)

            assert_told_clearly(away)
            await assert_all_resumes(house, clerk, screen)


def test_whoever_waits_for_a_standby_in_vain_is_told_and_nothing_happens_twice(
    server: PostgresServer, standby: PostgresServer
) -> None:
    log = PostgresLog(server.url, statement_seconds=0.5)
    standby.stop()

    with pytest.raises(LogError, match="has said nothing"):
        log.append(entries(MONDAY, 1, 1))
    standby.start()
    while not log.last_version(MONDAY):
        pass

    with pytest.raises(Conflict):
        log.append(entries(MONDAY, 1, 1))
    assert list(log.append(entries(MONDAY, 2, 1))) == [2]
    log.close()


async def test_who_comes_when_too_many_wait_is_told_to_come_back(
    postgres: Callable[[], str], tmp_path: Path
) -> None:
    database = postgres()
    async with open_house(tmp_path, database=database) as house:
        await house.clerk_at("1", "li.na")
        desk, taken = house.hall.desk, house.hall.desk.figures.commands
        with psycopg.connect(database) as holder:
            holder.execute("LOCK TABLE yihao_events IN EXCLUSIVE MODE")
            first = asyncio.create_task(house.number())
            while desk.figures.commands == taken:
                await asyncio.sleep(0)
            line = [asyncio.create_task(desk.submit(one)) for one in recalls(10_000)]
            await asyncio.sleep(0)
            async with house.http.post(f"{house.path}/tickets", json=WISH) as answer:
                refused, told = answer, await answer.json()
            holder.rollback()
        number = await first
        await asyncio.gather(*line, return_exceptions=True)
        then = await house.number()

    assert (refused.status, told["error"]["code"]) == (503, "overloaded")
    assert int(refused.headers["Retry-After"]) > 0
    assert (number["number"], then["number"]) == ("A001", "A002")


def recalls(count: int) -> list[c.Command]:
    """Return commands that the rules refuse: they only make the line longer."""
    return [
        c.RecallTicket(
            command_id=f"recall-{n}", at=0, by="li.na", window="1", clerk="li.na"
        )
        for n in range(count)
    ]
