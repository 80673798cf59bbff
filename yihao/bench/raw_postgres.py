"""The raw side of PostgreSQL: the same keys and lock, and nothing but inserts."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import conninfo, sql

from queue_core.log.postgres_connections import Connection, connect, connection_options

from .raw_sqlite import Batches, EventRow
from .rounds import spent


TABLE = """
CREATE TABLE raw_events (
    position bigint PRIMARY KEY,
    stream text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    topic text NOT NULL,
    state bytea NOT NULL,
    UNIQUE (stream, version)
)
"""
LOCK = "LOCK TABLE raw_events IN EXCLUSIVE MODE"
INSERT = "INSERT INTO raw_events VALUES (%b, %b, %b, %b, %b)"
INSERT_MANY = (
    "INSERT INTO raw_events "
    "SELECT * FROM unnest(%b::bigint[], %b::text[], %b::bigint[], %b::text[], "
    "%b::bytea[])"
)

_count = itertools.count(1)


@contextmanager
def new_database(server: str) -> Iterator[str]:
    """Make a database on a server for as long as the context lasts.

    Raises:
        psycopg.Error: the server does not let us.
    """
    name = sql.Identifier(f"yihao_bench_{os.getpid()}_{next(_count)}")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(name))
    try:
        yield conninfo.make_conninfo(server, dbname=name.as_string().strip('"'))
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


@contextmanager
def raw_table(database: str) -> Iterator[Connection]:
    """Make an empty table; lend a connection made as the log makes its own."""
    options = connection_options(5.0, 30.0)
    with connect(database, options) as connection:
        connection.execute("DROP TABLE IF EXISTS raw_events")
        connection.execute(TABLE)
        yield connection


def insert_all(connection: Connection, batches: Batches) -> float:
    """Insert by ``executemany``, under the lock; return the seconds it took."""
    position = itertools.count(1)
    placed = [[(next(position), *row) for row in rows] for rows in batches]
    with spent() as taken:
        for rows in placed:
            with connection.transaction():
                connection.execute(LOCK)
                connection.cursor().executemany(INSERT, rows)
    return taken.seconds


def insert_arrays(connection: Connection, batches: Batches) -> float:
    """Insert by one statement per batch, under the lock; return the seconds."""
    position = itertools.count(1)
    placed = []
    for rows in batches:
        numbered = [(next(position), *row) for row in rows]
        placed.append([list(column) for column in zip(*numbered, strict=True)])
    with spent() as taken:
        for columns in placed:
            with connection.transaction():
                connection.execute(LOCK)
                connection.execute(INSERT_MANY, columns, prepare=True)
    return taken.seconds


def commit_one(connection: Connection, position: int, row: EventRow) -> None:
    """Insert one row in a transaction of its own: one round trip."""
    connection.execute(INSERT, (position, *row), prepare=True)
