"""Restoring a backup: checked first, then put where nothing is, whole or not at all.

While a restoration goes on there is a mark beside the files or in the database. Whoever
finds it knows that what stands there is not whole, and refuses to work with it. The
same backup can then be restored again; it goes over what it has put there itself.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import NamedTuple

import psycopg

from queue_core.access.postgres_key import known_fingerprint, note_fingerprint
from queue_core.access.secrets import same
from queue_core.errors import LogError
from queue_core.log.file_lock import FileLock

from .access_rows import AccessRows, fingerprint_of, is_empty, put_rows, read_access
from .backups import ACCOUNTS, KEY, RECORD, SIGNING_KEY, Manifest, check_backup
from .files import PARTIAL, copy_file, digest_of, sync, told_as_log_error
from .opening import reading
from .places import Place, Progress, in_silence, told
from .postgres_rows import Connection, connect_for_care
from .postgres_writer import PostgresWriter
from .rows import NOTHING_REMOVED, NoLog
from .unfinished import MARK, MARK_TABLE


JOURNALS = ("-wal", "-shm", "-journal")


class _Wanted(NamedTuple):
    """What is restored beside the record, as far as the backup has it."""

    folder: Path
    manifest: Manifest
    accounts: Place | None
    key: Path | None
    signing_key: Path | None

    def files(self, *others: tuple[str, Path]) -> list[tuple[Path, Path]]:
        """Return the files to be put in place, each with its source."""
        wanted = (
            (KEY, self.key),
            (SIGNING_KEY, self.signing_key),
            (ACCOUNTS, self.accounts),
            *others,
        )
        return [
            (self.folder / name, place)
            for name, place in wanted
            if isinstance(place, Path) and name in self.manifest.files
        ]

    def access(self) -> AccessRows | None:
        """Return the rows of accounts for a database; None if there are none."""
        if isinstance(self.accounts, str) and ACCOUNTS in self.manifest.files:
            return read_access(self.folder / ACCOUNTS)
        return None


class NotEmpty(LogError):
    """What is to be restored would take the place of something that is there."""


def restore(
    folder: Path,
    record: Place,
    *,
    accounts: Place | None = None,
    key: Path | None = None,
    signing_key: Path | None = None,
    progress: Progress = in_silence,
) -> Manifest:
    """Put a backup in place while no server runs, and return what it consists of.

    The record may go into another kind of store than it came from; accounts go into
    a database only together with the record. Accounts and key are put in place when
    the backup has them and it is said where.

    Raises:
        BackupDamaged: the backup is not what was written.
        NotEmpty: there is a log, an account, a device or another key already.
        LogError: a server runs, or a store cannot be written.
    """
    manifest = check_backup(folder)
    wanted = _Wanted(folder, manifest, accounts, key, signing_key)
    with told_as_log_error(folder):
        if isinstance(record, Path):
            _restore_files(wanted, record)
            progress(manifest.last_position, manifest.last_position)
        else:
            _restore_rows(wanted, record, progress)
    return manifest


def _require_log_free(record: Place) -> None:
    with contextlib.suppress(NoLog), reading(record) as rows:
        if rows.count or rows.removed() != NOTHING_REMOVED:
            raise NotEmpty(f"{told(record)} has {rows.count} events in it already")


# Into files.


def _restore_files(wanted: _Wanted, record: Path) -> None:
    record.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = FileLock(record.with_name(record.name + ".lock"))
    try:
        # The record comes last: it is what makes the place a house.
        _put_files(wanted.files((RECORD, record)), record)
    finally:
        lock.release()


def _put_files(files: list[tuple[Path, Path]], record: Path) -> None:
    mark = record.with_name(MARK)
    if not mark.exists():
        _require_log_free(record)
    for source, target in files:
        _require_file_free(source, target)
    mark.touch(mode=0o600)
    sync(mark.parent)
    for source, target in files:
        _put(source, target)
    mark.unlink()
    sync(mark.parent)


def _require_file_free(source: Path, target: Path) -> None:
    if target.exists() and digest_of(source) != digest_of(target):
        raise NotEmpty(f"{target} is there already, and another one")
    for ending in JOURNALS:
        # A journal of another file must never be played into this one.
        journal = target.with_name(target.name + ending)
        if journal.exists():
            raise NotEmpty(f"{journal} is there already")


def _put(source: Path, target: Path) -> None:
    """Put a copy where nothing is, or where an earlier attempt has put it."""
    if target.exists():
        return
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    coming = target.with_name(f".{target.name}{PARTIAL}")
    copy_file(source, coming)
    coming.replace(target)
    sync(target.parent)


# Into a database.


def _restore_rows(wanted: _Wanted, database: str, progress: Progress) -> None:
    _require_log_free(database)
    access = wanted.access()
    files = wanted.files()
    fingerprint = wanted.manifest.fingerprint
    _require_access_free(database, fingerprint, is_wanted=access is not None)
    for source, target in files:
        _require_file_free(source, target)

    def finish(connection: Connection) -> None:
        _put_access(connection, access, fingerprint)
        connection.execute(f"DROP TABLE {MARK_TABLE}")

    with (
        reading(wanted.folder / RECORD) as rows,
        contextlib.closing(PostgresWriter(database)) as writer,
    ):
        writer.require_alone()
        _mark(database)
        for source, target in files:
            _put(source, target)
        writer.replace(rows, progress, finish)


def _require_access_free(database: str, fingerprint: str, *, is_wanted: bool) -> None:
    if is_wanted and not is_empty(read_access(database)):
        raise NotEmpty(f"{told(database)} has accounts in it already")
    known = fingerprint_of(database)
    if known and fingerprint and not same(known, fingerprint):
        raise NotEmpty(f"{told(database)} was begun with another key")


def _put_access(
    connection: Connection, access: AccessRows | None, fingerprint: str
) -> None:
    if access is not None:
        put_rows(connection, access)
    if fingerprint and not known_fingerprint(connection):
        note_fingerprint(connection, fingerprint)


def _mark(database: str) -> None:
    # Committed at once, and dropped in the transaction that restores.
    try:
        with connect_for_care(database) as connection:
            connection.execute(f"CREATE TABLE IF NOT EXISTS {MARK_TABLE} ()")
    except psycopg.Error as error:
        raise LogError(f"{told(database)} cannot be written: {error}") from error
