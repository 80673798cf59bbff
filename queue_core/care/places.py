"""Where a log is kept: an SQLite file, or a PostgreSQL database."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path


Place = Path | str
"""The path of an SQLite file, or the connection string of a database."""

Progress = Callable[[int, int], None]
"""Told what is done and what is to be done, after every page."""

DATABASE = re.compile(r"postgres(ql)?://|\w+\s*=")


def place_of(text: str) -> Place:
    """Return the place that somebody has typed: a connection string, or else a file."""
    return text if DATABASE.match(text) else Path(text)


def told(place: Place) -> str:
    """Return how a place is called in messages: never with its password."""
    if isinstance(place, Path):
        return str(place)
    # A house on files does without psycopg, which takes 9 MB.
    import psycopg  # noqa: PLC0415
    from psycopg import conninfo  # noqa: PLC0415

    try:
        said = conninfo.conninfo_to_dict(place)
    except psycopg.Error:
        return "the database"
    known = [f"{said[key]}" for key in ("host", "port", "dbname") if said.get(key)]
    return "database " + ("/".join(known) or "of this machine")


def in_silence(done: int, total: int) -> None:
    """Tell nobody how far the work is."""
