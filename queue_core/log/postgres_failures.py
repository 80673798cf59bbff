"""What goes wrong in PostgreSQL, told in the words of the log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import errors

from queue_core.errors import Conflict, LogError

from .postgres_schema import GAP


@contextmanager
def failures(done: str) -> Iterator[None]:
    """Turn errors of the database into ``Conflict`` and ``LogError``."""
    try:
        yield
    except errors.UniqueViolation as error:
        raise Conflict(f"another writer was first: {said(error)}") from error
    except psycopg.Error as error:
        if error.sqlstate == GAP:
            raise LogError(f"versions would leave a gap: {said(error)}") from error
        raise LogError(f"the database cannot be {done}: {said(error)}") from error


def said(error: psycopg.Error) -> str:
    """Return what the database says, in one line and without its statements."""
    return " ".join((error.diag.message_primary or str(error)).split())
