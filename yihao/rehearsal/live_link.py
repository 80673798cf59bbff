"""A client on the live link: one connection, its topics, and who wants to know."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from displays.link.client import Client, Reaction, Update
from displays.link.frames import FROM_SERVER, HEARTBEAT, WELCOME, Frame, decode, encode

from .hall_time import HallTime


OPEN_TIMEOUT = 10
ABNORMAL = 1006
"""The close code of a connection that just ended (RFC 6455, 7.4.1)."""

Heard = Callable[[Update, Any], None]
"""Called with what changed and the topic's whole state."""


class TopicNotServed(Exception):
    """The server refuses a topic that this client lives by."""


class LiveLink:
    """Follows topics until it is closed, coming back when the connection breaks."""

    def __init__(
        self, url: str, hall_time: HallTime, heard: Heard, token: str = ""
    ) -> None:
        hello = {"token": token} if token else {}
        self.url, self.hall_time, self.heard = url, hall_time, heard
        self.client = Client(hello, random=random.random, now=_now())
        self.reconnects = 0
        self.changed = asyncio.Event()
        self._socket: ClientConnection | None = None
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to connect."""
        self._task = asyncio.create_task(self._run())

    async def close(self) -> None:
        """Leave for good."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    def failure(self) -> BaseException | None:
        """Return why the link has ended by itself; None while it runs."""
        if self._task is None or not self._task.done() or self._task.cancelled():
            return None
        return self._task.exception()

    async def follow(self, topic: str, secret: str = "") -> None:
        """Follow a topic from now on."""
        await self._send(self.client.follow(topic, secret))

    async def unfollow(self, topic: str) -> None:
        """Follow a topic no longer."""
        await self._send(self.client.unfollow(topic))

    def state(self, topic: str) -> Any:
        """Return the topic's state as last heard, or None."""
        picture = self.client.pictures.get(topic)
        return picture.state if picture else None

    async def wait(self, until: int | None = None) -> None:
        """Wait until something changed, or until an instant of the hall."""
        seconds = None if until is None else self.hall_time.real_seconds_to(until)
        try:
            async with asyncio.timeout(seconds):
                await self.changed.wait()
        except TimeoutError:
            return
        finally:
            self.changed.clear()

    # The connection.

    async def _run(self) -> None:
        while True:
            code = await self._connected()
            reaction = self.client.lost(code, _now())
            if reaction.ended is not None:
                raise TopicNotServed(f"the link was closed for good with {code}")
            self.reconnects += 1
            await asyncio.sleep((reaction.reconnect_in or 0) / 1000)

    async def _connected(self) -> int:
        """Hold one connection and return the code with which it ended."""
        try:
            async with connect(
                self.url,
                compression=None,
                proxy=None,
                open_timeout=OPEN_TIMEOUT,
                ping_interval=None,
                max_size=None,
            ) as socket:
                self._socket = socket
                await self._send(self.client.opened(_now()))
                await self._listen(socket)
                return ABNORMAL
        except ConnectionClosed as error:
            return error.rcvd.code if error.rcvd else ABNORMAL
        except (OSError, TimeoutError, WebSocketException):
            return ABNORMAL
        finally:
            self._socket = None

    async def _listen(self, socket: ClientConnection) -> None:
        while True:
            try:
                async with asyncio.timeout(self.client.heartbeat / 1000):
                    data = await socket.recv()
            except TimeoutError:
                if self.client.passed(_now()).drop:
                    return
                continue
            if isinstance(data, bytes):
                await self._receive(decode(data, FROM_SERVER))

    async def _receive(self, frame: Frame) -> None:
        if frame.kind == WELCOME:
            self.hall_time.observe(frame.body[0])
        elif frame.kind == HEARTBEAT:
            self.hall_time.observe(frame.sent_at)
        reaction = self.client.receive(frame, _now())
        for update in reaction.updates:
            self.heard(update, self.state(update.topic))
            self.changed.set()
        if reaction.refused:
            refused = reaction.refused[0]
            raise TopicNotServed(f"{refused.topic}: {refused.code}")
        await self._send(reaction)

    async def _send(self, reaction: Reaction) -> None:
        if self._socket is None:
            return
        for frame in reaction.send:
            await self._socket.send(encode(frame))


def _now() -> int:
    return int(time.monotonic() * 1000)
