"""A connection's socket, and the watchdog over it.

The library's keepalive can neither ping nor close a connection whose write buffer is
full, so a reader that has stalled is cut off here: when the buffer has stood above its
limit for ``stall_seconds`` the link is closed as too slow, and aborted if even that
does not get through. Dead peers are found by the kernel.
"""

from __future__ import annotations

import contextlib
import os
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from websockets.asyncio.server import ServerConnection
from websockets.frames import CloseCode, Opcode
from websockets.frames import Frame as SocketFrame
from websockets.protocol import State

from .access import Credentials
from .channel import BUSY
from .frames import POLICY, TOO_SLOW
from .protocol import ServerSide


if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

    from websockets.protocol import Event

    from projections.topics.names import Topic
    from queue_core.interface.room import Room

SEND_BUFFER = 64 * 1024
"""The kernel's share of what waits for a slow reader (bytes)."""

UNACKNOWLEDGED_MILLISECONDS = 10_000
"""A peer that has not acknowledged anything for so long is gone."""

SOCKET_OPTIONS = (
    (socket.SOL_SOCKET, "SO_SNDBUF", SEND_BUFFER),
    (socket.SOL_SOCKET, "SO_KEEPALIVE", 1),
    (socket.IPPROTO_TCP, "TCP_USER_TIMEOUT", UNACKNOWLEDGED_MILLISECONDS),
    (socket.IPPROTO_TCP, "TCP_KEEPIDLE", 30),
    (socket.IPPROTO_TCP, "TCP_KEEPINTVL", 10),
    (socket.IPPROTO_TCP, "TCP_KEEPCNT", 3),
)


class Options(Protocol):
    """A socket whose options can be set."""

    def setsockopt(self, level: int, name: int, value: int, /) -> None:
        """Set one."""


