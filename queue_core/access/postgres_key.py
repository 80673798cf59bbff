"""Whether a process has the key with which a database was begun.

The key itself never stands in the database: whoever reads the one must not have the
other. Its fingerprint does, so that a machine with another key does not start and hand
out ticket secrets that no other machine knows.
"""

from __future__ import annotations

from queue_core.errors import LogError
from queue_core.log.postgres_connections import Connection, connect, connection_options
from queue_core.log.postgres_failures import failures
from queue_core.log.postgres_schema import SCHEMA_LOCK

from .secrets import SecretKeeper, same


TABLE = "CREATE TABLE IF NOT EXISTS yihao_key (fingerprint text NOT NULL)"


class KeyForeign(LogError):
    """The key is not the one with which the database was begun."""


def require_same_key(database: str, keeper: SecretKeeper) -> None:
    """Pass if the key belongs to the database; the first one that comes does.

    Raises:
        KeyForeign: another key belongs to it.
        LogError: the database cannot be reached, or is not to be used.
    """
    with failures("reached"):
        expected = fingerprint_in(database, keeper.fingerprint)
    if not same(expected, keeper.fingerprint):
        raise KeyForeign(
            "the house's key is not the one with which this database was begun: "
            "copy the key file from a machine that works on it"
        )


def fingerprint_in(database: str, first: str) -> str:
    """Return the fingerprint in a database; put ``first`` there if it has none."""
    options = connection_options(5.0, 10.0)
    with connect(database, options) as connection, connection.transaction():
        # Several servers may start together on an empty database.
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (SCHEMA_LOCK,))
        found = known_fingerprint(connection)
        if not found:
            note_fingerprint(connection, first)
    return found or first


def known_fingerprint(connection: Connection) -> str:
    """Return the fingerprint of the key of a database; empty if no key was used yet."""
    if connection.execute("SELECT to_regclass('yihao_key')").fetchone() == (None,):
        return ""
    found = connection.execute("SELECT fingerprint FROM yihao_key").fetchone()
    return str(found[0]) if found is not None else ""


def note_fingerprint(connection: Connection, fingerprint: str) -> None:
    """Set down the key that belongs to a database, instead of any other."""
    connection.execute(TABLE)
    connection.execute("DELETE FROM yihao_key")
    connection.execute("INSERT INTO yihao_key VALUES (%s)", (fingerprint,))
