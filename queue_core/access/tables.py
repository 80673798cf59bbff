"""What a database must keep for the account store. Every method blocks."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol

from .identities import Account, Device, Note, Wish
from .shared_tables import StoredFactor


class StoredAccount(NamedTuple):
    """An account with the hash of its password."""

    account: Account
    password_hash: str


class StoredSession(NamedTuple):
    """A session as it is kept."""

    account: Account
    started_at: int
    seen_at: int


class Failures(NamedTuple):
    """Failed sign-ins under one name, whether or not there is such an account."""

    times: int
    last_at: int


class AccessTables(Protocol):
    """Tables of accounts, sessions, devices, failures, notes and wishes.

    Called from one thread at a time. Every method raises ``LogError`` when the
    database fails.
    """

    def transaction(self) -> AbstractContextManager[None]:
        """Do all that is done inside, or nothing."""

    def insert_account(self, stored: StoredAccount) -> None:
        """Add an account that is not there yet."""

    def select_account(self, account: str) -> StoredAccount | None:
        """Return an account."""

    def select_accounts(self) -> list[Account]:
        """Return all accounts by name."""

    def update_account(self, stored: StoredAccount) -> None:
        """Replace an account."""

    def insert_session(self, token_hash: bytes, account: str, at: int) -> None:
        """Add a session that begins now."""

    def select_session(self, token_hash: bytes) -> StoredSession | None:
        """Return a session with its account."""

    def touch_session(self, token_hash: bytes, at: int) -> None:
        """Note that something was done in the session."""

    def delete_session(self, token_hash: bytes) -> None:
        """End a session, if it is there."""

    def delete_sessions_of(self, account: str) -> int:
        """End all sessions of an account; return how many there were."""

    def delete_sessions_before(self, started_at: int, seen_at: int) -> None:
        """Forget sessions that began or were last used before these times."""

    def insert_device(self, device: Device, token_hash: bytes) -> None:
        """Add a device."""

    def select_device(self, token_hash: bytes) -> Device | None:
        """Return the device that has the token, revoked or not."""

    def select_devices(self, hall: str) -> list[Device]:
        """Return the devices of a hall, oldest first."""

    def update_device(self, device: Device) -> None:
        """Replace a device."""

    def select_failures(self, account: str) -> Failures:
        """Return the failures under a name; none: 0 at 0."""

    def put_failures(self, account: str, failures: Failures) -> None:
        """Replace the failures under a name."""

    def delete_failures(self, account: str) -> None:
        """Forget the failures under a name."""

    def delete_failures_before(self, last_at: int) -> None:
        """Forget failures whose last one is older."""

    def insert_note(self, note: Note) -> None:
        """Add a note to those that wait."""

    def select_notes(self, limit: int) -> list[Note]:
        """Return the oldest notes that wait, oldest first."""

    def delete_notes(self, notes: Sequence[str]) -> None:
        """Forget notes that have been set down."""

    def select_factor(self, account: str) -> StoredFactor | None:
        """Return an account's second factor, confirmed or not."""

    def put_factor(self, account: str, factor: StoredFactor) -> None:
        """Replace an account's second factor."""

    def delete_factor(self, account: str) -> None:
        """Take an account's second factor away."""

    def insert_wish(self, wish: Wish, token_hash: bytes) -> None:
        """Add the wish of a device that shows its code."""

    def select_wish(self, code: str) -> tuple[Wish, bytes] | None:
        """Return the wish that shows a code, and the hash of its device's token."""

    def count_wishes(self) -> int:
        """Return how many devices wait."""

    def delete_wish(self, code: str) -> None:
        """Forget the wish that shows a code."""

    def delete_wishes_of(self, address: str, but: int) -> None:
        """Forget the wishes from an address, all but the newest so many."""

    def delete_wishes_before(self, at: int) -> None:
        """Forget wishes that are older."""

    def close(self) -> None:
        """Give the database back."""


def account_name(account: str) -> str:
    """Return the name under which an account is kept, however it was typed."""
    return account.strip().lower()
