"""Where the house keeps its record, accounts and figures: in files or one database.

What speaks to PostgreSQL is imported where it is wanted: a house on files does without
psycopg, which takes 9 MB.
"""

from __future__ import annotations

import argparse

from projections.kept.sqlite_store import SqliteKept
from projections.kept.store import KeptStore
from queue_core.access.secrets import SecretKeeper
from queue_core.access.sqlite_tables import SqliteTables
from queue_core.access.tables import AccessTables
from queue_core.care.opening import open_person_tables
from queue_core.care.places import Place
from queue_core.care.unfinished import require_whole
from queue_core.errors import LogError
from queue_core.log.event_log import EventLog
from queue_core.log.sqlite_log import SqliteLog
from queue_core.persons.envelope import Envelope
from queue_core.persons.master_key import MasterKey
from queue_core.persons.persons import Persons
from queue_core.proof.keys import signer_from_file
from queue_core.proof.signing import Signer

from .cli_options import data_of
from .settings import Settings


def settings_of(options: argparse.Namespace) -> Settings:
    """Return where the stores are that a command's options mean."""
    return Settings(
        halls=(),
        data=data_of(options.data),
        database=options.database,
        key_file=getattr(options, "key", None),
        signing_key_file=getattr(options, "signing_key", None),
        archive_folder=getattr(options, "archives", None),
        persons_database=getattr(options, "persons_database", ""),
        persons_key_file=getattr(options, "persons_key", None),
    )


def record_of(settings: Settings) -> Place:
    """Return where the record is kept."""
    return settings.database or settings.record


def accounts_of(settings: Settings) -> Place:
    """Return where accounts, sessions and devices are kept."""
    return settings.database or settings.accounts


def open_log(settings: Settings) -> EventLog:
    """Open the record to write in it.

    Raises:
        RestoreUnfinished: It is only half of a backup.
        LogError: It cannot be opened, or another server has the file.
    """
    require_whole(record_of(settings))
    if settings.database:
        return _database_log(settings.database)
    return SqliteLog(settings.record)


def read_log(settings: Settings) -> EventLog:
    """Open the record to read it, beside the servers that write it.

    Raises:
        RestoreUnfinished: It is only half of a backup.
        LogError: There is none, or it cannot be opened.
    """
    require_whole(record_of(settings))
    if settings.database:
        return _database_log(settings.database, create=False)
    return SqliteLog(settings.record, read_only=True)


def open_kept(settings: Settings) -> KeptStore:
    """Open what is kept for reports of more than a day.

    Raises:
        LogError: It cannot be opened.
    """
    if settings.database:
        from projections.kept.postgres_store import PostgresKept  # noqa: PLC0415

        return PostgresKept(settings.database)
    return SqliteKept(settings.projections)


def open_tables(settings: Settings) -> AccessTables:
    """Open accounts, sessions and devices.

    Raises:
        RestoreUnfinished: They are only half of a backup.
        LogError: They cannot be opened.
    """
    require_whole(record_of(settings))
    if settings.database:
        from queue_core.access.postgres_tables import PostgresTables  # noqa: PLC0415

        return PostgresTables(settings.database)
    return SqliteTables(settings.accounts)


def persons_of(settings: Settings) -> Place:
    """Return where persons are kept: never in the tables of the record."""
    return settings.persons_database or settings.database or settings.persons


def open_persons(settings: Settings, keeper: SecretKeeper) -> Persons:
    """Open the store of persons; it and its master key are made if there are none.

    Raises:
        MasterKeyForeign: The master key belongs to another store.
        LogError: It cannot be opened.
    """
    envelope = Envelope(MasterKey.from_file(settings.persons_key), settings.cipher)
    tables = open_person_tables(persons_of(settings))
    try:
        return Persons(tables, envelope, keeper.keyed_hash)
    except LogError:
        tables.close()
        raise


def have_tables(settings: Settings) -> bool:
    """Tell whether there are accounts that could be read."""
    return bool(settings.database) or settings.accounts.exists()


def signer_of(settings: Settings) -> Signer:
    """Return who signs the days; the key is made if there is none yet.

    Raises:
        LogError: The key cannot be used.
        ParseError: What its algorithm needs is not installed.
    """
    return signer_from_file(settings.signing_key)


def keeper_of(settings: Settings) -> SecretKeeper:
    """Return the keeper of the house's key; the key is made if there is none yet.

    Raises:
        LogError: The key cannot be used, or belongs to another database.
    """
    keeper = SecretKeeper.from_file(settings.key)
    if settings.database:
        from queue_core.access.postgres_key import require_same_key  # noqa: PLC0415

        require_same_key(settings.database, keeper)
    return keeper


def _database_log(database: str, *, create: bool = True) -> EventLog:
    from queue_core.log.postgres_log import PostgresLog  # noqa: PLC0415

    return PostgresLog(database, create=create)
