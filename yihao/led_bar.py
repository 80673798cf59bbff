"""An LED bar that is played in a terminal, for trying the bars of a hall without one.

It takes lines of text in GB18030, as docs/signs.md says, and shows as much of each as
a bar of its width would.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from displays.led import CODING
from displays.led_text import cut


class LedBarPlayed:
    """Listens, and keeps what it shows; a new line takes the place of the last."""

    def __init__(self, characters: int = 8) -> None:
        self.port = 0
        self.shown: asyncio.Queue[str] = asyncio.Queue()
        self._columns = characters * 2
        self._lines: set[asyncio.StreamWriter] = set()

    @asynccontextmanager
    async def on(self, port: int, host: str = "127.0.0.1") -> AsyncIterator[None]:
        """Listen until the block ends; port 0: any that is free.

        Raises:
            OSError: The port is taken.
        """
        server = await asyncio.start_server(self._serve, host, port)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield
        finally:
            server.close()
            for line in list(self._lines):
                line.transport.abort()
            await server.wait_closed()

    async def _serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._lines.add(writer)
        try:
            while line := await reader.readline():
                text = line.decode(CODING, errors="replace").rstrip("\r\n")
                self.shown.put_nowait(cut(text, self._columns))
        except OSError:
            pass
        finally:
            self._lines.discard(writer)
            writer.close()


def led_bar(options: argparse.Namespace) -> int:
    """Play an LED bar until Ctrl-C."""
    asyncio.run(_played(options.port, options.characters))
    return 0


async def _played(port: int, characters: int) -> None:
    bar = LedBarPlayed(characters)
    async with bar.on(port):
        place = f"127.0.0.1:{bar.port}:{characters}"
        print(f"start a house with --led WINDOW={place}", flush=True)
        while True:
            print(f"│{await bar.shown.get()}│", flush=True)
