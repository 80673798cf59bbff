"""Two processes of a house behind a real nginx, with the configuration shipped."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

import aiohttp
import pytest
from playwright.async_api import expect

from displays.link.follower import follow
from tests.open_house import CIVIL, Caller, OpenHouse, keys_in, open_house
from tests.screens import BOARD, Screens

from . import nginx


pytestmark = pytest.mark.skipif(
    nginx.program() is None, reason="nginx is not installed here"
)

TOPIC = "board/township"


class Behind(NamedTuple):
    """What stands behind nginx, and where nginx is."""

    address: str
    east: OpenHouse
    west: OpenHouse
    anyone: Caller
    stop_east: Callable[[], Awaitable[None]]


@asynccontextmanager
async def behind_nginx(database: str, home: Path) -> AsyncIterator[Behind]:
    """Open two processes on one database, and nginx before them."""
    said: dict[str, Any] = {
        "database": database,
        **keys_in(home),
        "link_address": "/link",
        "paces": ("numbers=30/0.01",),
    }
    folder = home / "nginx"
    folder.mkdir()
    async with AsyncExitStack() as closing:
        first = await closing.enter_async_context(AsyncExitStack())
        east = await first.enter_async_context(open_house(home / "east", **said))
        west = await closing.enter_async_context(open_house(home / "west", **said))
        processes = [
            nginx.Process(one.running.port, one.running.link.port)
            for one in (east, west)
        ]
        address = closing.enter_context(nginx.running(folder, processes))
        http = await closing.enter_async_context(aiohttp.ClientSession(address))
        yield Behind(address, east, west, Caller(http), first.aclose)


@pytest.fixture
async def behind(postgres: Callable[[], str], tmp_path: Path) -> AsyncIterator[Behind]:
    async with behind_nginx(postgres(), tmp_path) as opened:
        yield opened


def test_the_shipped_configuration_is_understood_with_a_certificate(
    tmp_path: Path,
) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not installed here")
    key, certificate = tmp_path / "key.pem", tmp_path / "fullchain.pem"
    subprocess.run(
        [
            *(openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes"),
            *("-keyout", str(key), "-out", str(certificate)),
            *("-days", "2", "-subj", "/CN=hall.example.gov.cn"),
        ],
        check=True,
        capture_output=True,
    )
    site = nginx.SHIPPED.read_text(encoding="utf-8")

    said = nginx.check(tmp_path, site.replace("/etc/ssl/yihao", str(tmp_path)))

    assert "test is successful" in said


async def test_pages_interface_and_link_are_one_origin(behind: Behind) -> None:
    told = await behind.anyone.get("/api/halls/township")

    link = behind.address.replace("http://", "ws://") + "/link"
    assert told.says["link"] == link
    async with follow(link, [TOPIC]) as screen:
        await screen.until(TOPIC, lambda state: state[1] == 1)
        served = [
            len(one.running.link.connections) for one in (behind.east, behind.west)
        ]
    assert sorted(served) == [0, 1]


async def test_a_board_shows_the_calls_of_every_process(
    behind: Behind, page_at: Screens
) -> None:
    clerk = await behind.west.clerk_at("1")
    board = await page_at(BOARD)
    await board.goto(f"{behind.address}/board/township")
    await expect(board.get_by_text("暂无叫号")).to_be_visible()

    numbers = []
    for house in (behind.east, behind.west):
        numbers.append((await house.number())["number"])
        await clerk.does("call-next")
        await expect(board.get_by_text(numbers[-1], exact=True)).to_be_visible()
        await clerk.does("start")
        await clerk.does("complete", {"outcome": "done"})

    assert numbers == ["A001", "A002"]


async def test_when_one_process_stops_the_other_serves_on(behind: Behind) -> None:
    clerk = await behind.west.clerk_at("1")
    told = await behind.anyone.get("/api/halls/township")
    async with follow(told.says["link"], [TOPIC]) as screen:
        await screen.until(TOPIC, lambda state: state[1] == 1)

        await behind.stop_east()
        wishes = {"item": CIVIL, "channel": "phone"}
        taken = [
            await behind.anyone.post("/api/halls/township/tickets", wishes)
            for _ in range(4)
        ]
        await clerk.does("call-next")
        state = await screen.until(TOPIC, lambda state: bool(state[2]))

    assert [one.status for one in taken] == [201] * 4
    assert state[2][0][1] == "A001"


async def test_what_is_for_the_operator_only_is_not_for_the_street(
    behind: Behind,
) -> None:
    statuses = {
        path: (await behind.anyone.get(path)).status
        for path in ("/healthz", "/readyz", "/metrics")
    }

    assert statuses == {"/healthz": 200, "/readyz": 403, "/metrics": 403}


async def test_the_house_knows_its_callers_through_nginx(behind: Behind) -> None:
    body = {"item": CIVIL, "channel": "phone"}
    await behind.east.clerk_at("1")

    statuses = [
        (await behind.anyone.post("/api/halls/township/tickets", body)).status
        for _ in range(64)
    ]

    # Each of the two processes paces one address for itself.
    assert statuses[0] == 201
    assert 429 in statuses
