"""The other end of the link with its socket, for rehearsals and tests.

    async with follow(url, ["board/city"]) as follower:
        async for update in follower:
            print(update.topic, follower.state(update.topic))

The follower comes back after every loss, with full jitter, until the server tells it
to stay away; then the iteration ends.
"""

from __future__ import annotations

import asyncio
import random as randomness
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from .client import Client, Reaction, TopicRefused, Update
from .frames import FROM_SERVER, Frame, decode, encode


ABNORMAL = 1006
"""The close code of a socket that was not closed but lost."""

TICK_SECONDS = 1.0
CLOSE_SECONDS = 2.0


class Follower:
    """A client of the link that keeps itself connected. Made by ``follow``."""

    def __init__(
        self,
        url: str,
        client: Client,
        pause: Callable[[float], Awaitable[None]],
    ) -> None:
        self.url = url
        self.client = client
        self.ended: int | None = None
        """The close code after which it stayed away."""
        self.stale: set[str] = set()
        """Topics whose picture may be an old one."""
        self.connected = 0
        """How often a link was opened."""
        self._pause = pause
        self._turned = asyncio.Event()
        self._told: asyncio.Queue[Update | TopicRefused | None] = asyncio.Queue()
        self._socket: ClientConnection | None = None

    def __aiter__(self) -> AsyncIterator[Update | TopicRefused]:
        return self

    async def __anext__(self) -> Update | TopicRefused:
        """Return the next change of a picture, or a refused topic."""
        told = await self._told.get()
        if told is None:
            # Whoever asks again is told the same.
            self._told.put_nowait(None)
            raise StopAsyncIteration
        return told

    def state(self, topic: str) -> Any:
        """Return the present state of a followed topic; None before the first."""
        picture = self.client.pictures.get(topic)
        return picture.state if picture is not None else None

    async def until(self, topic: str, holds: Callable[[Any], bool]) -> Any:
        """Take updates in until the topic's state is as wanted; return the state.

        Raises:
            RuntimeError: the topic was refused, or the link has ended.
        """
        if self.state(topic) is not None and holds(self.state(topic)):
            return self.state(topic)
        async for told in self:
            if told.topic != topic:
                continue
            if isinstance(told, TopicRefused):
                raise RuntimeError(f"{topic} was refused: {told.message}")
            if holds(self.state(topic)):
                return self.state(topic)
        raise RuntimeError(f"the link has ended with {self.ended}")

    async def until_stale(self, topic: str, is_stale: bool = True) -> None:
        """Wait until a topic's picture counts as an old one, or as fresh again."""
        while (topic in self.stale) != is_stale:
            self._turned.clear()
            await self._turned.wait()

    async def add(self, topic: str, secret: str = "") -> None:
        """Follow one topic more."""
        await self._act(self.client.follow(topic, secret))

    async def drop(self, topic: str) -> None:
        """Follow a topic no longer."""
        await self._act(self.client.unfollow(topic))

    def cut(self) -> None:
        """Lose the link now, as when a cable is pulled; the follower comes back."""
        if self._socket is not None:
            self._socket.transport.abort()

    # The running link.

    async def run(self) -> None:
        """Connect and come back until told to stay away."""
        ticking = asyncio.create_task(self._tick())
        try:
            while self.ended is None:
                code = await self._converse()
                reaction = self.client.lost(code, _now())
                self.ended = reaction.ended
                if reaction.reconnect_in is not None:
                    await self._pause(reaction.reconnect_in / 1000)
        finally:
            ticking.cancel()
            self._told.put_nowait(None)

    async def _converse(self) -> int:
        """Hold one link as long as it lasts; return its close code."""
        try:
            async with connect(
                self.url,
                compression=None,
                ping_interval=None,
                close_timeout=CLOSE_SECONDS,
                proxy=None,
            ) as socket:
                self._socket = socket
                self.connected += 1
                await self._act(self.client.opened(_now()))
                async for message in socket:
                    data = message if isinstance(message, bytes) else message.encode()
                    frame = decode(data, FROM_SERVER)
                    await self._act(self.client.receive(frame, _now()))
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd is not None else ABNORMAL
        except (OSError, TimeoutError, WebSocketException):
            return ABNORMAL
        finally:
            self._socket = None
        return socket.close_code or ABNORMAL

    async def _act(self, reaction: Reaction) -> None:
        for topic, is_stale in reaction.stale:
            (self.stale.add if is_stale else self.stale.discard)(topic)
            self._turned.set()
        for update in reaction.updates:
            self._told.put_nowait(update)
        for refused in reaction.refused:
            self._told.put_nowait(refused)
        await self._send(reaction.send)
        if reaction.drop:
            self.cut()

    async def _send(self, frames: list[Frame]) -> None:
        if self._socket is None:
            return
        # The reading side learns of a loss as well, and comes back.
        with suppress(ConnectionClosed):
            for frame in frames:
                await self._socket.send(encode(frame))

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK_SECONDS)
            await self._act(self.client.passed(_now()))


@asynccontextmanager
async def follow(
    url: str,
    topics: Iterable[str],
    *,
    token: str = "",
    secrets: Mapping[str, str] | None = None,
    random: Callable[[], float] = randomness.random,
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> AsyncIterator[Follower]:
    """Follow topics at a link's address until the block ends.

    ``secrets`` gives the secret of a ticket by its topic; ``pause`` waits before a
    client comes back.
    """
    client = Client({"token": token} if token else {}, random=random, now=_now())
    for topic in topics:
        client.follow(topic, (secrets or {}).get(topic, ""))
    follower = Follower(url, client, pause)
    running = asyncio.create_task(follower.run())
    try:
        yield follower
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


def _now() -> int:
    """Return milliseconds of a clock that never goes back."""
    return time.monotonic_ns() // 1_000_000
