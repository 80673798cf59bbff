"""A client that costs little: requests are made beforehand, answers hardly read.

Each connection sends its next request when it has the answer to the last one. The same
client drives the house and the bare handler, and its own time is told, so that a reader
sees which of the two was the limit.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from .rounds import share


END_OF_HEADERS = b"\r\n\r\n"
LENGTH = b"content-length:"


class Refusal(Exception):
    """A server did not do what the measure wants it to."""


class Asked(NamedTuple):
    """One request, ready to be sent."""

    kind: str
    raw: bytes


class Told(NamedTuple):
    """What came of all requests of a round."""

    seconds: float
    client_seconds: float
    """CPU of the client."""
    times: dict[str, list[float]]
    """Kind of request → the seconds that every one took, sorted."""

    @property
    def requests(self) -> int:
        """Return how many requests there were."""
        return sum(map(len, self.times.values()))

    @property
    def per_second(self) -> float:
        """Return how many were answered in a second."""
        return self.requests / self.seconds

    @property
    def client_share(self) -> float:
        """Return how much of one core the client used."""
        return self.client_seconds / self.seconds

    def milliseconds(self, kind: str, part: float) -> float:
        """Return within how many milliseconds a part of the answers came."""
        return share(self.times[kind], part) * 1000


def post(
    kind: str, path: str, body: Mapping[str, object], *, token: str = "", key: str
) -> Asked:
    """Make a request."""
    content = json.dumps(body).encode()
    lines = [
        f"POST {path} HTTP/1.1",
        "Host: 127.0.0.1",
        "User-Agent: yihao-bench",
        "Accept: application/json",
        "Content-Type: application/json",
        f"Content-Length: {len(content)}",
        f"Idempotency-Key: {key}",
    ]
    if token:
        lines.append(f"Authorization: Bearer {token}")
    return Asked(kind, "\r\n".join(lines).encode() + END_OF_HEADERS + content)


class Connection(asyncio.Protocol):
    """One connection, with one request under way at most."""

    transport: asyncio.Transport

    def __init__(self) -> None:
        self._buffer = b""
        self._answer: asyncio.Future[bytes] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the transport."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Look whether the answer is there as a whole."""
        self._buffer += data
        headers, found, rest = self._buffer.partition(END_OF_HEADERS)
        if not found:
            return
        length = headers.lower().partition(LENGTH)[2].partition(b"\r\n")[0]
        if len(rest) < int(length or 0):
            return
        answer, self._buffer = self._buffer, b""
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(answer)

    def connection_lost(self, error: Exception | None) -> None:
        """Let nobody wait for an answer that cannot come."""
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(Refusal("the server has hung up"))

    async def ask(self, raw: bytes) -> bytes:
        """Send a request and return the whole answer.

        Raises:
            Refusal: the server does not do it.
        """
        self._answer = asyncio.get_running_loop().create_future()
        self.transport.write(raw)
        answer = await self._answer
        if not answer.startswith((b"HTTP/1.1 200", b"HTTP/1.1 201")):
            raise Refusal(answer.decode(errors="replace"))
        return answer


def json_of(answer: bytes) -> dict[str, Any]:
    """Return what an answer says."""
    said: dict[str, Any] = json.loads(answer.partition(END_OF_HEADERS)[2])
    return said


async def ask_all(port: int, scripts: Sequence[Sequence[Asked]]) -> Told:
    """Let every connection ask its requests; return what came of them.

    Raises:
        Refusal: a server did not do one of them.
    """
    loop = asyncio.get_running_loop()
    times: dict[str, list[float]] = {}

    async def follow(script: Sequence[Asked], connection: Connection) -> None:
        for kind, raw in script:
            began = time.perf_counter()
            await connection.ask(raw)
            times.setdefault(kind, []).append(time.perf_counter() - began)

    opened = [
        (await loop.create_connection(Connection, "127.0.0.1", port))[1]
        for _ in scripts
    ]
    wall, cpu = time.perf_counter(), time.process_time()
    try:
        await asyncio.gather(*map(follow, scripts, opened))
    finally:
        for connection in opened:
            connection.transport.close()
    return Told(
        time.perf_counter() - wall,
        time.process_time() - cpu,
        {kind: sorted(taken) for kind, taken in times.items()},
    )
