"""Bad weather between a hall's link and its screens, drawn by chance from a seed."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from displays.link.client import Update
from yihao.soak.proxy import Proxy


def messages(data: bytes) -> list[bytes] | None:
    """Return the binary messages of a server that make up some bytes, if they do."""
    found = []
    while data:
        if len(data) < 4 or data[0] != 0x82 or data[1] > 126:
            return None
        size = 2 + data[1]
        if data[1] == 126:
            size = 4 + int.from_bytes(data[2:4], "big")
        if len(data) < size:
            return None
        found.append(data[:size])
        data = data[size:]
    return found


class Weather(Proxy):
    """A way to the link on which bytes come late, in pieces, or not at all.

    Whole messages of the server may overtake one another as well.
    """

    def __init__(self, host: str, port: int, chance: random.Random) -> None:
        super().__init__(host, port)
        self._chance = chance
        self._calm = asyncio.Event()
        self._calm.set()
        self._in_pieces = False
        self._jumbles = False
        self.jumbled = 0
        """How often messages came in another order than they were sent in."""
        self._bytes_left: int | None = None

    # What may happen.

    def stall(self) -> None:
        """Let nothing through, and let it come later."""
        self._calm.clear()

    def tear(self) -> None:
        """Let what comes arrive in pieces, whatever frames it holds."""
        self._in_pieces = True

    def jumble(self) -> None:
        """Let messages overtake one another."""
        self._jumbles = True

    def cut_soon(self) -> None:
        """Cut the connections after a few bytes more, most likely within a frame."""
        self._bytes_left = self._chance.randrange(120)

    def swallow(self) -> None:
        """Lose what is on its way, and the connections with it."""
        self.cut()
        self._calm.set()

    def shut(self) -> None:
        """Cut the connections, and let nobody through."""
        self.is_closed = True
        self.swallow()

    def clear_up(self) -> None:
        """Let everything through again."""
        self.is_closed = False
        self._in_pieces = self._jumbles = False
        self._bytes_left = None
        self._calm.set()

    def turn(self) -> None:
        """Let something happen, or let it clear up."""
        happenings: list[Callable[[], object]] = [
            self.stall,
            self.tear,
            self.jumble,
            self.cut,
            self.cut_soon,
            self.swallow,
            self.shut,
            self.clear_up,
            self.clear_up,
        ]
        self._chance.choice(happenings)()

    # On the way.

    async def pass_on(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Pass on what comes, as the weather lets it."""
        held = b""
        """A message that the next ones overtake."""
        with suppress(OSError):
            while data := await reader.read(65_536):
                await self._calm.wait()
                data, held = self._in_some_order(data, held)
                for piece in self._pieces(data):
                    if self._bytes_left is not None:
                        self._last_bytes(piece, writer)
                        return
                    writer.write(piece)
                    await writer.drain()
                    # The other end reads before the next piece comes.
                    await asyncio.sleep(0)
        writer.transport.abort()

    def _last_bytes(self, data: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(data[: self._bytes_left])
        self._bytes_left = None
        self.cut()

    def _in_some_order(self, data: bytes, held: bytes) -> tuple[bytes, bytes]:
        """Return what is passed on now, and what is held back until more comes."""
        found = messages(data) if self._jumbles else None
        if not found:
            return held + data, b""
        self.jumbled += bool(held) or len(found) > 2
        self._chance.shuffle(found)
        return b"".join([*found[1:], held]), found[0]

    def _pieces(self, data: bytes) -> list[bytes]:
        if not self._in_pieces:
            return [data]
        size = self._chance.randint(1, 50)
        return [data[start : start + size] for start in range(0, len(data), size)]


class Announcer:
    """Announces calls as the board's page does: each announcement once, in order."""

    def __init__(self, calls: list[list[Any]]) -> None:
        self.announced: list[tuple[int, int]] = []
        """(call, announcement) in the order in which they were spoken."""
        self._known = {row[0]: row[4] for row in calls}

    def take(self, update: Update, calls: list[list[Any]]) -> None:
        """Announce what is new in the picture after an update."""
        if update.changes is None:
            for row in calls:
                self._speak(row[0], row[4])
            return
        for change in update.changes:
            if change[0] == 0:
                self._speak(change[1], 1)
            elif change[0] == 1:
                self._speak(change[1], change[2])

    def _speak(self, call: int, announcements: int) -> None:
        for announcement in range(self._known.get(call, 0) + 1, announcements + 1):
            self.announced.append((call, announcement))
        self._known[call] = max(announcements, self._known.get(call, 0))
