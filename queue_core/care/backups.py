"""Backups: the record, the accounts and the key of a house in one folder.

A backup is made while servers go on, shows the record as it stood at one instant, and
is read again before it gets its name. It is the same whatever store the record is in:
``record.sqlite`` is a log that any server could open. ``backup.json`` says what belongs
to the backup, with the digest of every file.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path

import msgspec

from queue_core.access.postgres_key import KeyForeign
from queue_core.access.secrets import SecretKeeper, same
from queue_core.clock import wall_clock
from queue_core.errors import LogError
from queue_core.log.sqlite_store import DurableDatastore, DurableRecorder

from .access_rows import fingerprint_of, read_access, write_access
from .files import copy_file, digest_of, told_as_log_error, whole_folder
from .opening import reading
from .places import Place, Progress, in_silence
from .rows import NOTHING_REMOVED, Rows, pages, witness_pages
from .sqlite_rows import (
    BUSY_SECONDS,
    SqliteRows,
    insert_rows,
    insert_witnesses,
    open_to_read,
    write_marks,
)


RECORD, ACCOUNTS, KEY = "record.sqlite", "accounts.sqlite", "house.key"
SIGNING_KEY = "signing.key"
MANIFEST = "backup.json"

PAGES_AT_ONCE = 256
"""Pages of an SQLite file that are copied between two words about the progress."""


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a backup consists of."""

    format: str = "yihao-backup"
    number: int = 1
    made_at: int
    events: int
    last_position: int
    files: dict[str, str]
    """The name of every file, with its SHA-256 in hexadecimal."""
    fingerprint: str = ""
    """Tells the house's key from any other, also where the key is not in the backup;
    empty if it is not known."""


class BackupDamaged(LogError):
    """A folder is no backup, or not what was written there."""


def backup(
    record: Place,
    folder: Path,
    *,
    accounts: Place | None = None,
    key: Path | None = None,
    signing_key: Path | None = None,
    at: int | None = None,
    progress: Progress = in_silence,
) -> Manifest:
    """Write a backup into a new folder, and return what it consists of.

    Servers may go on writing. However it ends, there is never half a backup under
    the folder's name. The progress counts pages of a file, or rows of a database.

    Raises:
        KeyForeign: the key is not the one of the database.
        LogError: something cannot be read or written, or the folder is there already.
    """
    with whole_folder(folder) as partial, told_as_log_error(folder):
        fingerprint = _fingerprint(record, key)
        events, last_position = _back_up_record(record, partial / RECORD, progress)
        if accounts is not None:
            _back_up_accounts(accounts, partial / ACCOUNTS)
        if key is not None:
            copy_file(key, partial / KEY)
        if signing_key is not None and signing_key.exists():
            copy_file(signing_key, partial / SIGNING_KEY)
        manifest = Manifest(
            made_at=wall_clock() if at is None else at,
            events=events,
            last_position=last_position,
            files={path.name: digest_of(path) for path in sorted(partial.iterdir())},
            fingerprint=fingerprint,
        )
        content = msgspec.json.format(msgspec.json.encode(manifest), indent=2)
        (partial / MANIFEST).write_bytes(content + b"\n")
    return manifest


def check_backup(folder: Path) -> Manifest:
    """Return what a backup consists of, once every file has been read and compared.

    Raises:
        BackupDamaged: it is no backup, or not what was written.
    """
    try:
        content = (folder / MANIFEST).read_bytes()
        manifest = msgspec.json.decode(content, type=Manifest)
        found = {name: digest_of(folder / name) for name in manifest.files}
    except (OSError, msgspec.MsgspecError) as error:
        raise BackupDamaged(f"{folder} is no backup: {error}") from error
    for name, digest in manifest.files.items():
        if found[name] != digest:
            raise BackupDamaged(f"{folder / name} is not what was written there")
    if RECORD not in manifest.files:
        raise BackupDamaged(f"{folder} has no record in it")
    _require_record(folder / RECORD, manifest.events, manifest.last_position)
    return manifest


