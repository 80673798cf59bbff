"""A printer on the network: answers status questions, and keeps what it prints."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from displays.printing import ASK_STATUS


READY = b"\x12\x12"
PAPER_OUT = b"\x12\x72"


class FakePrinter:
    """A printer on a TCP port: answers status questions, keeps what it prints."""

    def __init__(self, status: bytes = READY) -> None:
        self.status = status
        self.paper: asyncio.Queue[bytes] = asyncio.Queue()
        self.was_asked = asyncio.Event()
        self.may_answer = asyncio.Event()
        self.may_answer.set()
        self.asked = 0
        self.connections = 0
        self.port = 0

    @asynccontextmanager
    async def on(self) -> AsyncIterator[FakePrinter]:
        """Listen until the block ends."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        async with server:
            yield self

    async def came_out(self, slips: int) -> list[bytes]:
        """Wait until so many slips have come out."""
        async with asyncio.timeout(30):
            return [await self.paper.get() for _ in range(slips)]

    async def _serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.connections += 1
        received = b""
        while piece := await reader.read(1024):
            received += piece
            if received.startswith(ASK_STATUS):
                received = received[len(ASK_STATUS) :]
                self.asked += 1
                self.was_asked.set()
                await self.may_answer.wait()
                writer.write(self.status)
        if received:
            self.paper.put_nowait(received)
        writer.close()
