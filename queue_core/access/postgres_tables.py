"""The tables of the account store in PostgreSQL, for several processes and machines.

They may stand in the database of the log: its roles and backups are the same, and no
event refers to a row here.
"""

from __future__ import annotations

import msgspec

from queue_core.log.postgres_store import PostgresStore

from .identities import Account, Device
from .shared_tables import SharedTables, of_row
from .tables import Failures, StoredAccount, StoredSession


TABLES = """
CREATE TABLE IF NOT EXISTS yihao_accounts (
    account text PRIMARY KEY, name text NOT NULL, role text NOT NULL,
    hall text NOT NULL, disabled boolean NOT NULL, created_at bigint NOT NULL,
    password_hash text NOT NULL
);
CREATE TABLE IF NOT EXISTS yihao_sessions (
    token_hash bytea PRIMARY KEY, account text NOT NULL,
    started_at bigint NOT NULL, seen_at bigint NOT NULL
);
CREATE INDEX IF NOT EXISTS yihao_sessions_of_account ON yihao_sessions (account);
CREATE TABLE IF NOT EXISTS yihao_devices (
    device text PRIMARY KEY, kind text NOT NULL, hall text NOT NULL,
    place text NOT NULL, created_at bigint NOT NULL, created_by text NOT NULL,
    revoked_at bigint NOT NULL, token_hash bytea NOT NULL UNIQUE
);
CREATE TABLE IF NOT EXISTS yihao_failures (
    account text PRIMARY KEY, times integer NOT NULL, last_at bigint NOT NULL
);
CREATE TABLE IF NOT EXISTS yihao_notes (
    note text PRIMARY KEY, at bigint NOT NULL, by text NOT NULL, action text NOT NULL,
    whom text NOT NULL, hall text NOT NULL, address text NOT NULL,
    detail text NOT NULL, times integer NOT NULL, since_at bigint NOT NULL
);
CREATE TABLE IF NOT EXISTS yihao_second_factors (
    account text PRIMARY KEY, sealed bytea NOT NULL, confirmed_at bigint NOT NULL,
    last_step bigint NOT NULL, recovery text NOT NULL
);
CREATE TABLE IF NOT EXISTS yihao_wishes (
    code text PRIMARY KEY, kind text NOT NULL, at bigint NOT NULL,
    address text NOT NULL, token_hash bytea NOT NULL
);
"""

ACCOUNT = "account, name, role, hall, disabled, created_at"
DEVICE = "device, kind, hall, place, created_at, created_by, revoked_at"

ACCESS_LOCK = 5_971_201_902
"""Advisory lock of whoever changes these tables. Any fixed number nobody else uses."""


