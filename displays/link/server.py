"""The link's listener, in a thread and an event loop of its own.

A broadcast to thousands of phones holds its loop for a tenth of a second; the loop
that answers HTTP must not feel it. What is recorded is handed over with ``publish``;
everything else of the link is touched only in its own thread.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
import threading
import time
from collections.abc import Callable, Coroutine, Iterable, Sequence
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar, cast

from websockets.asyncio.server import ServerConnection, serve
from websockets.frames import Frame as SocketFrame
from websockets.frames import Opcode

from queue_core.interface.headers import REFUSAL_HEADERS
from queue_core.interface.proxies import Proxies
from queue_core.interface.room import Room

from .access import Credentials, MayFollow, is_origin_allowed
from .channel import Counts
from .connection import converse
from .frames import GOING_AWAY, MESSAGE_LIMIT, SIGNED_OUT, TRY_LATER
from .hub import Hub
from .press import Clock, Press
from .screens import Screen
from .transport import Limits, LinkConnection, set_options


if TYPE_CHECKING:
    from collections.abc import Collection

    from websockets.asyncio.server import Server
    from websockets.http11 import Request, Response

    from projections.screens import Watched
    from queue_core.log.event_log import Recorded

log = logging.getLogger(__name__)

BACKLOG = 4096
"""Phones that come back all at once after a restart are not turned away."""

SHORT_HEADERS = [
    SocketFrame(Opcode.BINARY, bytes(size)).serialize(mask=False)[:2]
    for size in range(126)
]
"""The headers of short messages by length: nearly every frame is one."""

Result = TypeVar("Result")


def framed(data: bytes) -> bytes:
    """Return one binary message of a server, header and all."""
    if len(data) < len(SHORT_HEADERS):
        return SHORT_HEADERS[len(data)] + data
    return SocketFrame(Opcode.BINARY, data).serialize(mask=False)


def address_of(connection: LinkConnection) -> str:
    """Return from where a connection comes; empty if it is gone already."""
    found = connection.remote_address
    return str(found[0]) if found else ""


def dress(_: ServerConnection, request: Request, response: Response) -> None:
    """Give an answer that opens no link the headers of all others of the house."""
    if response.status_code != HTTPStatus.SWITCHING_PROTOCOLS:
        response.headers.update(REFUSAL_HEADERS)


class LinkServer:
    """The live link of all halls of one server."""

    def __init__(
        self,
        clock: Clock,
        may_follow: MayFollow,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        origins: Collection[str] = (),
        limits: Limits | None = None,
        proxies: Proxies | None = None,
    ) -> None:
        self.may_follow = may_follow
        self.host = host
        self.port = port
        """Where it listens; known after ``start`` if it was given as 0."""
        self.origins = frozenset(origins)
        self.limits = limits = limits or Limits()
        self._proxies = proxies = proxies or Proxies()
        most, of_address = limits.connections, limits.connections_of_address
        self._room = Room(most, of_address, proxies.speaks_for_others)
        more = limits.handshakes
        self._sockets = Room(most + more, of_address + more, proxies.speaks_for_others)
        press = Press(clock, framed, heartbeat_seconds=self.limits.heartbeat_seconds)
        self.hub = Hub(press, mark=secrets.token_hex(2), steady=time.monotonic)
        self.connections: set[LinkConnection] = set()
        self.cut = 0
        """Readers that stalled and were cut off."""
        self.failure: BaseException | None = None
        """What stopped the link; None while it is well."""
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ready = threading.Event()
        self._stopping: asyncio.Event
        self._phones_due = False
        self._phones_from = 0.0
        """When phones may be served again, by the loop's clock."""
        self._tasks: set[asyncio.Task[None]] = set()

    # From any thread.

    def add_hall(
        self, hall: str, history: Iterable[Recorded] = (), *, shows_badges: bool = False
    ) -> None:
        """Serve a hall as it stands after ``history``. Call it before ``start``."""
        self.hub.add_hall(hall, history, shows_badges=shows_badges)

    def close_hall(self, hall: str) -> None:
        """Tell whoever asks for a hall to come back later. Before ``start``."""
        self.hub.closed.add(hall)

    async def start(self) -> None:
        """Listen.

        Raises:
            OSError: the port is taken.
        """
        # The loop is there before its thread: what is published meanwhile waits in it.
        self._loop = loop = asyncio.new_event_loop()
        self._stopping = asyncio.Event()
        self._thread = threading.Thread(
            target=self._run, args=[loop], name="link", daemon=True
        )
        self._thread.start()
        await asyncio.to_thread(self._ready.wait)
        if self.failure is not None:
            self._thread.join()
            raise self.failure

    async def stop(self) -> None:
        """Tell all clients to come back later, and end."""
        if self._thread is not None:
            self._call(self._stopping.set)
            await asyncio.to_thread(self._thread.join)

    def publish(self, batch: Sequence[Recorded]) -> None:
        """Hand over what was recorded, in order. It returns at once."""
        if self._thread is None:
            self.hub.publish(batch)
        else:
            self._call(partial(self._publish, batch))

    def doubt(self, hall: str, in_doubt: bool) -> None:
        """Say whether the record may hold what is not shown of a hall.

        Screens then show as of when their picture is. It returns at once.
        """
        self._call(partial(self._doubt, hall, in_doubt))

    def sign_out(self, matches: Callable[[Credentials], bool]) -> None:
        """Close the links of all whose credentials match; they do not come back."""
        self._call(partial(self._sign_out, matches))

    async def screens(self) -> list[Screen]:
        """Return what the screens have drawn, by their own reports."""

        async def listed() -> list[Screen]:
            return self.hub.screens.listed(self.hub.channels)

        return await self._ask(listed())

    async def watched_screens(self, hall: str) -> list[Watched]:
        """Return how the screens of a hall are, topic by topic.

        Raises:
            RuntimeError: the link is not running.
        """

        async def watched() -> list[Watched]:
            return self.hub.screens.watched(hall)

        return await self._ask(watched())

    @property
    def counts(self) -> Counts:
        """What the link has done so far."""
        return self.hub.counts

    # In the link's own thread.

    def _run(self, loop: asyncio.AbstractEventLoop) -> None:
        try:
            with asyncio.Runner(loop_factory=lambda: loop) as runner:
                runner.run(self._serve())
        except Exception as error:
            self.failure = error
            # Before it listened, whoever starts it is told and says so.
            if self._ready.is_set():
                log.exception("the live link has stopped")
        finally:
            self._loop = None
            self._ready.set()

    async def _serve(self) -> None:
        limits = self.limits
        make = partial(
            LinkConnection,
            limits=limits,
            sockets=self._sockets,
            on_drained=self.hub.drained,
            on_cut=self._count_cut,
        )
        async with serve(
            self._handle,
            self.host,
            self.port,
            process_request=self._admit,
            process_response=dress,
            compression=None,
            ping_interval=None,
            close_timeout=limits.abort_seconds,
            max_size=MESSAGE_LIMIT,
            write_limit=limits.write_buffer,
            server_header=None,
            backlog=BACKLOG,
            start_serving=False,
            create_connection=cast("type[ServerConnection]", make),
        ) as server:
            for listener in server.sockets:
                set_options(listener)
            await server.start_serving()
            self.port = next(iter(server.sockets)).getsockname()[1]
            beating = asyncio.create_task(self._beat())
            self._ready.set()
            await self._stopping.wait()
            beating.cancel()
            self._close(server)
            await server.wait_closed()
        if self.failure is not None:
            raise self.failure

    def _close(self, server: Server) -> None:
        for connection in self.connections:
            # Nothing gets through to a stalled reader, not even a farewell.
            if connection.outlet.is_paused:
                connection.transport.abort()
        server.close(code=GOING_AWAY, reason="come back soon")

    def _admit(self, connection: ServerConnection, request: Request) -> Response | None:
        headers = request.headers
        origin, host = headers.get("Origin"), headers.get("Host")
        if is_origin_allowed(origin, host, self.origins):
            return None
        return connection.respond(HTTPStatus.FORBIDDEN, "origin not allowed\n")

    async def _handle(self, socket: ServerConnection) -> None:
        connection = cast(LinkConnection, socket)
        address = address_of(connection)
        if not self._room.enter(address):
            await connection.close(TRY_LATER, "too many connections")
            return
        self.connections.add(connection)
        connection.credentials = Credentials(address=self._caller(connection))
        try:
            await converse(connection, self.hub, self.may_follow)
        finally:
            self.connections.discard(connection)
            self._room.leave(address)

    def _caller(self, connection: LinkConnection) -> str:
        """Return from where a client comes, whatever proxies stand between."""
        request = connection.request
        lines = request.headers.get_all("X-Forwarded-For") if request else []
        return self._proxies.caller_behind(address_of(connection), lines)

    def _count_cut(self, connection: LinkConnection) -> None:
        self.cut += 1
        log.warning("a reader stalled and is cut off: %s", connection.remote_address)

    def _publish(self, batch: Sequence[Recorded]) -> None:
        try:
            self.hub.publish(batch)
        except Exception as error:
            # A picture that missed an event is wrong for good: better no link at all.
            self.failure = error
            self._stopping.set()
            return
        if self.hub.phones.is_due and not self._phones_due:
            self._phones_due = True
            # At once, if they have had their peace; call_at counts what is past as now.
            loop = asyncio.get_running_loop()
            loop.call_at(self._phones_from, self._begin_phones)

    def _begin_phones(self) -> None:
        now = asyncio.get_running_loop().time()
        self._phones_from = now + self.limits.gather_seconds
        self._serve_phones()

    def _serve_phones(self) -> None:
        self._phones_due = self.hub.phones.serve(self.limits.slice_frames)
        if self._phones_due:
            asyncio.get_running_loop().call_soon(self._serve_phones)

    def _doubt(self, hall: str, in_doubt: bool) -> None:
        self.hub.doubt(hall, in_doubt)
        self._serve_beats()

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(self.limits.heartbeat_seconds)
            self.hub.beat()
            self._serve_beats()

    def _serve_beats(self) -> None:
        if self.hub.phones.serve_beats(self.limits.slice_frames):
            asyncio.get_running_loop().call_soon(self._serve_beats)

    def _sign_out(self, matches: Callable[[Credentials], bool]) -> None:
        for connection in self.connections:
            if matches(connection.credentials):
                closing = connection.close(SIGNED_OUT, "signed out")
                task = asyncio.get_running_loop().create_task(closing)
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)

    # Between the threads.

    def _call(self, work: Callable[[], None]) -> None:
        loop = self._loop
        if loop is not None:
            # It may close between the question and the call: then nobody listens.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(work)

    async def _ask(self, question: Coroutine[Any, Any, Result]) -> Result:
        loop = self._loop
        if loop is None:
            question.close()
            raise RuntimeError("the live link is not running")
        asked = asyncio.run_coroutine_threadsafe(question, loop)
        return await asyncio.wrap_future(asked)
