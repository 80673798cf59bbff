"""Who comes in at all: how many connections there are, and how long a head may take.

Before a connection has sent the whole head of its first request it costs the house a
small buffer and nothing else. Whoever sends slowly, or too much, is told so and let
go; how long an idle connection may stay between two requests is aiohttp's to know.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Callable
from typing import cast

from .headers import REFUSAL_HEADERS
from .room import Room


HEAD_SECONDS = 10.0
"""So long the head of a first request may take (Slowloris: CWE-400)."""

HEAD_LIMIT = 64 * 1024
"""So many bytes it may have; aiohttp takes 128 headers of 8 KiB after that."""

UNTAKEN_MILLISECONDS = 30_000
"""So long an answer may lie there without being taken (TCP_USER_TIMEOUT)."""

ENDING = {**REFUSAL_HEADERS, "Content-Length": "0", "Connection": "close"}
REFUSAL_HEAD = "".join(f"{name}: {text}\r\n" for name, text in ENDING.items()).encode()


class Doorkeeper:
    """Makes the protocol of every new connection; ``serve`` makes what answers it."""

    def __init__(
        self,
        serve: Callable[[], asyncio.Protocol],
        room: Room,
        head_seconds: float = HEAD_SECONDS,
    ) -> None:
        self.serve = serve
        self.room = room
        self.head_seconds = head_seconds
        self.waiting: dict[Visitor, None] = {}
        """Those whose head is not whole yet, who came first before the others."""

    def __call__(self) -> Visitor:
        """Return the protocol of a new connection."""
        return Visitor(self)

    def let_in(self, address: str) -> bool:
        """Find a place for somebody, if need be that of who has waited longest.

        Whoever opens thousands of connections and says nothing takes nobody's place.
        """
        if self.room.enter(address):
            return True
        if not self.waiting:
            return False
        next(iter(self.waiting)).go()
        return self.room.enter(address)

    def close(self) -> None:
        """Let go whoever has not said anything yet."""
        for visitor in list(self.waiting):
            visitor.go()


class Visitor(asyncio.Protocol):
    """A connection: kept waiting until its first head is whole, then passed through."""

    __slots__ = ("_address", "_handler", "_head", "_keeper", "_timer", "_transport")

    def __init__(self, keeper: Doorkeeper) -> None:
        self._keeper = keeper
        self._handler: asyncio.Protocol | None = None
        self._head = b""
        self._address: str | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._transport: asyncio.Transport

    # As a protocol of asyncio.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Count the connection, or end it at once."""
        self._transport = cast(asyncio.Transport, transport)
        peer = transport.get_extra_info("peername")
        address = str(peer[0]) if peer else ""
        if not self._keeper.let_in(address):
            self._transport.abort()
            return
        self._address = address
        raw = transport.get_extra_info("socket")
        # Not every system knows the option.
        with contextlib.suppress(AttributeError, OSError):
            option = socket.TCP_USER_TIMEOUT
            raw.setsockopt(socket.IPPROTO_TCP, option, UNTAKEN_MILLISECONDS)
        self._keeper.waiting[self] = None
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(self._keeper.head_seconds, self._late)

    def data_received(self, data: bytes) -> None:
        """Pass on what came, as soon as the first head is whole."""
        if self._handler is not None:
            self._handler.data_received(data)
            return
        if self._timer is None:
            return
        self._head += data
        if is_whole(self._head):
            self._let_in()
        elif len(self._head) > HEAD_LIMIT:
            self._refuse(b"431 Request Header Fields Too Large")

    def eof_received(self) -> bool | None:
        """Pass the end on; whoever has asked nothing by then is let go."""
        return None if self._handler is None else self._handler.eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        """Count one less."""
        self._stop_waiting()
        self._leave()
        if self._handler is not None:
            self._handler.connection_lost(exc)

    def pause_writing(self) -> None:
        """Pass it on."""
        if self._handler is not None:
            self._handler.pause_writing()

    def resume_writing(self) -> None:
        """Pass it on."""
        if self._handler is not None:
            self._handler.resume_writing()

    # Before the head is whole.

    def go(self) -> None:
        """End the connection, and give its place back at once."""
        self._stop_waiting()
        self._leave()
        self._transport.abort()

    def _let_in(self) -> None:
        self._stop_waiting()
        head, self._head = self._head, b""
        self._handler = handler = self._keeper.serve()
        handler.connection_made(self._transport)
        handler.data_received(head)

    def _late(self) -> None:
        if self._head:
            self._refuse(b"408 Request Timeout")
        else:
            self.go()

    def _refuse(self, status: bytes) -> None:
        self._stop_waiting()
        self._head = b""
        self._transport.write(b"HTTP/1.1 %b\r\n%b\r\n" % (status, REFUSAL_HEAD))
        self._transport.close()

    def _leave(self) -> None:
        if self._address is not None:
            self._keeper.room.leave(self._address)
            self._address = None

    def _stop_waiting(self) -> None:
        self._keeper.waiting.pop(self, None)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def is_whole(head: bytes) -> bool:
    """Tell whether a head has ended, or can never become one: let aiohttp say so."""
    return b"\n\r\n" in head or b"\n\n" in head or not head[:1].isalpha()
