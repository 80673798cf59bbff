"""Sending hostile input to a real house, and judging what comes back."""

from __future__ import annotations

import asyncio
import json
import logging
import random
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from yihao.soak.truth import require

from .frames import Frames
from .requests import Attack, Requests


PATIENCE_SECONDS = 30.0
INTERNAL_ERROR = 1011
MESSAGES = 12
"""After so many messages another link is opened, if the house has not closed it."""


class Mistakes(logging.Handler):
    """Whatever is logged as an error: nothing a stranger sends may be one."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record's line; bytes that are no HTTP are their sender's error."""
        if not record.name.startswith("aiohttp"):
            self.found.append(self.format(record))


class HttpDoor:
    """One connection after another to the pages, each used as long as it is open."""

    def __init__(self, port: int, requests: Requests) -> None:
        self._port = port
        self._requests = requests
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._silence = ""
        """Why there was no answer to the last request."""

    async def attack(self, chance: random.Random) -> str:
        """Send one request and judge its answer.

        Raises:
            Violated: it is a 500, or no answer where there must be one.
        """
        attack = self._requests.draw(chance)
        is_new = self._streams is None
        answered = await self._asked(attack)
        if answered is None and attack.whole and not is_new:
            # The house had closed the connection after the answer before.
            answered = await self._asked(attack)
        if answered is None:
            said = f"no answer ({self._silence}) to {attack.raw[:2_000]!r}"
            require(not attack.whole, said)
            return "no answer"
        status, body = answered
        said = f"{status} {body[:300]!r} to {attack.raw[:2_000]!r}"
        require(status < 500 or (status == 503 and b'"error"' not in body), said)
        if not attack.whole:
            # What is left of a spoilt request would be read as the next one.
            await self.close()
        return "answered" if status < 400 else "refused"

    async def _asked(self, attack: Attack) -> tuple[int, bytes] | None:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                return await self._send(attack)
        except (OSError, asyncio.IncompleteReadError) as error:
            await self.close()
            self._silence = repr(error)
            return None

    async def _send(self, attack: Attack) -> tuple[int, bytes]:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        writer.write(attack.raw)
        if not attack.whole:
            writer.write_eof()
        head = await reader.readuntil(b"\r\n\r\n")
        status = int(head.split(b" ", 2)[1])
        if status == 100:
            head = await reader.readuntil(b"\r\n\r\n")
            status = int(head.split(b" ", 2)[1])
        lines = (line.partition(b":") for line in head.split(b"\r\n"))
        headers = {name.strip().lower(): value.strip() for name, _, value in lines}
        length = int(headers.get(b"content-length", b"0"))
        has_body = not attack.is_head and status not in {204, 304}
        body = await reader.readexactly(length) if has_body else b""
        ends = headers.get(b"connection", b"").lower() == b"close"
        if ends or not has_body or b"content-length" not in headers:
            await self.close()
        return status, body

    async def close(self) -> None:
        """End the connection."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


class LinkDoor:
    """One link after another, each used until the house closes it."""

    def __init__(self, address: str, frames: Frames) -> None:
        self._address = address
        self._frames = frames
        self._socket: ClientConnection | None = None
        self._sent = 0

    async def attack(self, chance: random.Random) -> str:
        """Send one message; what is answered is read by the library.

        Raises:
            Violated: the link was closed because of an error of the house.
        """
        message: bytes | str = b""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                if self._socket is None:
                    await self._open(chance)
                assert self._socket is not None
                message = self._frames.draw(chance)
                await self._socket.send(message)
                self._sent += 1
                if self._sent >= MESSAGES:
                    await self.close()
        except ConnectionClosed as closed:
            code = closed.rcvd.code if closed.rcvd else 0
            require(code != INTERNAL_ERROR, f"the link broke at {message!r}")
            self._socket = None
            return "refused"
        except (OSError, WebSocketException) as error:
            require(False, f"no link could be opened: {error!r}")
        return "answered"

    async def _open(self, chance: random.Random) -> None:
        self._sent = 0
        self._socket = await connect(
            self._address,
            compression=None,
            ping_interval=None,
            close_timeout=0.5,
            proxy=None,
            # What is told is not looked at, and nothing may wait for it.
            max_queue=None,
        )
        if chance.random() < 0.9:
            await self._socket.send(self._frames.hello(chance))

    async def close(self) -> None:
        """End the link."""
        if self._socket is not None:
            await self._socket.close()
            self._socket = None


async def described(port: int) -> dict[str, Any]:
    """Return the description of a house's interface."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(
        b"GET /api/openapi.json HTTP/1.1\r\nHost: hall\r\nConnection: close\r\n\r\n"
    )
    raw = await reader.read()
    writer.close()
    found: dict[str, Any] = json.loads(raw.partition(b"\r\n\r\n")[2])
    return found
