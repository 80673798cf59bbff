"""A hall on a real link: real sockets on the loopback, any port."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from copy import deepcopy
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from displays.link.access import MayFollow
from displays.link.follower import Follower
from displays.link.frames import FROM_SERVER, Frame, decode, encode
from displays.link.server import LinkServer
from displays.link.transport import Limits
from tests.queue_core.rules.hall import Hall

from .readers import FixedClock, recorded


SOON = 30.0
"""No step of these tests takes so long (seconds)."""


class LinkedHouse:
    """A hall, its link, and what has been handed over of the record."""

    def __init__(self, link: LinkServer, hall: Hall) -> None:
        self.link = link
        self.hall = hall
        self.told = len(hall.log)

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.link.port}"

    def tell(self) -> None:
        """Hand over what has happened in the hall since, as one commit."""
        batch = recorded(self.hall.log[self.told :], after=self.told)
        self.told = len(self.hall.log)
        self.link.publish(batch)

    def call_somebody(self) -> str:
        """Issue a ticket, call it, and serve it: three commits. Return its number."""
        ticket = self.hall.take("a1")
        self.tell()
        self.hall.next("1")
        self.tell()
        self.hall.serve("1")
        self.tell()
        return self.hall.number(ticket)


@asynccontextmanager
async def linked_house(
    may_follow: MayFollow = lambda topic, credentials: None, **values: Any
) -> AsyncIterator[LinkedHouse]:
    """Serve a small hall until the block ends."""
    limits = Limits(**values.pop("limits", {}))
    link = LinkServer(FixedClock(), may_follow, limits=limits, **values)
    hall = Hall()
    link.add_hall("city", recorded(hall.log))
    await link.start()
    try:
        yield LinkedHouse(link, hall)
    finally:
        await link.stop()


@asynccontextmanager
async def socket_to(
    house: LinkedHouse, **values: Any
) -> AsyncIterator[ClientConnection]:
    """Open a bare socket to the link, which says nothing by itself."""
    async with connect(
        house.url,
        compression=None,
        ping_interval=None,
        close_timeout=0.1,
        proxy=None,
        **values,
    ) as socket:
        yield socket


async def say(socket: ClientConnection, *frame: Any) -> None:
    """Send one frame."""
    await socket.send(encode(Frame(*frame)))


async def hear(socket: ClientConnection) -> Frame:
    """Return the next frame."""
    async with asyncio.timeout(SOON):
        message = await socket.recv()
    assert isinstance(message, bytes)
    return decode(message, FROM_SERVER)


async def state(follower: Follower, topic: str, holds: Any = lambda state: True) -> Any:
    """Return the topic's state as soon as it is as wanted."""
    async with asyncio.timeout(SOON):
        return deepcopy(await follower.until(topic, holds))


async def listen_to_the_end(socket: ClientConnection) -> None:
    """Read until the server closes the link, which raises ``ConnectionClosed``."""
    async with asyncio.timeout(SOON):
        while True:
            await socket.recv()
