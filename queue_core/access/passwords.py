"""Passwords as argon2id hashes, made and checked in threads of their own."""

from __future__ import annotations

import asyncio
import secrets
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from queue_core.errors import Overloaded

from .refusals import PasswordTooShort


SHORTEST_PASSWORD = 8
THREADS = 2
WAITING_LIMIT = 64

T = TypeVar("T")


class Verdict(NamedTuple):
    """Whether a password is right, and a better hash where the old one has aged."""

    right: bool
    new_hash: str = ""


class Passwords:
    """Hashes and verifies. A check takes the same time for an account that is not."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        """Use argon2id with the library's parameters (RFC 9106, low memory)."""
        self._hasher = hasher if hasher is not None else PasswordHasher()
        self._nobodys = self._hasher.hash(secrets.token_bytes(16))
        # Each check takes 64 MiB: more threads would only let a flood take more.
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="passwords")
        self._waiting = 0

    async def hash(self, password: str) -> str:
        """Return the hash of a new password.

        Raises:
            PasswordTooShort: it has too few characters.
            Overloaded: too many passwords are being checked.
        """
        if len(password) < SHORTEST_PASSWORD:
            raise PasswordTooShort(SHORTEST_PASSWORD)
        return await self._in_thread(lambda: self._hasher.hash(_plain(password)))

    async def verify(self, stored: str | None, password: str) -> Verdict:
        """Compare a password with a stored hash; None: with that of nobody.

        Raises:
            Overloaded: too many passwords are being checked.
        """
        return await self._in_thread(lambda: self._verify(stored, _plain(password)))

    def close(self) -> None:
        """Give the threads back."""
        self._threads.shutdown(wait=False)

    def _verify(self, stored: str | None, password: bytes) -> Verdict:
        try:
            self._hasher.verify(stored or self._nobodys, password)
        except (VerificationError, InvalidHashError):
            return Verdict(right=False)
        if stored is None:
            return Verdict(right=False)
        if self._hasher.check_needs_rehash(stored):
            return Verdict(right=True, new_hash=self._hasher.hash(password))
        return Verdict(right=True)

    async def _in_thread(self, work: Callable[[], T]) -> T:
        if self._waiting >= WAITING_LIMIT:
            raise Overloaded(f"{self._waiting} passwords are being checked already")
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._waiting -= 1


def _plain(password: str) -> bytes:
    # The same characters typed on another keyboard may come as other code points.
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
