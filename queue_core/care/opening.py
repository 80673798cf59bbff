"""Opening the rows of a log, whatever store they are in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .places import Place
from .postgres_rows import PostgresRows
from .postgres_writer import PostgresWriter
from .rows import Rows, RowWriter
from .sqlite_rows import SqliteRows
from .sqlite_writer import SqliteWriter


@contextmanager
def reading(place: Place) -> Iterator[Rows]:
    """Read the rows as they stand now, beside servers that go on writing.

    Raises:
        NoLog: there is none.
        LogError: the store cannot be read.
    """
    rows: Rows = SqliteRows(place) if isinstance(place, Path) else PostgresRows(place)
    try:
        yield rows
    finally:
        rows.close()


@contextmanager
def writing(place: Place) -> Iterator[RowWriter]:
    """Write rows; the log is made if it is not there.

    Raises:
        LogError: the store cannot be written, or a server has the file.
    """
    writer: RowWriter = (
        SqliteWriter(place) if isinstance(place, Path) else PostgresWriter(place)
    )
    try:
        yield writer
    finally:
        writer.close()
