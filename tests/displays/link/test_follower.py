"""Links that break, servers that start anew, readers that stall: nothing is missed."""

from __future__ import annotations

import asyncio
import socket as sockets
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from displays.link.client import TopicRefused, Update
from displays.link.follower import Follower, follow
from displays.link.protocol import Refusal
from displays.link.server import LinkServer

from .linked import (
    SOON,
    LinkedHouse,
    linked_house,
    listen_to_the_end,
    say,
    socket_to,
    state,
)
from .readers import FixedClock, recorded


BOARD = "board/city"
STORM = 400


def at(gate: asyncio.Event) -> Callable[[float], Awaitable[Any]]:
    """Let a client come back when the gate is open, however long it would wait."""

    async def pause(seconds: float) -> None:
        await gate.wait()

    return pause


async def updates_until(
    follower: Follower, is_last: Callable[[Update], bool]
) -> list[Update]:
    """Return the updates up to and with the last."""
    found: list[Update] = []
    async with asyncio.timeout(SOON):
        async for told in follower:
            assert isinstance(told, Update)
            found.append(told)
            if is_last(told):
                break
    return found


def called(updates: list[Update]) -> list[str]:
    """Return the numbers in the order in which they were called."""
    changes = [change for update in updates for change in update.changes or []]
    return [change[2] for change in changes if change[0] == 0]


def reaches(house: LinkedHouse) -> Callable[[Update], bool]:
    """Tell the update that brings a screen to the hall's present version."""
    version = len(house.hall.log)
    return lambda update: update.version == version


async def test_a_screen_that_was_cut_off_misses_no_call_and_hears_none_twice() -> None:
    back = asyncio.Event()
    async with (
        linked_house() as house,
        follow(house.url, [BOARD], pause=at(back)) as board,
    ):
        await state(board, BOARD)
        first = house.call_somebody()
        before = await updates_until(board, reaches(house))
        board.cut()
        missed = [house.call_somebody() for _ in range(5)]
        back.set()
        after = await updates_until(board, reaches(house))

    assert called(before) == [first]
    assert called(after) == missed
    assert {update.how for update in after} == {"delta"}
    assert board.connected == 2


async def test_a_screen_finds_a_server_that_was_started_anew() -> None:
    back = asyncio.Event()
    async with (
        linked_house() as house,
        follow(house.url, [BOARD], pause=at(back)) as board,
    ):
        await state(board, BOARD)
        house.call_somebody()
        await updates_until(board, reaches(house))
        old_epoch = board.client.pictures[BOARD].epoch
        await house.link.stop()
        house.hall.take("a1")
        link = LinkServer(FixedClock(), house.link.may_follow, port=house.link.port)
        # A mark of four digits may be drawn twice; here it must not.
        link.hub.mark = "other"
        link.add_hall("city", recorded(house.hall.log))
        await link.start()
        back.set()

        found = await updates_until(board, reaches(house))
        new_epoch = board.client.pictures[BOARD].epoch
        await link.stop()

    assert [update.how for update in found] == ["snapshot"]
    assert new_epoch != old_epoch


async def test_a_reader_that_stalls_in_a_storm_delays_nobody_and_is_cut_off() -> None:
    limits = {"stall_seconds": 0.05, "abort_seconds": 0.05}
    with sockets.socket() as raw:
        raw.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 4096)
        raw.setblocking(False)
        async with linked_house(limits=limits) as house:
            address = ("127.0.0.1", house.link.port)
            await asyncio.get_running_loop().sock_connect(raw, address)
            async with (
                socket_to(house, sock=raw, max_queue=1) as stalled,
                follow(house.url, [BOARD]) as board,
            ):
                await stall(stalled)
                await state(board, BOARD)
                numbers = [house.call_somebody() for _ in range(STORM)]
                updates = await updates_until(board, reaches(house))
                await until_somebody_is_cut_off(house)
                with pytest.raises(ConnectionClosed):
                    await listen_to_the_end(stalled)
                cut = house.link.cut

    assert called(updates) == numbers
    assert {update.how for update in updates} == {"delta"}
    assert cut == 1


async def test_a_link_with_a_stalled_reader_can_still_be_stopped() -> None:
    with sockets.socket() as raw:
        raw.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 4096)
        raw.setblocking(False)
        async with linked_house() as house:
            address = ("127.0.0.1", house.link.port)
            await asyncio.get_running_loop().sock_connect(raw, address)
            async with (
                socket_to(house, sock=raw, max_queue=1) as stalled,
                follow(house.url, [BOARD]) as board,
            ):
                await stall(stalled)
                await state(board, BOARD)
                for _ in range(STORM):
                    house.call_somebody()
                await updates_until(board, reaches(house))

                async with asyncio.timeout(SOON):
                    await house.link.stop()


async def until_somebody_is_cut_off(house: LinkedHouse) -> None:
    """Ask the link again and again: its loop goes on with every answer."""
    async with asyncio.timeout(SOON):
        while not house.link.cut:
            await house.link.screens()


async def stall(socket: Any) -> None:
    """Follow everything, and read nothing."""
    await say(socket, 16, "", "", 0, 0, {})
    for topic in (BOARD, "manager/city", "console/city/1", "window/city/1"):
        await say(socket, 17, topic, "", 0, 0, {})
    for number in range(100):
        await say(socket, 17, f"ticket/t{number}", "", 0, 0, {})


async def test_a_follower_takes_topics_up_and_lays_them_down() -> None:
    async with linked_house() as house, follow(house.url, [BOARD]) as follower:
        await state(follower, BOARD)
        await follower.add("window/city/1")
        await state(follower, "window/city/1")
        await follower.drop(BOARD)
        house.hall.take("a1")
        house.hall.next("1")
        house.tell()

        await state(follower, "window/city/1", lambda window: window[5] == 1)

    assert follower.state(BOARD) is None


async def test_a_follower_is_told_of_a_refused_topic() -> None:
    refusal = Refusal("not-allowed", "sign in first")
    async with (
        linked_house(lambda topic, credentials: refusal) as house,
        follow(house.url, ["manager/city"]) as follower,
    ):
        async with asyncio.timeout(SOON):
            told = await anext(follower)

    assert told == TopicRefused("manager/city", *refusal)


async def test_a_follower_comes_back_until_there_is_a_link() -> None:
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 3:
            await link.start()

    with sockets.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    link = LinkServer(FixedClock(), lambda topic, credentials: None, port=port)
    link.add_hall("city")
    async with follow(
        f"ws://127.0.0.1:{port}", [BOARD], pause=pause, random=lambda: 0.5
    ) as follower:
        await state(follower, BOARD)
    await link.stop()

    assert pauses == [0.5, 1.0, 2.0]
