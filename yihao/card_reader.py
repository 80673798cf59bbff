"""A card reader that is played at a keyboard, for trying a ticket machine.

It speaks the protocol of docs/kiosk.md: every line typed is a card laid down, and an
empty line a card that cannot be read. Nothing is kept, and no card is sent to a page
that has not asked for one.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed


class CardReader:
    """Reads cards for the pages that have asked."""

    def __init__(self) -> None:
        self.port = 0
        self._asking: set[ServerConnection] = set()
        self._changed = asyncio.Condition()

    @asynccontextmanager
    async def on(self, port: int) -> AsyncIterator[CardReader]:
        """Serve pages on this machine until the block ends; port 0: any that is free.

        Raises:
            OSError: The port is taken.
        """
        async with serve(self._serve, "127.0.0.1", port, compression=None) as server:
            self.port = next(iter(server.sockets)).getsockname()[1]
            yield self

    async def asked(self, pages: int = 1) -> None:
        """Wait until so many pages are asking for a card."""
        async with self._changed:
            await self._changed.wait_for(lambda: len(self._asking) == pages)

    async def lay_down(self, number: str, name: str = "") -> int:
        """Let a card be read; return how many pages had asked for one."""
        number = number.strip().upper()
        told = {"type": "card", "number": number}
        if name:
            told["name"] = name
        if not number:
            told = {"type": "fault", "reason": "the card could not be read"}
        pages = list(self._asking)
        for page in pages:
            await page.send(json.dumps(told))
        return len(pages)

    async def _serve(self, page: ServerConnection) -> None:
        try:
            async for message in page:
                await self._hear(page, message)
        except ConnectionClosed:
            pass
        finally:
            await self._set_asking(page, asks=False)

    async def _hear(self, page: ServerConnection, message: str | bytes) -> None:
        try:
            told = json.loads(message)
        except ValueError:
            return
        kind = told.get("type") if isinstance(told, dict) else None
        if kind in ("read", "stop"):
            await self._set_asking(page, asks=kind == "read")

    async def _set_asking(self, page: ServerConnection, *, asks: bool) -> None:
        async with self._changed:
            (self._asking.add if asks else self._asking.discard)(page)
            self._changed.notify_all()


def card_reader(options: argparse.Namespace) -> int:
    """Play a card reader until the lines end."""
    asyncio.run(_played(options.port))
    return 0


async def _played(port: int) -> None:
    async with CardReader().on(port) as reader:
        print(f"open a machine with ?card=ws://127.0.0.1:{reader.port}", flush=True)
        print("every line is a card, with a name after a space or without; an empty")
        print("line is one that cannot be read")
        while line := await asyncio.to_thread(sys.stdin.readline):
            number, _, name = line.strip().partition(" ")
            pages = await reader.lay_down(number, name.strip())
            print("read" if pages else "nobody asks for a card now", flush=True)
