"""Writing down who did what: in the store's own transaction, for the audit to fetch."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from queue_core.values import AuditAction

from .identities import Note
from .tables import AccessTables
from .tables_thread import TablesThread


class Notes:
    """Notes of a store. What is noted in a transaction stands or falls with it."""

    def __init__(
        self, tables: AccessTables, thread: TablesThread, now: Callable[[], int]
    ) -> None:
        self._tables = tables
        self._thread = thread
        self.now = now

    def put(
        self,
        action: AuditAction,
        *,
        by: str,
        whom: str = "",
        hall: str = "",
        address: str = "",
        detail: str = "",
        times: int = 1,
        since_at: int = 0,
    ) -> None:
        """Note what was done, in the tables' thread and its open transaction."""
        now = self.now()
        self._tables.insert_note(
            Note(
                note=secrets.token_hex(8),
                at=now,
                by=by or "anyone",
                action=action,
                whom=whom,
                hall=hall,
                address=address,
                detail=detail,
                times=times,
                since_at=since_at or now,
            )
        )

    async def add(
        self,
        action: AuditAction,
        *,
        by: str,
        whom: str = "",
        hall: str = "",
        address: str = "",
        detail: str = "",
    ) -> None:
        """Note what was done elsewhere, such as the erasure of a person.

        Raises:
            LogError: it could not be noted.
        """
        await self._thread.do(
            lambda: self.put(
                action, by=by, whom=whom, hall=hall, address=address, detail=detail
            )
        )

    async def waiting(self, limit: int) -> list[Note]:
        """Return the oldest notes that are not in the audit yet."""
        return await self._thread.do(lambda: self._tables.select_notes(limit))

    async def forget(self, notes: list[Note]) -> None:
        """Let go of notes that stand in the audit."""

        def forget() -> None:
            with self._tables.transaction():
                self._tables.delete_notes([note.note for note in notes])

        await self._thread.do(forget)

    async def put_all(self, add: Callable[[], None]) -> None:
        """Do what puts several notes, in one transaction."""

        def put() -> None:
            with self._tables.transaction():
                add()

        await self._thread.do(put)
