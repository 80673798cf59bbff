"""The tables that both stores keep in the same words: notes, second factors, wishes.

A statement is written once; ``$`` stands before a table's name and ``?`` for a value,
and each store puts in what its database calls them.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from .identities import Note, Wish


NOTE = "note, at, by, action, whom, hall, address, detail, times, since_at"
WISH = "code, kind, at, address"


class StoredFactor(NamedTuple):
    """An account's second factor as it is kept: nothing of it in the clear."""

    sealed: bytes
    """The secret of the codes, sealed under the house's key."""
    confirmed_at: int
    """When its owner showed a code of it; 0: not yet, and it is not asked for."""
    last_step: int
    """The newest half minute whose code was taken; an older one never is again."""
    recovery: str
    """Hashes of the recovery codes that are left, one a line."""


class SharedTables(ABC):
    """Notes, second factors and wishes; a subclass knows how to ask its database."""

    _prefix = ""
    _mark = "?"

    @abstractmethod
    def _do(self, statement: str, values: Sequence[Any] = ()) -> Sequence[Any]:
        """Execute a statement and return its rows."""

    # Notes that wait to be set down in the audit.

    def insert_note(self, note: Note) -> None:
        """Add a note to those that wait."""
        marks = ",".join("?" * len(Note.__struct_fields__))
        self._ask(
            f"INSERT INTO $notes ({NOTE}) VALUES ({marks})",
            msgspec.structs.astuple(note),
        )

    def select_notes(self, limit: int) -> list[Note]:
        """Return the oldest notes that wait, oldest first."""
        rows = self._ask(
            f"SELECT {NOTE} FROM $notes ORDER BY at, note LIMIT ?", (limit,)
        )
        return [of_row(Note, row) for row in rows]

    def delete_notes(self, notes: Sequence[str]) -> None:
        """Forget notes that have been set down."""
        for note in notes:
            self._ask("DELETE FROM $notes WHERE note=?", (note,))

    # Second factors.

    def select_factor(self, account: str) -> StoredFactor | None:
        """Return an account's second factor, confirmed or not."""
        for row in self._ask(
            "SELECT sealed, confirmed_at, last_step, recovery FROM $second_factors "
            "WHERE account=?",
            (account,),
        ):
            return StoredFactor(bytes(row[0]), *row[1:])
        return None

    def put_factor(self, account: str, factor: StoredFactor) -> None:
        """Replace an account's second factor."""
        self.delete_factor(account)
        self._ask(
            "INSERT INTO $second_factors "
            "(account, sealed, confirmed_at, last_step, recovery) VALUES (?,?,?,?,?)",
            (account, *factor),
        )

    def delete_factor(self, account: str) -> None:
        """Take an account's second factor away."""
        self._ask("DELETE FROM $second_factors WHERE account=?", (account,))

    # Wishes of devices to be enrolled.

    def insert_wish(self, wish: Wish, token_hash: bytes) -> None:
        """Add the wish of a device that shows its code."""
        self._ask(
            f"INSERT INTO $wishes ({WISH}, token_hash) VALUES (?,?,?,?,?)",
            (*msgspec.structs.astuple(wish), token_hash),
        )

    def select_wish(self, code: str) -> tuple[Wish, bytes] | None:
        """Return the wish that shows a code, and the hash of its device's token."""
        for row in self._ask(
            f"SELECT {WISH}, token_hash FROM $wishes WHERE code=?", (code,)
        ):
            return of_row(Wish, row[:4]), bytes(row[4])
        return None

    def count_wishes(self) -> int:
        """Return how many devices wait."""
        return int(self._ask("SELECT count(*) FROM $wishes")[0][0])

    def delete_wish(self, code: str) -> None:
        """Forget the wish that shows a code."""
        self._ask("DELETE FROM $wishes WHERE code=?", (code,))

    def delete_wishes_of(self, address: str, but: int) -> None:
        """Forget the wishes from an address, all but the newest so many."""
        newest = "SELECT code FROM $wishes WHERE address=? ORDER BY at DESC LIMIT ?"
        self._ask(
            f"DELETE FROM $wishes WHERE address=? AND code NOT IN ({newest})",
            (address, address, but),
        )

    def delete_wishes_before(self, at: int) -> None:
        """Forget wishes that are older."""
        self._ask("DELETE FROM $wishes WHERE at<?", (at,))

    def _ask(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        said = statement.replace("$", self._prefix).replace("?", self._mark)
        return [tuple(row) for row in self._do(said, values)]


def of_row(kind: type[Any], row: Sequence[Any]) -> Any:
    """Return the struct whose fields stand in a row, in their order."""
    return kind(**dict(zip(kind.__struct_fields__, row, strict=True)))
