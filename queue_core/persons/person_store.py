"""The persons of the house, for one event loop: they are looked after in a thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from queue_core.access.tables_thread import TablesThread

from .persons import Persons


Asked = ParamSpec("Asked")
T = TypeVar("T")


class PersonStore:
    """Lends the persons to one piece of work after another."""

    def __init__(self, persons: Persons) -> None:
        self._persons = persons
        self._thread = TablesThread("store of persons")

    async def do(
        self,
        work: Callable[Concatenate[Persons, Asked], T],
        *args: Asked.args,
        **kwargs: Asked.kwargs,
    ) -> T:
        """Do a piece of work in the thread, and return what it returns.

        Raises:
            LogError: the store is closed, or failed.
        """
        return await self._thread.do(lambda: work(self._persons, *args, **kwargs))

    async def close(self) -> None:
        """Give tables and thread back."""
        await self.do(Persons.close)
        self._thread.close()
