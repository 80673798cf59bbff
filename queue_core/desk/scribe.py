"""The thread in which a desk reads and writes the log, one piece of work at a time.

A commit of one command costs less than handing it to an executor of the standard
library and taking the result back, which makes two futures, a condition and four locks
for it. Here one queue leads into the thread, and one call leads back to the loop.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, TypeVar


T = TypeVar("T")

Job = tuple[asyncio.AbstractEventLoop, asyncio.Future[Any], Callable[[], Any]]


class Scribe:
    """Does what blocks, in the order in which it is asked to."""

    def __init__(self, name: str) -> None:
        """Prepare a thread of this name; it begins with the first piece of work."""
        self._name = name
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._over = False

    def do(self, work: Callable[[], T]) -> asyncio.Future[T]:
        """Return what ``work`` returns, or raises, as a future of the running loop.

        Raises:
            RuntimeError: the thread has been dismissed.
        """
        if self._over:
            raise RuntimeError(f"{self._name} does nothing any more")
        if self._thread is None:
            # Nobody waits for it at the end: a commit is whole or it is not there.
            self._thread = threading.Thread(
                target=self._serve, name=self._name, daemon=True
            )
            self._thread.start()
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._jobs.put((loop, future, work))
        return future

    def dismiss(self) -> None:
        """Let the thread end when it has done what it was given."""
        self._over = True
        self._jobs.put(None)

    def _serve(self) -> None:
        while (job := self._jobs.get()) is not None:
            loop, future, work = job
            if not future.cancelled():
                result, error = None, None
                try:
                    result = work()
                except BaseException as raised:
                    error = raised
                # A loop that has been closed has nobody who could want to know.
                with contextlib.suppress(RuntimeError):
                    loop.call_soon_threadsafe(settle, future, result, error)
                # Until the next job nothing of this one is held.
                del result, error
            del job, loop, future, work


def settle(
    future: asyncio.Future[Any], result: object, error: BaseException | None
) -> None:
    """Give a future its end, if somebody still waits for it."""
    if future.done():
        return
    if error is None:
        future.set_result(result)
    else:
        future.set_exception(error)