def set_options(listener: Options) -> None:
    """Set the options of a socket that listens; all that it accepts have them too."""
    for level, name, value in SOCKET_OPTIONS:
        # Not every system knows every option, and a unix socket knows few.
        with contextlib.suppress(AttributeError, OSError):
            listener.setsockopt(level, getattr(socket, name), value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the link allows, and when it acts."""

    heartbeat_seconds: float = 5.0
    gather_seconds: float = 0.05
    """Phones are not told again sooner: what happens meanwhile is gathered."""
    slice_frames: int = 200
    """How many frames for phones are written before others get their turn."""
    write_buffer: int = 32 * 1024
    """A reader is slow when more than this waits to be written to it (bytes).

    The frame that fills the buffer is taken whole, so that 64 KiB may be in it."""
    stall_seconds: float = 5.0
    abort_seconds: float = 1.0
    hello_seconds: float = 10.0
    access_seconds: float = 10.0
    """How long the decision about a topic may take."""
    connections: int = 20_000
    handshakes: int = 1_000
    """Sockets beyond those that have not opened a link yet, and soon must."""
    connections_of_address: int = 5_000
    """All phones of a hall may come from one address, through one router."""
    messages_at_once: int = 1_000
    messages_per_second: float = 50.0
    """A screen asks for its topics, and then tells what it has drawn."""


class Outlet:
    """A connection as the hub sees it: frames go in, and on to the socket.

    It writes to the socket itself while nothing waits before it in the loop's buffer:
    thousands are written to one after another, and what a transport does around each
    ``send`` costs a third of it. What a socket does not take at once is left to the
    transport, and so is everything that follows until its buffer is empty.
    """

    __slots__ = ("_own", "_side", "_transport", "descriptor", "is_paused")

    def __init__(self, transport: asyncio.Transport, side: ServerSide) -> None:
        self._transport: asyncio.Transport | None = transport
        self._side = side
        self._own: int = transport.get_extra_info("socket").fileno()
        self.descriptor = BUSY
        """The socket while nothing waits in the loop's buffer; else ``BUSY``."""
        self.is_paused = False
        """The buffer is full: nothing is sent until it has drained."""

    def write(self, data: bytes) -> None:
        """Send frames that are ready for the socket; none once the link is closing."""
        if self.descriptor != BUSY:
            try:
                sent = os.write(self.descriptor, data)
            except OSError:
                # Full, or broken: the transport finds out, and knows what to do.
                sent = 0
            if sent == len(data):
                return
            data = data[sent:]
        self.leave(data)

    def leave(self, data: bytes) -> None:
        """Leave to the transport what the socket did not take."""
        if self._transport is not None:
            self._transport.write(data)
            self.look()

    def ended(self, topic: Topic) -> None:
        """Be told that a topic is no longer served."""
        self._side.forget(topic)

    def look(self) -> None:
        """Find out whether anything waits in the transport's buffer."""
        if self._transport is not None:
            waits = self._transport.get_write_buffer_size()
            self.descriptor = BUSY if waits else self._own

    def close(self) -> None:
        """Send nothing any more: the descriptor will soon be another socket's."""
        self._transport = None
        self.descriptor = BUSY


class LinkConnection(ServerConnection):
    """A connection that is watched. What is written to it goes to its ``outlet``."""

    __slots__ = (
        "address",
        "credentials",
        "limits",
        "on_cut",
        "on_drained",
        "outlet",
        "purse",
        "purse_at",
        "side",
        "sockets",
        "was_cut",
        "watchdog",
    )

    def __init__(
        self,
        *args: Any,
        limits: Limits,
        sockets: Room,
        on_drained: Callable[[Outlet], None],
        on_cut: Callable[[LinkConnection], None],
        **values: Any,
    ) -> None:
        super().__init__(*args, **values)
        self.limits = limits
        self.sockets = sockets
        self.address: str | None = None
        """Where it comes from, once it has been let in."""
        self.on_drained = on_drained
        self.on_cut = on_cut
        self.side = ServerSide()
        self.credentials = Credentials()
        self.watchdog: asyncio.TimerHandle | None = None
        self.was_cut = False
        self.purse = float(limits.messages_at_once)
        """So many messages it may send now; it fills up again."""
        self.purse_at = self.loop.time()
        self.outlet: Outlet

    def forget_handshake(self) -> None:
        """Give back what only the opening needed; a browser's headers are kilobytes."""
        if self.request is not None:
            # The library holds on to the request itself, so it is emptied.
            self.request.headers.clear()
        self.response = None

    async def close(self, code: CloseCode | int = 1000, reason: str = "") -> None:
        """Say farewell, and send nothing more."""
        self.outlet.close()
        await super().close(code, reason)

    # As a protocol of asyncio.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Count the socket; without room it is gone at once."""
        super().connection_made(transport)
        self.outlet = Outlet(self.transport, self.side)
        peer = transport.get_extra_info("peername")
        address = str(peer[0]) if peer else ""
        if not self.sockets.enter(address):
            self.transport.abort()
            return
        self.address = address

    def send_data(self) -> None:
        """Send what the library has to say: handshake, pong, farewell."""
        super().send_data()
        if self.protocol.state in (State.CLOSING, State.CLOSED):
            # Either side has said farewell: no frame may follow it.
            self.outlet.close()
        else:
            self.outlet.look()

    def pause_writing(self) -> None:
        """The buffer is full: start the watchdog."""
        super().pause_writing()
        self.outlet.is_paused = True
        self.watchdog = self.loop.call_later(self.limits.stall_seconds, self.cut_off)

    def resume_writing(self) -> None:
        """The buffer has drained: stop the watchdog, bring the reader up to date."""
        super().resume_writing()
        self.outlet.is_paused = False
        self._stop_watchdog()
        self.on_drained(self.outlet)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the watchdog for good."""
        self.outlet.close()
        self._stop_watchdog()
        if self.address is not None:
            self.sockets.leave(self.address)
            self.address = None
        super().connection_lost(exc)

    def process_event(self, event: Event) -> None:
        """Take in what came, if it is not too much and in one piece.

        Pings count as well, for each of them is answered. No client of a few words
        sends them in fragments, of which a message may have any number, all empty.
        """
        if self.was_cut:
            return
        if isinstance(event, SocketFrame):
            limits, now = self.limits, self.loop.time()
            filled = self.purse + (now - self.purse_at) * limits.messages_per_second
            self.purse = min(filled, float(limits.messages_at_once)) - 1
            self.purse_at = now
            if self.purse < 0:
                self.end(POLICY, "too many messages")
                return
            if event.opcode is Opcode.CONT or not event.fin:
                self.end(POLICY, "a message comes in one piece")
                return
        super().process_event(event)

    def cut_off(self) -> None:
        """Close the link of a stalled reader, and do not wait long for it."""
        self.on_cut(self)
        self.end(TOO_SLOW, "too slow")

    def end(self, code: int, reason: str) -> None:
        """Say farewell, listen to nothing more, and do not wait long."""
        self.was_cut = True
        self.outlet.close()
        if self.protocol.state is State.OPEN:
            self.protocol.send_close(code, reason)
            self.send_data()
        self.watchdog = self.loop.call_later(
            self.limits.abort_seconds, self.transport.abort
        )

    def _stop_watchdog(self) -> None:
        # One that has closed the link goes on to abort it, drained or not.
        if self.watchdog is not None and not self.was_cut:
            self.watchdog.cancel()
            self.watchdog = None
