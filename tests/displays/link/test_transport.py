"""What is written to a screen arrives whole and in order, however slowly it reads."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from displays.link.protocol import ServerSide
from displays.link.transport import Outlet


FRAMES = [bytes([number % 256]) * (number % 900 + 1) for number in range(1_500)]


class Loose(asyncio.Protocol):
    """A protocol that neither reads nor waits."""


@asynccontextmanager
async def narrow_way() -> AsyncIterator[tuple[asyncio.Transport, socket.socket]]:
    """Open a transport, and the far end of its socket, with little room between."""
    near, far = socket.socketpair()
    near.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    far.setblocking(False)
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_connection(Loose, sock=near)
    try:
        yield transport, far
    finally:
        transport.abort()
        far.close()


async def read(far: socket.socket, size: int) -> bytes:
    """Return so many bytes from the far end."""
    loop = asyncio.get_running_loop()
    found = b""
    while len(found) < size:
        found += await loop.sock_recv(far, 65_536)
    return found


async def test_frames_arrive_in_order_whoever_sends_them() -> None:
    async with narrow_way() as (transport, far):
        outlet = Outlet(transport, ServerSide())
        outlet.look()
        for number, frame in enumerate(FRAMES):
            if number % 7 == 3:
                transport.write(frame)
                outlet.look()
            else:
                outlet.write(frame)

        arrived = await read(far, sum(map(len, FRAMES)))
        outlet.look()
        outlet.write(b"and on")

        assert arrived == b"".join(FRAMES)
        assert await read(far, 6) == b"and on"


async def test_nothing_is_sent_once_the_link_is_closing() -> None:
    async with narrow_way() as (transport, far):
        outlet = Outlet(transport, ServerSide())
        outlet.write(b"before")
        outlet.close()

        outlet.write(b"after")
        outlet.look()
        transport.write(b"farewell")

        assert await read(far, 14) == b"beforefarewell"


async def test_a_broken_socket_is_left_to_the_loop() -> None:
    async with narrow_way() as (transport, far):
        outlet = Outlet(transport, ServerSide())
        outlet.look()
        far.close()

        outlet.write(b"nobody hears this")

        assert transport.is_closing()
