"""Board, sign and machine on panels that will never get another browser."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.journeys.public_screens import (
    address,
    calls_next,
    clerk_of,
    item_of,
    serves,
)
from tests.old_chromium import OldChromium, OldPage, old_chromium, running
from tests.open_house import OpenHouse, open_house
from tests.screens import BOARD, KIOSK
from yihao.soak.proxy import Proxy, opened


VERSIONS = (72, 88)
QUEUES = {
    72: {"board": "civil", "sign": "vehicles", "kiosk": "companies"},
    88: {"board": "marriage", "sign": "exit-entry", "kiosk": "projects"},
}
"""No two journeys share a queue."""


class Cable(Proxy):
    """The way of every screen to the live link."""

    def leads_to(self, port: int) -> None:
        """Lead to the link, when it is known where that is."""
        self._port = port

    @contextmanager
    def pulled_out(self) -> Iterator[None]:
        """Cut all screens off until the block ends."""
        self.is_closed = True
        self.cut()
        yield
        self.is_closed = False


@pytest.fixture(scope="module")
def cable() -> Cable:
    """The cable of the hall."""
    return Cable("127.0.0.1", 0)


@pytest.fixture(scope="module")
async def house(
    tmp_path_factory: pytest.TempPathFactory, cable: Cable
) -> AsyncIterator[OpenHouse]:
    """A city hall whose screens reach the link by the cable."""
    data = tmp_path_factory.mktemp("house")
    slips = f"file:{tmp_path_factory.mktemp('slips')}"
    async with opened(cable) as port:
        link = f"ws://127.0.0.1:{port}"
        async with open_house(
            data, profile="city", printers=(slips,), link_address=link
        ) as there:
            cable.leads_to(there.running.link.port)
            yield there


@pytest.fixture(scope="module", params=VERSIONS)
async def old(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[int, OldChromium]]:
    """A real browser of that version."""
    program = old_chromium(request.param)
    if program is None:
        pytest.skip(f"there is no Chromium {request.param}; scripts/test fetches it")
    profile: Path = tmp_path_factory.mktemp("profile")
    async with running(program, profile) as browser:
        yield request.param, browser


async def test_an_old_board_shows_calls_and_recalls_and_misses_none_when_cut_off(
    house: OpenHouse, cable: Cable, old: tuple[int, OldChromium]
) -> None:
    version, browser = old
    queue = QUEUES[version]["board"]
    clerk = await clerk_of(house, queue)
    zone = next(w.zone for w in house.hall.profile.windows if w.window == clerk.window)
    for _ in range(2):
        await house.number(item_of(house, queue).item)

    async with browser.page(address(house, f"/board/city?zones={zone}"), BOARD) as page:
        await page.shows("暂无叫号")
        called = await calls_next(clerk)
        await page.shows(called["number"], ".large")
        await clerk.does("recall")
        await page.shows("第 2 次呼叫", ".large")
        high = await page.until(
            "document.querySelector('.large .ticket-number').clientHeight"
        )
        assert high > 200

        with cable.pulled_out():
            await serves(clerk)
            missed = await calls_next(clerk)

        await page.shows(missed["number"], ".large")
        await page.until(f"!document.body.innerText.includes('{called['number']}')")
        await serves(clerk)
        await page.shows("暂无叫号")


async def test_an_old_sign_follows_its_window(
    house: OpenHouse, cable: Cable, old: tuple[int, OldChromium]
) -> None:
    version, browser = old
    queue = QUEUES[version]["sign"]
    clerk = await clerk_of(house, queue)
    token = (await house.device("sign", clerk.window)).token
    await house.number(item_of(house, queue).item)

    path = f"/sign/city/{clerk.window}#token={token}"
    async with browser.page(address(house, path), BOARD) as page:
        await page.shows("等候叫号")
        called = await calls_next(clerk)
        await page.shows(called["number"])
        await page.shows("请到本窗口")
        await clerk.does("recall")
        await page.until("document.querySelector('.number.again')")

        with cable.pulled_out():
            await clerk.does("start")

        await page.shows("正在办理")


async def test_an_old_machine_gives_a_number_and_counts_live(
    house: OpenHouse, cable: Cable, old: tuple[int, OldChromium]
) -> None:
    version, browser = old
    queue = QUEUES[version]["kiosk"]
    clerk = await clerk_of(house, queue)
    item = item_of(house, queue)
    zone = next(w.zone for w in house.hall.profile.windows if w.window == clerk.window)
    name = next(z.name.zh for z in house.hall.profile.zones if z.zone == zone)
    token = (await house.device("kiosk", f"hall-{version}")).token

    async with browser.page(
        address(house, f"/kiosk/city#token={token}"), KIOSK
    ) as page:
        await waiting(page, name, 0)
        await house.number(item.item)
        await waiting(page, name, 1)

        with cable.pulled_out():
            await calls_next(clerk)
        await waiting(page, name, 0)

        await page.presses("搜索")
        await type_in(page, item.name)
        await page.presses(item.name)
        await page.presses("取　号")
        await page.shows("取号成功")
        taken = list(house.hall.live.tickets.values())[-1].number
        await page.shows(taken)
        await page.shows("请取走下方的小票")


async def waiting(page: OldPage, zone: str, count: int) -> None:
    """Wait until the zone's key tells how many wait; nobody is not told."""
    told = f"/{count} 人等候/.test(one.innerText)" if count else "one"
    none = "" if count else " && !/[1-9]\\d* 人等候/.test(one.innerText)"
    await page.until(
        "(one => one && " + told + none + ")"
        "(Array.from(document.querySelectorAll('button'))"
        f".find(one => one.innerText.includes('{zone}')))"
    )


async def type_in(page: OldPage, words: str) -> None:
    """Type words into the search."""
    await page.until("(document.querySelector('input').focus(), true)")
    await page.does("Input.insertText", text=words)
