"""After every storm each screen shows what is, and every call was announced once."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, NamedTuple

import pytest

from displays.link.client import Update
from displays.link.follower import Follower, follow
from queue_core import commands as c
from queue_core.errors import Refused
from queue_core.events import TicketCalled, TicketRecalled
from yihao.soak.proxy import opened

from .linked import SOON, LinkedHouse, linked_house, state
from .storm import Announcer, Weather


BOARD = "board/city"
TOPICS = (
    [BOARD],
    ["board/city/z1", "board/city/z2"],
    ["window/city/1", "window/city/2", "manager/city"],
    ["ticket/t1", "ticket/t2", "ticket/t9", "console/city/1"],
)
WAITING = 9
STORMS = 4
MOVES = 8
"""In one storm: few enough that the link still has every change it missed."""


class Screen(NamedTuple):
    """A screen in bad weather."""

    topics: list[str]
    follower: Follower
    weather: Weather


@asynccontextmanager
async def screens(
    house: LinkedHouse, chance: random.Random
) -> AsyncIterator[list[Screen]]:
    """Open screens, each behind a way of its own, and wait until all are drawn."""
    async with AsyncExitStack() as closing:
        found = []
        for topics in TOPICS:
            weather = Weather("127.0.0.1", house.link.port, chance)
            port = await closing.enter_async_context(opened(weather))
            follower = await closing.enter_async_context(
                follow(f"ws://127.0.0.1:{port}", topics, pause=at_once)
            )
            found.append(Screen(topics, follower, weather))
        for screen in found:
            for topic in screen.topics:
                await state(screen.follower, topic)
        yield found


async def at_once(seconds: float) -> None:
    """Come back as soon as others have had their turn."""
    await asyncio.sleep(0)


def happen(house: LinkedHouse, chance: random.Random) -> None:
    """Let somebody in the hall do something, as one commit."""
    hall, window = house.hall, chance.choice("123")
    kind = chance.choice(["take", "next", "next", "recall", "start", "done", "miss"])
    try:
        match kind:
            case "take":
                hall.take(chance.choice(["a1", "b1"]))
            case "next":
                hall.next(window)
            case "recall":
                hall.at_window(c.RecallTicket, window)
            case "start":
                hall.at_window(c.StartService, window)
            case "done":
                hall.at_window(c.CompleteService, window, outcome="done")
            case "miss":
                hall.miss(window)
    except Refused:
        return
    house.tell()


def recorded_announcements(house: LinkedHouse, after: int) -> list[tuple[int, int]]:
    """Return (call, announcement) of everything that was called after a version."""
    found: list[tuple[int, int]] = []
    calls: dict[str, int] = {}
    for version, event in enumerate(house.hall.log, start=1):
        if isinstance(event, TicketCalled):
            calls[event.ticket] = version
            found.append((version, 1))
        elif isinstance(event, TicketRecalled):
            found.append((calls[event.ticket], event.announcements))
    return [(call, count) for call, count in found if call > after]


async def require_true_pictures(house: LinkedHouse, seen: list[Screen]) -> None:
    """Wait until every screen has caught up, and pass if it shows what a new one does.

    Heartbeats tell a screen what it misses though nothing more happens.
    """
    for screen in seen:
        async with follow(house.url, screen.topics) as fresh, asyncio.timeout(SOON):
            for topic in screen.topics:
                shown = await state(fresh, topic)
                now = fresh.client.pictures[topic]
                mine = screen.follower.client.pictures[topic]
                while (mine.epoch, mine.seq) != (now.epoch, now.seq):
                    await house.link.screens()
                assert mine.state == shown, topic


def told(follower: Follower) -> list[Update]:
    """Return the updates that have come since the last look."""
    found = []
    while not follower._told.empty():
        update = follower._told.get_nowait()
        assert isinstance(update, Update)
        found.append(update)
    return found


@pytest.mark.parametrize("seed", range(12))
async def test_after_every_storm_screens_are_right_and_no_call_was_lost(
    seed: int,
) -> None:
    chance = random.Random(seed)
    limits = {"heartbeat_seconds": 0.02, "gather_seconds": 0.002}
    async with linked_house(limits=limits) as house:
        for _ in range(WAITING):
            house.hall.take(chance.choice(["a1", "b1"]))
        house.tell()
        async with screens(house, chance) as seen:
            board = seen[0].follower
            before = len(house.hall.log)
            announcer = Announcer(state_of(board))
            told(board)
            for _ in range(STORMS):
                for _ in range(MOVES):
                    happen(house, chance)
                    chance.choice(seen).weather.turn()
                    await house.link.screens()
                for screen in seen:
                    screen.weather.clear_up()
                await require_true_pictures(house, seen)
                for update in told(board):
                    announcer.take(update, state_of(board))

    assert announcer.announced == recorded_announcements(house, before)
    assert sum(screen.follower.connected for screen in seen) > len(seen)


async def test_messages_that_overtake_one_another_make_no_picture_wrong() -> None:
    chance = random.Random(7)
    async with linked_house(limits={"heartbeat_seconds": 0.02}) as house:
        for _ in range(WAITING):
            house.hall.take(chance.choice(["a1", "b1"]))
        house.tell()
        async with screens(house, chance) as seen:
            board, weather = seen[0].follower, seen[0].weather
            before = len(house.hall.log)
            announcer = Announcer(state_of(board))
            told(board)
            for screen in seen:
                screen.weather.jumble()
            async with asyncio.timeout(SOON):
                while weather.jumbled < MOVES:
                    happen(house, chance)
                    await house.link.screens()
            for screen in seen:
                screen.weather.clear_up()
            await require_true_pictures(house, seen)
            for update in told(board):
                announcer.take(update, state_of(board))

    assert announcer.announced == recorded_announcements(house, before)


def state_of(board: Follower) -> list[Any]:
    """Return the calls that a board shows."""
    calls: list[Any] = board.state(BOARD)[2]
    return calls
