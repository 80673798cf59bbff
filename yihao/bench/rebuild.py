"""Rebuilding the kept tables from the record, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from projections.kept.postgres_store import PostgresKept
from projections.kept.rebuilding import PAGE, rebuild
from projections.kept.sqlite_store import SqliteKept
from projections.kept.store import KeptStore
from queue_core.log.event_log import EventLog
from queue_core.log.postgres_log import PostgresLog
from queue_core.log.sqlite_log import SqliteLog

from .city_hall import CityHall
from .plan import Run
from .raw_postgres import new_database
from .rounds import spent
from .rows import Goal, Row, compared
from .year_writing import YEAR, day_sizes, write_year


GOAL = Goal("figure", "at least", 40_000)
DAY_CASES = 933


def measure(run: Run) -> list[Row]:
    """Rebuild some days, again and again, from the beginning each time."""
    rows: list[Row] = []
    with sqlite_stores(run.folder / "rebuild") as (log, kept):
        rows.append(rebuilt(run, log, kept, "SQLite"))
    if not run.database:
        run.left_out.append("rebuild on PostgreSQL: no --database was given")
        return rows
    with new_database(run.database) as database:
        log, kept = PostgresLog(database), PostgresKept(database)
        try:
            rows.append(rebuilt(run, log, kept, "PostgreSQL"))
        finally:
            kept.close()
            log.close()
    return rows


@contextmanager
def sqlite_stores(folder: Path) -> Iterator[tuple[EventLog, KeptStore]]:
    """Open an empty log and empty tables in files."""
    folder.mkdir()
    log = SqliteLog(folder / "record.sqlite")
    kept = SqliteKept(folder / "projections.db")
    try:
        yield log, kept
    finally:
        kept.close()
        log.close()


def rebuilt(run: Run, log: EventLog, kept: KeptStore, store: str) -> Row:
    """Write some days and rebuild them; return the row."""
    profile = CityHall(run.folder / "city").profile
    days = run.sizes.rebuilt_days
    sizes = day_sizes(profile, YEAR, days * DAY_CASES, days)
    written = write_year(log, profile, sizes, lambda done, total: None)
    pairs: list[tuple[float, float]] = []
    for n in range(run.sizes.rounds):
        run.tell(n, run.sizes.rounds)
        with spent() as reading:
            read_whole(log)
        done = rebuild(log, kept, anew=True)
        pairs.append((done.events / done.seconds, done.events / reading.seconds))
    return compared(
        "rebuild",
        f"kept tables rebuilt, {store}",
        pairs,
        "events/s",
        "only reading and decoding the log",
        goal=GOAL,
        note=f"{written.events:,} events of {days} days, pages of {PAGE:,}",
    )


def read_whole(log: EventLog) -> None:
    """Read the log from its beginning to its end."""
    position = 0
    while page := log.read_all(position, PAGE):
        position = page[-1].position