def _back_up_record(record: Place, file: Path, progress: Progress) -> tuple[int, int]:
    with reading(record) as rows:
        if isinstance(rows, SqliteRows):
            copy_database(rows.connection, file, progress)
        else:
            write_record(rows, file, progress)
        _require_record(file, rows.count, rows.last_position)
        return rows.count, rows.last_position


def _fingerprint(record: Place, key: Path | None) -> str:
    """Return what tells the house's key from others; a wrong key is worth nothing."""
    known = fingerprint_of(record)
    if key is None:
        return known
    if not key.exists():
        raise LogError(f"there is no key {key}")
    own = SecretKeeper.from_file(key).fingerprint
    if known and not same(known, own):
        raise KeyForeign(f"{key} is not the key with which the database was begun")
    return own


def _back_up_accounts(accounts: Place, file: Path) -> None:
    if isinstance(accounts, str):
        write_access(file, read_access(accounts))
        with _new_database(file) as connection:
            _put_into_one_file(connection)
    else:
        _copy_accounts(accounts, file)
    _require_sound(file)


def _copy_accounts(accounts: Path, file: Path) -> None:
    try:
        with contextlib.closing(open_to_read(accounts)) as source:
            source.execute("BEGIN")
            copy_database(source, file, in_silence)
    except sqlite3.Error as error:
        raise LogError(f"{accounts} cannot be read: {error}") from error


def copy_database(source: sqlite3.Connection, target: Path, progress: Progress) -> None:
    """Copy a database as it stands in the transaction that ``source`` has begun.

    Raises:
        LogError: it cannot be copied.
    """

    def tell(status: int, remaining: int, total: int) -> None:
        progress(total - remaining, total)

    try:
        # The transaction holds the copy at one instant, whoever writes meanwhile.
        source.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
        with _new_database(target) as connection:
            source.backup(connection, pages=PAGES_AT_ONCE, progress=tell)
            _put_into_one_file(connection)
    except sqlite3.Error as error:
        raise LogError(f"{target} cannot be written: {error}") from error


def write_record(rows: Rows, target: Path, progress: Progress) -> None:
    """Write rows as a log of their own, in one file.

    Raises:
        LogError: they cannot be read or written.
    """
    store = DurableDatastore(target, BUSY_SECONDS)
    DurableRecorder(store).create_table()
    store.close()
    try:
        with _new_database(target) as connection:
            connection.execute("BEGIN")
            for page in pages(rows):
                insert_rows(connection, page)
                progress(page[-1].position, rows.last_position)
            for witnesses in witness_pages(rows):
                insert_witnesses(connection, witnesses)
            removed = rows.removed()
            if removed != NOTHING_REMOVED:
                write_marks(connection, removed)
            connection.execute("COMMIT")
            _put_into_one_file(connection)
    except sqlite3.Error as error:
        raise LogError(f"{target} cannot be written: {error}") from error


def _new_database(target: Path) -> contextlib.closing[sqlite3.Connection]:
    os.close(os.open(target, os.O_RDWR | os.O_CREAT, 0o600))
    return contextlib.closing(sqlite3.connect(target, isolation_level=None))


def _put_into_one_file(connection: sqlite3.Connection) -> None:
    """Leave no journal beside the file; whoever opens it to write makes his own."""
    connection.execute("PRAGMA journal_mode=DELETE")


def _require_record(file: Path, events: int, last_position: int) -> None:
    _require_sound(file)
    with reading(file) as rows:
        if (rows.count, rows.last_position) != (events, last_position):
            raise BackupDamaged(
                f"{file} has {rows.count} events up to position {rows.last_position} "
                f"instead of {events} up to {last_position}"
            )


def _require_sound(file: Path) -> None:
    try:
        with contextlib.closing(open_to_read(file)) as connection:
            found = connection.execute("PRAGMA integrity_check").fetchall()
    except sqlite3.Error as error:
        raise BackupDamaged(f"{file} cannot be read: {error}") from error
    if found != [("ok",)]:
        raise BackupDamaged(f"{file} is damaged: {found[0][0]}")
