"""The first answer to every command that named itself, for whoever asks again.

A client that lost an answer sends the command again under the same key. Here it gets
the answer that was made then, byte for byte, as long as the house remembers it; after
a restart the desk still knows the command and its events, and nothing happens twice.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import NamedTuple

from queue_core.errors import CommandIdReused


class Given(NamedTuple):
    """An answer as it went out."""

    status: int
    body: bytes
    headers: Mapping[str, str]


class FirstAnswers:
    """Remembers the newest answers by the ids of their commands."""

    def __init__(self, limit: int = 5_000) -> None:
        self._limit = limit
        self._given: OrderedDict[str, tuple[bytes, Given]] = OrderedDict()
        self._made_now: dict[str, asyncio.Event] = {}
        """Set when the answer that is just being made is there, or failed."""

    async def once(
        self,
        command_id: str,
        fingerprint: bytes,
        give: Callable[[], Awaitable[Given]],
    ) -> Given:
        """Return the first answer to the command; ``give`` makes it if there is none.

        Two requests that come at the same time take turns, so the second gets the
        first one's answer. What ``give`` raises is not remembered.

        Raises:
            CommandIdReused: The id belongs to a request with another content.
        """
        while (being_made := self._made_now.get(command_id)) is not None:
            await being_made.wait()
        known = self._given.get(command_id)
        if known is None:
            known = (fingerprint, await self._make(command_id, give))
            self._remember(command_id, known)
        if known[0] != fingerprint:
            raise CommandIdReused(command_id=command_id)
        return known[1]

    async def _make(
        self, command_id: str, give: Callable[[], Awaitable[Given]]
    ) -> Given:
        done = self._made_now[command_id] = asyncio.Event()
        try:
            return await give()
        finally:
            del self._made_now[command_id]
            done.set()

    def _remember(self, command_id: str, known: tuple[bytes, Given]) -> None:
        self._given[command_id] = known
        if len(self._given) > self._limit:
            self._given.popitem(last=False)


def fingerprint_of(parts: Iterable[str], body: bytes) -> bytes:
    """Return what tells one request's content from another's."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode() + b"\0")
    digest.update(body)
    return digest.digest()
