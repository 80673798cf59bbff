"""``yihao backup``, ``restore``, ``verify``, ``copy`` and ``export``.

Each returns 0 if all is well and 1 if something is wrong with what was looked at; what
could not be done at all is an error.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import NamedTuple

from projections.verifying import READERS
from queue_core.care.backup_series import dated_folder, thin_out
from queue_core.care.backups import Manifest, backup, check_backup
from queue_core.care.copies import copy, copy_key
from queue_core.care.exports import Selection, export, write_archived, write_export
from queue_core.care.person_backups import back_up_persons, restore_persons
from queue_core.care.places import Place, place_of, told
from queue_core.care.restoration import restore
from queue_core.care.unfinished import require_whole
from queue_core.care.verdict import Verdict
from queue_core.care.verification import verify
from queue_core.errors import ParseError

from .kept_figures import wrong_figures
from .progress_bar import progress_bar
from .proof_office import proof_faults
from .settings import Settings
from .stores import accounts_of, persons_of, read_log, record_of, settings_of


# Kept safe.


def back_up(options: argparse.Namespace) -> int:
    """Write a backup; with ``--keep``, remove what has become too many."""
    if options.keep and not options.dated:
        raise ParseError("--keep goes with --dated", "keep")
    settings = settings_of(options)
    record = record_of(settings)
    require_whole(record)
    folder = dated_folder(options.folder) if options.dated else options.folder
    unit = "pages" if isinstance(record, Path) else "events"
    with progress_bar("backup", unit) as tell:
        manifest = backup(
            record,
            folder,
            accounts=accounts_of(settings),
            key=None if options.without_key else settings.key,
            signing_key=None if options.without_key else settings.signing_key,
            progress=tell,
        )
    print(f"{folder}: {contents(manifest)}")
    if options.persons is not None:
        kept = back_up_persons(persons_of(settings), options.persons)
        print(f"{options.persons}: {counted(kept, 'person')}")
    for removed in thin_out(options.folder, options.keep) if options.keep else ():
        print(f"{removed}: removed")
    return 0


def restore_backup(options: argparse.Namespace) -> int:
    """Put a backup in place, or only check it."""
    if options.folder is None:
        return put_persons_back(options)
    if options.check:
        print(f"{options.folder}: {contents(check_backup(options.folder))}; sound")
        return 0
    settings = settings_of(options)
    record = record_of(settings)
    with progress_bar("restore", "events") as tell:
        manifest = restore(
            options.folder,
            record,
            accounts=accounts_of(settings),
            key=settings.key,
            signing_key=settings.signing_key,
            progress=tell,
        )
    print(f"{told(record)}: {contents(manifest)}; restored")
    return put_persons_back(options) if options.persons is not None else 0


def put_persons_back(options: argparse.Namespace) -> int:
    """Put persons back where none are, but for those whom the record says erased."""
    if options.persons is None:
        raise ParseError("name the FOLDER of a backup, or --persons FILE", "folder")
    settings = settings_of(options)
    log = read_log(settings)
    try:
        kept, erased = restore_persons(options.persons, persons_of(settings), log)
    finally:
        log.close()
    print(f"{options.persons}: {counted(kept, 'person')} restored, {erased} erased")
    return 0


def contents(manifest: Manifest) -> str:
    """Return in words what a backup consists of."""
    files = ", ".join(sorted(manifest.files))
    position = f"position {manifest.last_position:,}"
    return f"{counted(manifest.events, 'event')} up to {position} ({files})"


# Proven sound.


def verify_record(options: argparse.Namespace) -> int:
    """Name every fault of the record; 1 if there is one."""
    settings = settings_of(options)
    record = record_of(settings)
    require_whole(record)
    has_archives = options.archives is not None or settings.archives.is_dir()
    with progress_bar("verify", "events") as tell:
        verdict = verify(
            record,
            readers=READERS,
            archives=settings.archives if has_archives else None,
            progress=tell,
        )
    if options.proof:
        verdict.faults += proof_faults(options, settings)
    for mark in verdict.marks:
        print(f"note   {mark}")
    for fault in verdict.faults:
        print(f"fault  {fault.kind}: {fault}")
    wrong = wrong_figures(settings) if verdict.sound else []
    for text in wrong:
        print(f"fault  projection: {text}")
    faults = len(verdict.faults) + len(wrong)
    print(summary(verdict, faults))
    return 1 if faults else 0


def summary(verdict: Verdict, faults: int) -> str:
    """Return in words what was looked at, and what came of it."""
    parts = [
        counted(verdict.events, "event"),
        counted(verdict.streams, "stream"),
        counted(verdict.days, "day"),
    ]
    if verdict.archived_days:
        parts.append(f"{counted(verdict.archived_days, 'day')} archived and removed")
    found = counted(faults, "fault") if faults else "sound"
    return f"{told(verdict.place)}: {', '.join(parts)}: {found}"


# Moved.


class Stores(NamedTuple):
    """What a place of ``yihao copy`` stands for."""

    record: Place
    accounts: Place | None
    """None for a record alone."""
    keys: tuple[Path, ...] = ()
    """Those of the house; none for a record alone, and for a database."""

    @property
    def has_key(self) -> bool:
        """Tell whether the house's own key is there."""
        return bool(self.keys) and self.keys[0].exists()


