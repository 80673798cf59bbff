"""The one thread in which a store's tables are used."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from queue_core.errors import LogError


T = TypeVar("T")


class TablesThread:
    """Runs blocking work on the tables, one after another."""

    def __init__(self, store: str = "account store") -> None:
        self._store = store
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=store)

    async def do(self, work: Callable[[], T]) -> T:
        """Do the work in the thread and return what it returns.

        Raises:
            LogError: the store is closed.
        """
        try:
            done = asyncio.get_running_loop().run_in_executor(self._thread, work)
        except RuntimeError as error:
            raise LogError(f"the {self._store} is closed") from error
        return await done

    def close(self) -> None:
        """Take no more work."""
        self._thread.shutdown(wait=False)
