"""What a database must keep for the account store. Every method blocks."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol

from .identities import Account, Change, Device


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
    """Tables of accounts, sessions, devices, failures and changes.

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

    def delete_sessions_of(self, account: str) -> None:
        """End all sessions of an account."""

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

    def insert_change(self, change: Change) -> None:
        """Add to the history."""

    def select_changes(self, limit: int) -> list[Change]:
        """Return the newest changes, newest first."""

    def close(self) -> None:
        """Give the database back."""


def account_name(account: str) -> str:
    """Return the name under which an account is kept, however it was typed."""
    return account.strip().lower()
