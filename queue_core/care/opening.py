"""Opening the rows of a log, and the store of persons, whatever they are in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from queue_core.persons.sqlite_store import SqlitePersonTables
from queue_core.persons.tables import PersonTables

from .places import Place
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
    rows = _rows(place)
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
    writer = _writer(place)
    try:
        yield writer
    finally:
        writer.close()


def open_person_tables(place: Place) -> PersonTables:
    """Open a store of persons; its tables are made if there are none.

    Raises:
        LogError: it cannot be opened.
    """
    if isinstance(place, Path):
        return SqlitePersonTables(place)
    from queue_core.persons.postgres_store import (  # noqa: PLC0415
        PostgresPersonTables,
    )

    return PostgresPersonTables(place)


# A house on files does without psycopg, which takes 9 MB.


def _rows(place: Place) -> Rows:
    if isinstance(place, Path):
        return SqliteRows(place)
    from .postgres_rows import PostgresRows  # noqa: PLC0415

    return PostgresRows(place)


def _writer(place: Place) -> RowWriter:
    if isinstance(place, Path):
        return SqliteWriter(place)
    from .postgres_writer import PostgresWriter  # noqa: PLC0415

    return PostgresWriter(place)
