"""Turns among the threads of one process: enough for a log that only one opens."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager

from queue_core.errors import LogError

from .event_log import Entry


Append = Callable[[Sequence[Entry]], Sequence[int]]


class LocalTurn:
    """A turn that is held until something was recorded or it is given back."""

    def __init__(self, version: int, append: Append, lock: threading.Lock) -> None:
        self.version = version
        self._append = append
        self._lock: threading.Lock | None = lock

    @property
    def over(self) -> bool:
        """Whether somebody else may have the turn."""
        return self._lock is None

    def append(self, entries: Sequence[Entry]) -> Sequence[int]:
        """Record all entries; the turn is over then, whatever came of it."""
        if self._lock is None:
            raise LogError("the turn is over")
        try:
            return self._append(entries)
        finally:
            self.give_back()

    def give_back(self) -> None:
        """Let the next one have the turn. Twice does no harm."""
        lock, self._lock = self._lock, None
        if lock is not None:
            lock.release()


class LocalTurns:
    """One turn per hall at a time."""

    def __init__(self) -> None:
        self._locks: dict[str, threading.Lock] = {}
        self._adding = threading.Lock()

    def take(self, hall: str, version: Callable[[], int], append: Append) -> LocalTurn:
        """Wait for the turn of a hall; ``version`` is asked when it has come."""
        lock = self._lock(hall)
        lock.acquire()
        try:
            return LocalTurn(version(), append, lock)
        except BaseException:
            lock.release()
            raise

    @contextmanager
    def waited_for(self, halls: Iterable[str]) -> Iterator[None]:
        """Wait until nobody holds a turn in these halls, and let nobody take one."""
        with ExitStack() as held:
            # Always in the same order: two writers of two halls never block each other.
            for hall in sorted(set(halls)):
                held.enter_context(self._lock(hall))
            yield

    def _lock(self, hall: str) -> threading.Lock:
        with self._adding:
            return self._locks.setdefault(hall, threading.Lock())
