"""The commands for the care of the record: kept safe, proven sound, moved, archived."""

from __future__ import annotations

import datetime
from argparse import ArgumentTypeError
from pathlib import Path

from .cli_options import (
    DATA,
    Commands,
    Parser,
    add_archives,
    add_data,
    add_database,
    add_key,
    add_signing_key,
    command,
)
from .cli_persons import add_persons_place


def add_care(commands: Commands) -> None:
    """Add everything that an operator does for the record."""
    add_backup(commands)
    add_restore(commands)
    add_verify(commands)
    add_proof(commands)
    add_copy(commands)
    add_export(commands)
    add_archive(commands)


# Kept safe.


def add_backup(commands: Commands) -> None:
    """Add ``yihao backup``."""
    line = "keep record, accounts and key in a folder, while servers go on"
    backup = command(commands, "backup", line, ".record_care:back_up")
    backup.add_argument("folder", metavar="FOLDER", type=Path, help="a new folder")
    backup.add_argument(
        "--dated",
        action="store_true",
        help="make the backup inside FOLDER, under the present time in UTC",
    )
    backup.add_argument(
        "--keep",
        type=count,
        default=None,
        metavar="N",
        help="with --dated: remove all but the N newest backups there",
    )
    backup.add_argument(
        "--persons",
        default=None,
        metavar="FILE",
        type=Path,
        help="keep who persons are as well, in one file elsewhere that is written anew "
        "each time: whoever is erased must not stay in older ones",
    )
    add_persons_place(backup)
    backup.add_argument(
        "--without-key", action="store_true", help="leave the house's key out"
    )
    add_data(backup)
    add_key(backup)
    add_signing_key(backup)


def add_restore(commands: Commands) -> None:
    """Add ``yihao restore``."""
    line = "put a backup where nothing is, and everything in it"
    restore = command(commands, "restore", line, ".record_care:restore_backup")
    restore.add_argument(
        "folder", metavar="FOLDER", type=Path, nargs="?", help="the backup"
    )
    restore.add_argument(
        "--persons",
        default=None,
        metavar="FILE",
        type=Path,
        help="put persons back as well, or without FOLDER only them; whom the record "
        "says erased stays erased",
    )
    add_persons_place(restore)
    restore.add_argument(
        "--check",
        action="store_true",
        help="only read every byte of the backup, and change nothing",
    )
    restore.add_argument(
        "--data",
        default=DATA,
        metavar="DIR",
        type=Path,
        help=f"folder of record, accounts and key ({DATA})",
    )
    add_database(restore)
    add_key(restore)
    add_signing_key(restore)


# Proven sound.


def add_verify(commands: Commands) -> None:
    """Add ``yihao verify``."""
    line = "read the whole record and name everything that is wrong in it"
    verify = command(commands, "verify", line, ".record_care:verify_record")
    verify.add_argument(
        "--proof",
        action="store_true",
        help="compare every event with its leaf and every day with its signed head",
    )
    verify.add_argument(
        "--public-key",
        action="append",
        default=[],
        metavar="FILE",
        type=Path,
        help="with --proof: a key that may have signed, as PEM, beside the hall's own; "
        "repeatable",
    )
    add_data(verify)
    add_archives(verify)
    add_signing_key(verify)


def add_proof(commands: Commands) -> None:
    """Add ``yihao proof key``."""
    proof = command(commands, "proof", "what proves that the record is whole")
    kinds = proof.add_subparsers(metavar="WHAT", required=True)
    line = "print the public key with which days are signed; make one if there is none"
    key = command(kinds, "key", line, ".proof_office:print_key")
    key.add_argument(
        "--new",
        choices=("ed25519", "sm2"),
        default="ed25519",
        metavar="ALGORITHM",
        help="the kind of a new key: ed25519, or sm2 with yihao[sm] (ed25519)",
    )
    add_data(key)
    add_signing_key(key)


# Moved.


def add_copy(commands: Commands) -> None:
    """Add ``yihao copy``."""
    line = "copy record and accounts into another store, or go on with that"
    copy = command(commands, "copy", line, ".record_care:copy_record")
    places = "a data folder, a record.sqlite, or postgresql://…"
    copy.add_argument(
        "--from", required=True, dest="source", metavar="PLACE", help=places
    )
    copy.add_argument(
        "--to", required=True, dest="target", metavar="PLACE", help="the same"
    )


def add_export(commands: Commands) -> None:
    """Add ``yihao export``."""
    line = "write events as JSON lines, one event a line"
    export = command(commands, "export", line, ".record_care:export_events")
    export.add_argument(
        "--out",
        default=None,
        metavar="FILE",
        type=Path,
        help="file to write (standard output)",
    )
    add_dates(export)
    export.add_argument(
        "--stream",
        action="append",
        default=[],
        metavar="NAME",
        help="only this stream, or those that begin with a name ending in a slash, "
        "such as hall-day/city/; repeatable",
    )
    export.add_argument(
        "--archive",
        default=None,
        metavar="FILE",
        type=Path,
        help="read this archived day instead of the record",
    )
    add_data(export)


def add_dates(export: Parser) -> None:
    """Add the options of the days that are exported."""
    export.add_argument(
        "--from",
        default="",
        dest="from_date",
        metavar="YYYY-MM-DD",
        type=date,
        help="first day; with dates, only days and their evaluations",
    )
    export.add_argument(
        "--to",
        default="",
        dest="to_date",
        metavar="YYYY-MM-DD",
        type=date,
        help="last day",
    )


def add_archive(commands: Commands) -> None:
    """Add ``yihao archive``."""
    line = "list the days that may leave the record, or archive and remove them"
    archive = command(commands, "archive", line, ".record_archives:archive_days")
    what = archive.add_mutually_exclusive_group()
    what.add_argument(
        "--write", action="store_true", help="write a file of every such day"
    )
    what.add_argument(
        "--remove",
        action="store_true",
        help="write the files, and take the days out of the record",
    )
    archive.add_argument("--hall", default="", help="only this hall")
    archive.add_argument(
        "--before",
        default="",
        metavar="YYYY-MM-DD",
        type=date,
        help="days before this one (as many as the profile's record_days stay)",
    )
    add_data(archive)
    add_archives(archive)


# What may stand behind an option.


def count(text: str) -> int:
    """Read how many; at least one."""
    number = int(text)
    if number < 1:
        raise ArgumentTypeError("must be 1 or more")
    return number


def date(text: str) -> str:
    """Read a date; an empty one is none."""
    if not text:
        return ""
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        raise ArgumentTypeError("must be a date such as 2026-11-02") from None
