"""The desk on PostgreSQL: answered commands beside raw inserts of the same rows.

The raw side writes the same rows in the same batches into a table with the same keys,
one transaction per batch and under the same lock, which gives positions their order.
"""

from __future__ import annotations

import asyncio
import itertools
from typing import NamedTuple

from queue_core.log.postgres_log import PostgresLog

from .callers import MIX, Company
from .city_hall import CityHall
from .desk import Answered, in_turn, let_work, mean_batch, mix_of, rows_in
from .plan import Run
from .raw_postgres import (
    commit_one,
    insert_all,
    insert_arrays,
    new_database,
    raw_table,
)
from .raw_sqlite import EventRow
from .rows import Goal, Row, compared, measured


ROWS_GOAL = Goal("ratio", "at least", 0.6)
SINGLE_GOAL = Goal("ratio", "at most", 1.5)


class Round(NamedTuple):
    """What one round came to."""

    answered: Answered
    raw_seconds: float
    """By ``executemany``."""
    arrays_seconds: float
    """By one statement for each batch."""
    single: tuple[float, float]


def measure(run: Run) -> list[Row]:
    """Measure 64 callers and one; nothing without a database."""
    if not run.database:
        run.left_out.append("desk on PostgreSQL: no --database was given")
        return []
    hall = CityHall(run.folder / "city")
    rounds: list[Round] = []
    for n in range(run.sizes.rounds):
        run.tell(n, run.sizes.rounds)
        with new_database(run.database) as database:
            rounds.append(one_round(run, hall, database))
    return rows_of(rounds)


def one_round(run: Run, hall: CityHall, database: str) -> Round:
    """Let the callers work, write the same rows raw, then one caller in turn."""
    answered = on_postgres(run, hall, database)
    with raw_table(database) as connection:
        raw_seconds = insert_all(connection, answered.batches)
    with raw_table(database) as connection:
        arrays_seconds = insert_arrays(connection, answered.batches)
    single = one_caller(run, hall)
    return Round(answered, raw_seconds, arrays_seconds, single)


def on_postgres(run: Run, hall: CityHall, database: str) -> Answered:
    """Let the callers work at a desk of their own on an empty database."""
    log = PostgresLog(database)
    try:
        company = Company(hall, run.sizes.callers)
        return asyncio.run(let_work(log, company, run.sizes.desk_commands))
    finally:
        log.close()


def one_caller(run: Run, hall: CityHall) -> tuple[float, float]:
    """Return the median seconds of a command and of a raw commit, in turn."""
    with new_database(run.database) as database:
        log = PostgresLog(database)
        position = itertools.count(1)
        with raw_table(database) as connection:

            def commit(row: EventRow) -> None:
                commit_one(connection, next(position), row)

            count = run.sizes.single_commands
            taken = asyncio.run(in_turn(log, hall, commit, count))
        log.close()
    return taken


def rows_of(rounds: list[Round]) -> list[Row]:
    """Return the rows."""
    plain = [one.answered for one in rounds]
    batch = sum(mean_batch(one.batches) for one in plain) / len(plain)
    return [
        measured(
            "desk",
            "64 callers, PostgreSQL",
            [one.commands / one.seconds for one in plain],
            "commands/s",
            note=f"{MIX}; {mix_of(plain[0].given)}",
        ),
        compared(
            "desk",
            "64 callers, rows in PostgreSQL",
            [rates(one.answered, one.raw_seconds) for one in rounds],
            "rows/s",
            f"raw psycopg executemany under the lock, batches of {batch:.0f}",
            goal=ROWS_GOAL,
        ),
        compared(
            "desk",
            "64 callers, rows in PostgreSQL",
            [rates(one.answered, one.arrays_seconds) for one in rounds],
            "rows/s",
            "raw psycopg, one unnest statement a batch under the lock",
        ),
        compared(
            "desk",
            "1 caller, PostgreSQL, p50",
            [(own * 1000, raw * 1000) for own, raw in (one.single for one in rounds)],
            "ms",
            "raw psycopg commit of one row",
            goal=SINGLE_GOAL,
        ),
    ]


def rates(answered: Answered, raw_seconds: float) -> tuple[float, float]:
    """Return the rows a second of the desk, and of the raw side."""
    rows = rows_in(answered.batches)
    return rows / answered.seconds, rows / raw_seconds
