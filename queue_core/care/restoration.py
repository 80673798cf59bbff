"""Restoring a backup: checked first, then put in place, never over a log by accident.

What an SQLite house had before is not destroyed: it stays beside the new files under
names ending in ``.before-restore``.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path

from queue_core.errors import LogError
from queue_core.log.file_lock import FileLock
from queue_core.log.sqlite_connection import connect

from .backups import ACCOUNTS, KEY, RECORD, Manifest, check_backup
from .files import PARTIAL, copy_file, digest_of, sync, told_as_log_error
from .opening import reading
from .places import Place, Progress, in_silence, told
from .postgres_writer import PostgresWriter
from .rows import NOTHING_REMOVED, NoLog
from .sqlite_rows import BUSY_SECONDS


KEPT = ".before-restore"
JOURNALS = ("-wal", "-shm", "-journal")


class NotEmpty(LogError):
    """What is to be restored would take the place of something that is there."""


def restore(
    folder: Path,
    record: Place,
    *,
    accounts: Path | None = None,
    key: Path | None = None,
    overwrite: bool = False,
    progress: Progress = in_silence,
) -> Manifest:
    """Put a backup in place while no server runs, and return what it consists of.

    The record may go into another kind of store than it came from. Accounts and key
    are put in place when the backup has them and it is said where. Ended in the
    middle, it can be done again.

    Raises:
        BackupDamaged: the backup is not what was written.
        NotEmpty: there is a log, an account store or another key already, and
            ``overwrite`` was not given.
        LogError: a server runs, or a store cannot be written.
    """
    manifest = check_backup(folder)
    files = [
        (folder / name, place)
        for name, place in ((KEY, key), (ACCOUNTS, accounts))
        if place is not None and name in manifest.files
    ]
    if not overwrite:
        _require_free(record, files)
    with told_as_log_error(folder):
        if isinstance(record, Path):
            _restore_file(folder / RECORD, record, files)
            progress(manifest.last_position, manifest.last_position)
        else:
            _restore_rows(folder / RECORD, record, files, progress)
    return manifest


def _require_free(record: Place, files: list[tuple[Path, Path]]) -> None:
    with contextlib.suppress(NoLog), reading(record) as rows:
        if rows.count or rows.removed() != NOTHING_REMOVED:
            raise NotEmpty(f"{told(record)} has {rows.count} events in it already")
    for source, target in files:
        if target.exists() and not _is_same(source, target):
            raise NotEmpty(f"{target} is there already, and another one")


def _restore_file(source: Path, record: Path, files: list[tuple[Path, Path]]) -> None:
    record.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = FileLock(record.with_name(record.name + ".lock"))
    try:
        # The record comes last: as long as it is not there, nothing is restored.
        for here, there in (*files, (source, record)):
            _put(here, there)
    finally:
        lock.release()


def _restore_rows(
    source: Path, database: str, files: list[tuple[Path, Path]], progress: Progress
) -> None:
    with (
        reading(source) as rows,
        contextlib.closing(PostgresWriter(database)) as writer,
    ):
        writer.require_alone()
        for here, there in files:
            _put(here, there)
        writer.replace(rows, progress)


def _is_same(source: Path, target: Path) -> bool:
    has_journal = target.with_name(target.name + "-wal").exists()
    return not has_journal and digest_of(source) == digest_of(target)


def _put(source: Path, target: Path) -> None:
    """Put a copy in the place of a file, which is kept under another name."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if target.exists():
        if _is_same(source, target):
            return
        _keep(target)
    coming = target.with_name(f".{target.name}{PARTIAL}")
    copy_file(source, coming)
    for ending in JOURNALS:
        # A journal of the old file must never be played into the new one.
        target.with_name(target.name + ending).unlink(missing_ok=True)
    coming.replace(target)
    sync(target.parent)


def _keep(target: Path) -> None:
    """Give a file a second name, with its journal if that still belongs to it."""
    _settle(target)
    kept = _free_name(target.with_name(target.name + KEPT))
    os.link(target, kept)
    for ending in JOURNALS:
        journal = target.with_name(target.name + ending)
        if journal.exists():
            journal.rename(kept.with_name(kept.name + ending))
    sync(target.parent)


def _settle(target: Path) -> None:
    """Bring a database and its journal into one file, if it is a sound database."""
    if not target.with_name(target.name + "-wal").exists():
        return
    with (
        contextlib.suppress(sqlite3.Error),
        contextlib.closing(connect(target, BUSY_SECONDS)) as connection,
    ):
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _free_name(path: Path) -> Path:
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.name}-{number}")
    return free