class PostgresTables(PostgresStore, SharedTables):
    """``AccessTables`` in a database. Several processes may use it together."""

    _prefix = "yihao_"
    _mark = "%s"

    def __init__(
        self,
        database: str,
        *,
        connect_seconds: float = 5.0,
        statement_seconds: float = 10.0,
    ) -> None:
        """Open the database by its connection string, and make missing tables.

        Raises:
            LogError: it cannot be reached, or is not to be used.
        """
        super().__init__(
            database,
            TABLES,
            lock=ACCESS_LOCK,
            connect_seconds=connect_seconds,
            statement_seconds=statement_seconds,
        )

    # Accounts.

    def insert_account(self, stored: StoredAccount) -> None:
        """Add an account that is not there yet."""
        self._do(
            f"INSERT INTO yihao_accounts ({ACCOUNT}, password_hash) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s)",
            (*msgspec.structs.astuple(stored.account), stored.password_hash),
        )

    def select_account(self, account: str) -> StoredAccount | None:
        """Return an account."""
        for row in self._do(
            f"SELECT {ACCOUNT}, password_hash FROM yihao_accounts WHERE account = %s",
            (storable(account),),
        ):
            return StoredAccount(of_row(Account, row[:6]), row[6])
        return None

    def select_accounts(self) -> list[Account]:
        """Return all accounts by name."""
        rows = self._do(
            f'SELECT {ACCOUNT} FROM yihao_accounts ORDER BY account COLLATE "C"'
        )
        return [of_row(Account, row) for row in rows]

    def update_account(self, stored: StoredAccount) -> None:
        """Replace an account."""
        account = stored.account
        self._do(
            "UPDATE yihao_accounts SET name = %s, role = %s, hall = %s, disabled = %s, "
            "password_hash = %s WHERE account = %s",
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
            "INSERT INTO yihao_sessions (token_hash, account, started_at, seen_at) "
            "VALUES (%s, %s, %s, %s)",
            (token_hash, account, at, at),
        )

    def select_session(self, token_hash: bytes) -> StoredSession | None:
        """Return a session with its account."""
        for row in self._do(
            f"SELECT {ACCOUNT}, started_at, seen_at FROM yihao_sessions "
            "JOIN yihao_accounts USING (account) WHERE token_hash = %s",
            (token_hash,),
        ):
            return StoredSession(of_row(Account, row[:6]), row[6], row[7])
        return None

    def touch_session(self, token_hash: bytes, at: int) -> None:
        """Note that something was done in the session."""
        self._do(
            "UPDATE yihao_sessions SET seen_at = %s WHERE token_hash = %s",
            (at, token_hash),
        )

    def delete_session(self, token_hash: bytes) -> None:
        """End a session, if it is there."""
        self._do("DELETE FROM yihao_sessions WHERE token_hash = %s", (token_hash,))

    def delete_sessions_of(self, account: str) -> int:
        """End all sessions of an account; return how many there were."""
        ended = "DELETE FROM yihao_sessions WHERE account = %s RETURNING 1"
        return len(self._do(ended, (account,)))

    def delete_sessions_before(self, started_at: int, seen_at: int) -> None:
        """Forget sessions that began or were last used before these times."""
        self._do(
            "DELETE FROM yihao_sessions WHERE started_at < %s OR seen_at < %s",
            (started_at, seen_at),
        )

    # Devices.

    def insert_device(self, device: Device, token_hash: bytes) -> None:
        """Add a device."""
        self._do(
            f"INSERT INTO yihao_devices ({DEVICE}, token_hash) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
            (*msgspec.structs.astuple(device), token_hash),
        )

    def select_device(self, token_hash: bytes) -> Device | None:
        """Return the device that has the token, revoked or not."""
        for row in self._do(
            f"SELECT {DEVICE} FROM yihao_devices WHERE token_hash = %s", (token_hash,)
        ):
            device: Device = of_row(Device, row)
            return device
        return None

    def select_devices(self, hall: str) -> list[Device]:
        """Return the devices of a hall, oldest first."""
        rows = self._do(
            f"SELECT {DEVICE} FROM yihao_devices WHERE hall = %s "
            'ORDER BY created_at, device COLLATE "C"',
            (hall,),
        )
        return [of_row(Device, row) for row in rows]

    def update_device(self, device: Device) -> None:
        """Replace a device."""
        self._do(
            "UPDATE yihao_devices SET place = %s, revoked_at = %s WHERE device = %s",
            (device.place, device.revoked_at, device.device),
        )

    # Failures.

    def select_failures(self, account: str) -> Failures:
        """Return the failures under a name; none: 0 at 0."""
        for row in self._do(
            "SELECT times, last_at FROM yihao_failures WHERE account = %s",
            (storable(account),),
        ):
            return Failures(*row)
        return Failures(0, 0)

    def put_failures(self, account: str, failures: Failures) -> None:
        """Replace the failures under a name."""
        self._do(
            "INSERT INTO yihao_failures VALUES (%s, %s, %s) ON CONFLICT (account) "
            "DO UPDATE SET times = excluded.times, last_at = excluded.last_at",
            (storable(account), *failures),
        )

    def delete_failures(self, account: str) -> None:
        """Forget the failures under a name."""
        self._do("DELETE FROM yihao_failures WHERE account = %s", (storable(account),))

    def delete_failures_before(self, last_at: int) -> None:
        """Forget failures whose last one is older."""
        self._do("DELETE FROM yihao_failures WHERE last_at < %s", (last_at,))


def storable(name: str) -> str:
    """Return a name as text that PostgreSQL can hold, whoever made it up.

    Accounts have plain names; anything else can only be a failed sign-in.
    """
    return name.replace("\0", "\u2400").encode("utf-8", "replace").decode("utf-8")
