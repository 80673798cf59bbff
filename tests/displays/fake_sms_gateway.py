"""An SMS gateway on this machine: it takes messages over HTTP, or refuses them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple

from aiohttp import web


class Message(NamedTuple):
    """A message as it came in."""

    id: str
    to: str
    text: str
    authorization: str


class FakeSmsGateway:
    """Keeps what it was sent."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.refuses = 0
        """So many more messages are refused."""
        self.address = ""
        self._came = asyncio.Condition()

    @asynccontextmanager
    async def on(self) -> AsyncIterator[FakeSmsGateway]:
        """Listen until the block ends."""
        app = web.Application()
        app.router.add_post("/send", self._take)
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.address = f"http://127.0.0.1:{runner.addresses[0][1]}/send"
        try:
            yield self
        finally:
            await runner.cleanup()

    async def has(self, count: int) -> list[Message]:
        """Wait until so many messages have come, and return them."""
        async with self._came:
            await self._came.wait_for(lambda: len(self.messages) >= count)
        return self.messages

    async def _take(self, request: web.Request) -> web.Response:
        said = await request.json()
        if self.refuses:
            self.refuses -= 1
            return web.Response(status=503, text=f"busy: {said['to']}")
        known = request.headers.get("Authorization", "")
        async with self._came:
            self.messages.append(Message(**said, authorization=known))
            self._came.notify_all()
        return web.Response(status=202)