def stores_of(text: str) -> Stores:
    """Return what is meant: a database, the file of a record, or a data folder."""
    place = place_of(text)
    if isinstance(place, str):
        return Stores(place, place)
    if place.suffix == ".sqlite":
        return Stores(place, None)
    settings = Settings(halls=(), data=place)
    keys = (settings.key, settings.signing_key)
    return Stores(settings.record, settings.accounts, keys)


def copy_record(options: argparse.Namespace) -> int:
    """Copy a record, and what else of the house both places can hold."""
    source, target = stores_of(options.source), stores_of(options.target)
    for record in (source.record, target.record):
        require_whole(record)
    if isinstance(target.record, Path):
        target.record.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    for here, there in zip(source.keys, target.keys, strict=False):
        if here.exists():
            copy_key(here, there)
    with progress_bar("copy", "events") as tell:
        copied = copy(
            source.record,
            target.record,
            accounts=accounts_to_copy(source, target),
            progress=tell,
        )
    position = f"up to position {copied.last_position:,}"
    done = f"{counted(copied.events, 'event')} copied"
    print(f"{told(target.record)}: {done}, {position}")
    if target.accounts and not target.has_key:
        print("serve it with the same house.key and signing.key: no database has them")
    return 0


def accounts_to_copy(source: Stores, target: Stores) -> tuple[Place, Place] | None:
    """Return from where and to where accounts are copied; None: there are none."""
    if source.accounts is None or target.accounts is None:
        return None
    if isinstance(source.accounts, Path) and not source.accounts.exists():
        return None
    return source.accounts, target.accounts


def export_events(options: argparse.Namespace) -> int:
    """Write events as JSON lines to a file or to standard output."""
    selection = Selection(options.from_date, options.to_date, options.stream)
    if options.archive is not None:
        return export_archive(options, selection)
    record = record_of(settings_of(options))
    require_whole(record)
    with progress_bar("export", "events") as tell:
        if options.out is None:
            write_export(record, sys.stdout.buffer, selection=selection, progress=tell)
        else:
            count = export(record, options.out, selection=selection, progress=tell)
            print(f"{options.out}: {counted(count, 'event')}")
    return 0


def export_archive(options: argparse.Namespace, selection: Selection) -> int:
    """Write the events of an archived day."""
    if options.out is None:
        write_archived(options.archive, sys.stdout.buffer, selection=selection)
        return 0
    with options.out.open("wb") as out:
        count = write_archived(options.archive, out, selection=selection)
    print(f"{options.out}: {counted(count, 'event')}")
    return 0


def counted(number: int, noun: str) -> str:
    """Return how many of something there are, in words."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
