"""How the house opens an SQLite file."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path


def connect(path: Path, busy_seconds: float) -> sqlite3.Connection:
    """Open a connection on which a commit means: it is on disk.

    A file that is not there is made for its owner only, whatever the folder allows.

    SQLite's own default for ``synchronous`` depends on how it was compiled, and in
    WAL mode a weaker one than FULL loses committed data when the power fails.
    """
    with contextlib.suppress(OSError):
        # SQLite gives the files beside it the same mode, and says what is wrong. One
        # that is there is left alone: closing it would end the locks of this process.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    connection = sqlite3.connect(
        str(path),
        timeout=busy_seconds,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=64,
    )
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
    except sqlite3.Error:
        connection.close()
        raise
    connection.row_factory = sqlite3.Row
    return connection
