"""LED bars over windows: where they hang, and how a line gets there.

A setting names a bar: ``3=10.0.0.30:5005:12`` hangs over window 3, is reached at that
address, and shows 12 characters; with several halls ``city/3=…``. A bar takes lines of
text in GB18030 (docs/signs.md). A bar that wants another protocol is another
``LedBar``.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
import re
from collections.abc import Awaitable, Callable
from typing import NamedTuple, Protocol

from queue_core.errors import ParseError


logger = logging.getLogger(__name__)

SETTING = re.compile(
    r"(?:(?P<hall>[a-z0-9-]+)/)?(?P<window>[^=/]+)"
    r"=(?P<host>\[[0-9A-Fa-f:]+\]|[^:\[\]]+):(?P<port>\d{1,5}):(?P<characters>\d{1,2})"
)
CHARACTERS = (4, 40)
"""The narrowest and the widest bar in use."""

CODING = "gb18030"
LINE_END = b"\r\n"
PATIENCE_SECONDS, LAST_SECONDS = 5.0, 0.5
AGAIN_SECONDS = 30.0
"""The line is sent again so often: a bar that was switched off has forgotten it."""
FIRST_DELAY_SECONDS, LONGEST_DELAY_SECONDS = 1.0, 30.0


class LedSetting(NamedTuple):
    """Where a bar hangs, where it is reached, and how wide it is."""

    hall: str
    """Empty for the only hall of the house."""
    window: str
    host: str
    port: int
    characters: int


def led_of(setting: str) -> LedSetting:
    """Return the bar that a setting names.

    Raises:
        ParseError: the setting names no bar.
    """
    found = SETTING.fullmatch(setting)
    if found is not None:
        port, characters = int(found["port"]), int(found["characters"])
        if 0 < port < 65536 and CHARACTERS[0] <= characters <= CHARACTERS[1]:
            host = found["host"].strip("[]")
            return LedSetting(
                found["hall"] or "", found["window"], host, port, characters
            )
    text = f'"{setting}" names no LED bar; give WINDOW=HOST:PORT:CHARACTERS'
    raise ParseError(text, "led")


class LedBar(Protocol):
    """Whatever shows one line over a window."""

    def show(self, text: str) -> None:
        """Show a line from now on. It returns at once; the bar may be away."""

    async def run(self) -> None:
        """Keep the bar at what is to be shown, until cancelled.

        What is to be shown when it is cancelled is sent as its last.
        """


class TextBar:
    """A bar that takes lines of text on a TCP port.

    Only the newest line counts: a bar that was away, or is slow, is shown no old ones.
    """

    def __init__(
        self,
        host: str,
        port: int,
        *,
        patience_seconds: float = PATIENCE_SECONDS,
        again_seconds: float = AGAIN_SECONDS,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._host, self._port = host, port
        self._patience_seconds = patience_seconds
        self._again_seconds = again_seconds
        self._pause = pause
        self._text = ""
        self._changed = asyncio.Event()
        self._failures = 0
        self._is_away = False

    def show(self, text: str) -> None:
        """Show a line from now on."""
        if text != self._text:
            self._text = text
            self._changed.set()

    async def run(self) -> None:
        """Keep the bar at what is to be shown, until cancelled; then send the last."""
        while True:
            try:
                await self._serve()
            except (OSError, TimeoutError) as error:
                if not self._is_away:
                    logger.warning("the LED bar %s is away: %s", self._name, error)
                self._is_away = True
            await self._pause(self._delay())
            self._failures += 1

    async def _serve(self) -> None:
        """Connect, and send what is to be shown as long as the bar takes it."""
        async with asyncio.timeout(self._patience_seconds):
            reader, writer = await asyncio.open_connection(self._host, self._port)
        left = asyncio.create_task(read_to_the_end(reader))
        writer.transport.set_write_buffer_limits(0)
        try:
            while not left.done():
                self._changed.clear()
                if self._text:
                    writer.write(self._line)
                    async with asyncio.timeout(self._patience_seconds):
                        await writer.drain()
                self._note_success()
                await self._wait_for_news(left)
        except asyncio.CancelledError:
            if self._changed.is_set():
                await self._say_last(writer)
            raise
        finally:
            left.cancel()
            writer.transport.abort()

    async def _say_last(self, writer: asyncio.StreamWriter) -> None:
        """Send a last line to a bar that takes it soon."""
        writer.write(self._line)
        with contextlib.suppress(OSError, TimeoutError):
            async with asyncio.timeout(LAST_SECONDS):
                await writer.drain()

    async def _wait_for_news(self, left: asyncio.Task[None]) -> None:
        """Wait for another line, for the bar to leave, or until it is time again."""
        changed = asyncio.create_task(self._changed.wait())
        try:
            await asyncio.wait(
                {changed, left},
                timeout=self._again_seconds,
                return_when=asyncio.FIRST_COMPLETED,
            )
        finally:
            changed.cancel()

    def _note_success(self) -> None:
        if self._is_away:
            logger.info("the LED bar %s is there again", self._name)
        self._is_away = False
        self._failures = 0

    def _delay(self) -> float:
        """Return how long to wait before the next attempt, longer each time."""
        grown = FIRST_DELAY_SECONDS * float(2 ** min(self._failures, 10))
        return min(LONGEST_DELAY_SECONDS, grown) * random.uniform(0.5, 1.0)

    @property
    def _line(self) -> bytes:
        return self._text.encode(CODING) + LINE_END

    @property
    def _name(self) -> str:
        return f"{self._host}:{self._port}"


async def read_to_the_end(reader: asyncio.StreamReader) -> None:
    """Read and forget what a bar says, until it has left."""
    with contextlib.suppress(OSError):
        while await reader.read(1024):
            pass
