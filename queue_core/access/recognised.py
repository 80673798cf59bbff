"""Tokens that were recognised a moment ago, so that not every request asks a table."""

from __future__ import annotations

from typing import Generic, TypeVar


LIMIT = 10_000

Who = TypeVar("Who")


class Recognised(Generic[Who]):
    """Remembers for a few seconds whom a token belongs to.

    A token that is revoked in this process is forgotten at once; one that is revoked
    in another process is honoured for ``remembered_ms`` more.
    """

    def __init__(self, remembered_ms: int) -> None:
        self._remembered_ms = remembered_ms
        self._found: dict[bytes, tuple[Who, int]] = {}

    def get(self, token_hash: bytes, now: int) -> Who | None:
        """Return who was recognised by the token, if that is recent."""
        who, at = self._found.get(token_hash, (None, 0))
        return who if 0 <= now - at < self._remembered_ms else None

    def put(self, token_hash: bytes, who: Who, now: int) -> None:
        """Remember who was recognised."""
        if len(self._found) >= LIMIT:
            self._found.clear()
        self._found[token_hash] = (who, now)

    def forget(self) -> None:
        """Ask the tables again, for everybody."""
        self._found.clear()
