"""Backups one after another in one folder, each under the instant it was made at.

The names are in UTC and sort by time. Only what bears such a name, and is a whole
backup, is ever taken for one of the series, and removed when newer ones are there.
"""

from __future__ import annotations

import datetime
import re
import shutil
from pathlib import Path

from queue_core.clock import wall_clock

from .backups import MANIFEST
from .files import told_as_log_error


NAME = re.compile(r"\d{4}-\d\d-\d\dT\d\d\d\d\d\dZ")


def dated_folder(parent: Path, at: int | None = None) -> Path:
    """Return the folder of a backup that is made now, such as 2026-11-02T183000Z."""
    instant = wall_clock() if at is None else at
    made = datetime.datetime.fromtimestamp(instant / 1000, datetime.UTC)
    return parent / made.strftime("%Y-%m-%dT%H%M%SZ")


def dated_backups(parent: Path) -> list[Path]:
    """Return the backups of a series, the oldest first.

    Raises:
        LogError: the folder cannot be read.
    """
    with told_as_log_error(parent):
        return sorted(
            folder
            for folder in parent.iterdir()
            if NAME.fullmatch(folder.name) and (folder / MANIFEST).is_file()
        )


def thin_out(parent: Path, keep: int) -> list[Path]:
    """Remove all but the newest backups of a series, and return what was removed.

    Raises:
        LogError: a folder cannot be read or removed.
    """
    removed = dated_backups(parent)[: -max(keep, 1)]
    with told_as_log_error(parent):
        for folder in removed:
            # Without it nobody takes what is left for a backup.
            (folder / MANIFEST).unlink()
            shutil.rmtree(folder)
    return removed
