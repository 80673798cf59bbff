"""The tables of the account store in an SQLite file of their own."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import msgspec

from queue_core.log.sqlite_file_store import SqliteFileStore

from .identities import Account, Device
from .shared_tables import SharedTables
from .tables import Failures, StoredAccount, StoredSession


TABLES = """
CREATE TABLE IF NOT EXISTS accounts (
    account TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL,
    hall TEXT NOT NULL, disabled INTEGER NOT NULL, created_at INTEGER NOT NULL,
    password_hash TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sessions (
    token_hash BLOB PRIMARY KEY, account TEXT NOT NULL,
    started_at INTEGER NOT NULL, seen_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS sessions_of_account ON sessions (account);
CREATE TABLE IF NOT EXISTS devices (
    device TEXT PRIMARY KEY, kind TEXT NOT NULL, hall TEXT NOT NULL,
    place TEXT NOT NULL, created_at INTEGER NOT NULL, created_by TEXT NOT NULL,
    revoked_at INTEGER NOT NULL, token_hash BLOB NOT NULL UNIQUE
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS failures (
    account TEXT PRIMARY KEY, times INTEGER NOT NULL, last_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS notes (
    note TEXT PRIMARY KEY, at INTEGER NOT NULL, by TEXT NOT NULL, action TEXT NOT NULL,
    whom TEXT NOT NULL, hall TEXT NOT NULL, address TEXT NOT NULL,
    detail TEXT NOT NULL, times INTEGER NOT NULL, since_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS second_factors (
    account TEXT PRIMARY KEY, sealed BLOB NOT NULL, confirmed_at INTEGER NOT NULL,
    last_step INTEGER NOT NULL, recovery TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS wishes (
    code TEXT PRIMARY KEY, kind TEXT NOT NULL, at INTEGER NOT NULL,
    address TEXT NOT NULL, token_hash BLOB NOT NULL
) WITHOUT ROWID;
"""

ACCOUNT = "account, name, role, hall, disabled, created_at"
DEVICE = "device, kind, hall, place, created_at, created_by, revoked_at"


class SqliteTables(SqliteFileStore, SharedTables):
    """``AccessTables`` in a file. Command line and server may use it together."""

    def __init__(self, path: Path | str, *, busy_seconds: float = 5.0) -> None:
        """Open the file, and make it, for its owner only, if it is not there.

        Raises:
            LogError: it cannot be opened, or is no such file.
        """
        super().__init__(path, TABLES, busy_seconds=busy_seconds)

    # Accounts.

    def insert_account(self, stored: StoredAccount) -> None:
        """Add an account that is not there yet."""
        self._do(
            f"INSERT INTO accounts ({ACCOUNT}, password_hash) VALUES (?,?,?,?,?,?,?)",
            (*msgspec.structs.astuple(stored.account), stored.password_hash),
        )

    def select_account(self, account: str) -> StoredAccount | None:
        """Return an account."""
        for row in self._do(
            f"SELECT {ACCOUNT}, password_hash FROM accounts WHERE account=?", (account,)
        ):
            return StoredAccount(_account(row), row["password_hash"])
        return None

    def select_accounts(self) -> list[Account]:
        """Return all accounts by name."""
        rows = self._do(f"SELECT {ACCOUNT} FROM accounts ORDER BY account")
        return [_account(row) for row in rows]

    def update_account(self, stored: StoredAccount) -> None:
        """Replace an account."""
        account = stored.account
        self._do(
            "UPDATE accounts SET name=?, role=?, hall=?, disabled=?, password_hash=? "
            "WHERE account=?",
            (
                account.name,
                account.role,
                account.hall,
                account.disabled,
                stored.password_hash,
                account.account,
            ),
        )

    # Sessions.

    def insert_session(self, token_hash: bytes, account: str, at: int) -> None:
        """Add a session that begins now."""
        self._do(
            "INSERT INTO sessions (token_hash, account, started_at, seen_at) "
            "VALUES (?,?,?,?)",
            (token_hash, account, at, at),
        )

    def select_session(self, token_hash: bytes) -> StoredSession | None:
        """Return a session with its account."""
        for row in self._do(
            f"SELECT {ACCOUNT}, started_at, seen_at FROM sessions JOIN accounts "
            "USING (account) WHERE token_hash=?",
            (token_hash,),
        ):
            return StoredSession(_account(row), row["started_at"], row["seen_at"])
        return None

    def touch_session(self, token_hash: bytes, at: int) -> None:
        """Note that something was done in the session."""
        self._do("UPDATE sessions SET seen_at=? WHERE token_hash=?", (at, token_hash))

    def delete_session(self, token_hash: bytes) -> None:
        """End a session, if it is there."""
        self._do("DELETE FROM sessions WHERE token_hash=?", (token_hash,))

    def delete_sessions_of(self, account: str) -> int:
        """End all sessions of an account; return how many there were."""
        return len(
            self._do("DELETE FROM sessions WHERE account=? RETURNING 1", (account,))
        )

    def delete_sessions_before(self, started_at: int, seen_at: int) -> None:
        """Forget sessions that began or were last used before these times."""
        self._do(
            "DELETE FROM sessions WHERE started_at<? OR seen_at<?",
            (started_at, seen_at),
        )

    # Devices.

    def insert_device(self, device: Device, token_hash: bytes) -> None:
        """Add a device."""
        self._do(
            f"INSERT INTO devices ({DEVICE}, token_hash) VALUES (?,?,?,?,?,?,?,?)",
            (*msgspec.structs.astuple(device), token_hash),
        )

    def select_device(self, token_hash: bytes) -> Device | None:
        """Return the device that has the token, revoked or not."""
        for row in self._do(
            f"SELECT {DEVICE} FROM devices WHERE token_hash=?", (token_hash,)
        ):
            return Device(**dict(row))
        return None

    def select_devices(self, hall: str) -> list[Device]:
        """Return the devices of a hall, oldest first."""
        rows = self._do(
            f"SELECT {DEVICE} FROM devices WHERE hall=? ORDER BY created_at, device",
            (hall,),
        )
        return [Device(**dict(row)) for row in rows]

    def update_device(self, device: Device) -> None:
        """Replace a device."""
        self._do(
            "UPDATE devices SET place=?, revoked_at=? WHERE device=?",
            (device.place, device.revoked_at, device.device),
        )

    # Failures.

    def select_failures(self, account: str) -> Failures:
        """Return the failures under a name; none: 0 at 0."""
        for row in self._do(
            "SELECT times, last_at FROM failures WHERE account=?", (account,)
        ):
            return Failures(*row)
        return Failures(0, 0)

    def put_failures(self, account: str, failures: Failures) -> None:
        """Replace the failures under a name."""
        self._do("INSERT OR REPLACE INTO failures VALUES (?,?,?)", (account, *failures))

    def delete_failures(self, account: str) -> None:
        """Forget the failures under a name."""
        self._do("DELETE FROM failures WHERE account=?", (account,))

    def delete_failures_before(self, last_at: int) -> None:
        """Forget failures whose last one is older."""
        self._do("DELETE FROM failures WHERE last_at<?", (last_at,))


def _account(row: sqlite3.Row) -> Account:
    return Account(
        account=row["account"],
        name=row["name"],
        role=row["role"],
        hall=row["hall"],
        disabled=bool(row["disabled"]),
        created_at=row["created_at"],
    )
