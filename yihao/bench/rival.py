"""The desk beside the library's own aggregates; its fold beside their replay."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg

from queue_core.log import codec

from .city_hall import CityHall
from .desk import on_sqlite
from .desk_postgres import on_postgres
from .fold import fold_stored
from .full_day import full_day
from .plan import Run
from .raw_postgres import new_database
from .rival_aggregates import LibraryHall
from .rounds import spent
from .rows import Row, compared


POSTGRES_THREADS = 8


def measure(run: Run) -> list[Row]:
    """Measure both cuts on SQLite, and on PostgreSQL when there is one."""
    hall = CityHall(run.folder / "city")
    tickets: list[tuple[float, float]] = []
    days: list[tuple[float, float]] = []
    replays: list[tuple[float, float]] = []
    day = full_day(hall, run.sizes.day_tickets)
    stored = [codec.encode(event) for event in day.events]
    for n in range(run.sizes.rounds):
        run.tell(n, run.sizes.rounds)
        library = LibraryHall(sqlite_environment(run.folder / f"library-{n}.sqlite"))
        answered = on_sqlite(run, hall, f"beside-{n}", evaluates=False)
        desk = answered.commands / answered.seconds
        commands = run.sizes.rival_commands
        tickets.append((desk, rate(library.serve_ticket, commands)))
        days.append((desk, rate(library.serve_in_day, commands)))
        replays.append((fold_rate(stored), replay_rate(library, commands)))
        library.close()
    return [*rows_of(run, tickets, days, replays), *postgres_rows(run)]


def rows_of(
    run: Run,
    tickets: list[tuple[float, float]],
    days: list[tuple[float, float]],
    replays: list[tuple[float, float]],
) -> list[Row]:
    """Return the rows of SQLite."""
    commands = run.sizes.rival_commands
    return [
        compared(
            "rival",
            "desk, 64 callers, SQLite",
            tickets,
            "commands/s",
            "the library's aggregates, one for each ticket",
            note="loaded, triggered and saved per command, one after another",
        ),
        compared(
            "rival",
            "desk, 64 callers, SQLite",
            days,
            "commands/s",
            "the library's aggregate of the whole hall-day",
            note=f"the first {commands:,} commands of a day; later ones take longer",
        ),
        compared(
            "rival",
            "decode and fold of a hall-day",
            replays,
            "events/s",
            "the library's replay of its hall-day from SQLite",
        ),
    ]


def postgres_rows(run: Run) -> list[Row]:
    """Return the library's rate on PostgreSQL beside the desk's."""
    if not run.database:
        run.left_out.append("rival on PostgreSQL: no --database was given")
        return []
    hall = CityHall(run.folder / "city")
    pairs: list[tuple[float, float]] = []
    for _ in range(run.sizes.rounds):
        with new_database(run.database) as database:
            answered = on_postgres(run, hall, database)
            desk = answered.commands / answered.seconds
            library = LibraryHall(postgres_environment(database))
            commands = run.sizes.rival_commands
            pairs.append((desk, rate(library.serve_ticket, commands, POSTGRES_THREADS)))
            library.close()
    return [
        compared(
            "rival",
            "desk, 64 callers, PostgreSQL",
            pairs,
            "commands/s",
            f"the library's aggregates of tickets, {POSTGRES_THREADS} threads",
        )
    ]


# Rates.


def rate(
    visit: Callable[[str], Iterator[None]], commands: int, threads: int = 1
) -> float:
    """Return how many commands a second the library takes, by so many threads."""
    each = max(1, commands // threads)
    with ThreadPoolExecutor(threads) as pool, spent() as taken:
        for done in [pool.submit(give, visit, n, each) for n in range(threads)]:
            done.result()
    return threads * each / taken.seconds


def give(visit: Callable[[str], Iterator[None]], thread: int, commands: int) -> None:
    """Give so many commands, visit by visit."""
    for n in itertools.count():
        for _ in visit(f"{thread}-{n}"):
            commands -= 1
            if not commands:
                return


def fold_rate(stored: list[tuple[str, bytes]]) -> float:
    """Return how many events a second the house decodes and folds."""
    with spent() as taken:
        fold_stored(stored)
    return len(stored) / taken.seconds


def replay_rate(library: LibraryHall, commands: int) -> float:
    """Return how many events a second the library replays."""
    events = library.grow(commands)
    with spent() as taken:
        library.load()
    return events / taken.seconds


def sqlite_environment(path: Path) -> dict[str, str]:
    """Return how the library is told to use a file."""
    return {
        "PERSISTENCE_MODULE": "eventsourcing.sqlite",
        "SQLITE_DBNAME": str(path),
        "SQLITE_LOCK_TIMEOUT": "10",
    }


def postgres_environment(database: str) -> dict[str, str]:
    """Return how the library is told to use a database."""
    with psycopg.connect(database) as connection:
        info = connection.info
        return {
            "PERSISTENCE_MODULE": "eventsourcing.postgres",
            "POSTGRES_DBNAME": info.dbname,
            "POSTGRES_HOST": info.host,
            "POSTGRES_PORT": str(info.port),
            "POSTGRES_USER": info.user,
            "POSTGRES_PASSWORD": info.password,
        }
