"""The desk on SQLite: answered commands beside raw inserts of the same rows.

The raw side writes what the desk has written: the same rows in the same batches into
the same tables, by ``executemany`` in one transaction per batch, on a connection with
the same pragmas. Nothing is decided, encoded or answered there.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Sequence
from statistics import median
from typing import NamedTuple

from queue_core.commands import IssueTicket
from queue_core.desk import HallDesk
from queue_core.log import codec
from queue_core.log.event_log import EventLog, Recorded
from queue_core.log.sqlite_log import SqliteLog

from .callers import MIX, Company
from .city_hall import CityHall
from .plan import Run
from .raw_sqlite import Batches, EventRow, insert_all, raw_file
from .rounds import Spent, spent
from .rows import Goal, Row, compared, measured


COMMANDS_GOAL = Goal("figure", "at least", 20_000)
ROWS_GOAL = Goal("ratio", "at least", 0.35)
SINGLE_GOAL = Goal("ratio", "at most", 1.5)


class Answered(NamedTuple):
    """What one round of the callers came to."""

    commands: int
    seconds: float
    cpu_seconds: float
    batches: Batches
    given: Counter[str]
    """Commands by kind."""


def measure(run: Run) -> list[Row]:
    """Measure 64 callers, with and without evaluations, and one caller."""
    hall = CityHall(run.folder / "city")
    rounds: list[tuple[Answered, Spent, Answered]] = []
    singles: list[tuple[float, float]] = []
    for n in range(run.sizes.rounds):
        run.tell(3 * n, 3 * run.sizes.rounds)
        answered = on_sqlite(run, hall, f"desk-{n}", evaluates=False)
        raw = insert_all(run.folder / f"desk-{n}.sqlite", answered.batches)
        run.tell(3 * n + 1, 3 * run.sizes.rounds)
        evaluated = on_sqlite(run, hall, f"evaluated-{n}", evaluates=True)
        rounds.append((answered, raw, evaluated))
        run.tell(3 * n + 2, 3 * run.sizes.rounds)
        singles.append(one_caller(run, hall, n))
    return [*rows_of(rounds), single_row(singles)]


def rows_of(rounds: Sequence[tuple[Answered, Spent, Answered]]) -> list[Row]:
    """Return the rows of many callers."""
    plain = [answered for answered, _, _ in rounds]
    batch = median(mean_batch(one.batches) for one in plain)
    return [
        measured(
            "desk",
            "64 callers, SQLite FULL",
            [one.commands / one.seconds for one in plain],
            "commands/s",
            goal=COMMANDS_GOAL,
            note=f"{MIX}; {mix_of(plain[0].given)}",
        ),
        compared(
            "desk",
            "64 callers, rows on disk",
            [
                (rows_in(one.batches) / one.seconds, rows_in(one.batches) / raw.seconds)
                for one, raw, _ in rounds
            ],
            "rows/s",
            f"raw sqlite3 executemany, same rows, batches of {batch:.0f}",
            goal=ROWS_GOAL,
        ),
        cpu_row(rounds),
        measured(
            "desk",
            "64 callers who also evaluate",
            [one.commands / one.seconds for _, _, one in rounds],
            "commands/s",
            note=f"an evaluation is a stream of its own; {mix_of(rounds[0][2].given)}",
        ),
    ]


def cpu_row(rounds: Sequence[tuple[Answered, Spent, Answered]]) -> Row:
    """Return what a command costs, whatever the disk and the neighbours do."""
    return compared(
        "desk",
        "64 callers, CPU of a command",
        [
            (
                one.cpu_seconds / one.commands * 1e6,
                raw.cpu_seconds / one.commands * 1e6,
            )
            for one, raw, _ in rounds
        ],
        "µs",
        "raw inserts of its rows",
        note="both threads, callers included",
    )


def single_row(pairs: Sequence[tuple[float, float]]) -> Row:
    """Return the row of one caller."""
    return compared(
        "desk",
        "1 caller, SQLite FULL, p50",
        [(own * 1000, raw * 1000) for own, raw in pairs],
        "ms",
        "raw sqlite3 commit of one row",
        goal=SINGLE_GOAL,
        note="take a number; one after another in turn with the raw commits",
    )


def mix_of(given: Counter[str]) -> str:
    """Say how many of every kind were given."""
    shares = [
        (kind, 100 * count / given.total()) for kind, count in given.most_common()
    ]
    return ", ".join(f"{kind} {share:.0f} %" for kind, share in shares)


def rows_in(batches: Batches) -> int:
    """Return how many rows the batches hold."""
    return sum(map(len, batches))


def mean_batch(batches: Batches) -> float:
    """Return how many rows a batch holds."""
    return rows_in(batches) / max(1, len(batches))


# Many callers.


def on_sqlite(run: Run, hall: CityHall, name: str, *, evaluates: bool) -> Answered:
    """Let the callers work at a desk of their own on a new file."""
    log = SqliteLog(run.folder / f"{name}.sqlite")
    try:
        company = Company(hall, run.sizes.callers, evaluates=evaluates)
        return asyncio.run(let_work(log, company, run.sizes.desk_commands))
    finally:
        log.close()


async def let_work(log: EventLog, company: Company, commands: int) -> Answered:
    """Let all callers give so many commands to a desk on a log."""
    desk = HallDesk(company.hall.hall, log)
    await desk.start()
    await company.open(desk)
    recorded: list[list[Recorded]] = []
    # Screens are told in the same way: once for every batch.
    desk.subscribe(recorded.append)
    with spent() as taken:
        answered = await company.work(desk, commands)
    await desk.stop()
    given = sum((caller.given for caller in company.callers), Counter())
    batches = [[stored(one) for one in batch] for batch in recorded]
    return Answered(answered, taken.seconds, taken.cpu_seconds, batches, given)


def stored(one: Recorded) -> EventRow:
    """Return an event as it is stored."""
    return one.stream, one.version, *codec.encode(one.event)


# One caller.


def one_caller(run: Run, hall: CityHall, n: int) -> tuple[float, float]:
    """Return the median seconds of a command and of a raw commit, in turn."""
    path = run.folder / f"single-{n}.sqlite"
    log = SqliteLog(path)
    connection, insert = raw_file(path, path.with_suffix(".raw"))

    def commit(row: EventRow) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(insert, row)
        connection.execute("COMMIT")

    try:
        return asyncio.run(in_turn(log, hall, commit, run.sizes.single_commands))
    finally:
        connection.close()
        log.close()


async def in_turn(
    log: EventLog, hall: CityHall, commit: Callable[[EventRow], None], count: int
) -> tuple[float, float]:
    """Give one command, commit its row, and again; return both medians."""
    desk = HallDesk(hall.hall, log)
    await desk.start()
    company = Company(hall, 1)
    await company.open(desk)
    own: list[float] = []
    raw: list[float] = []
    for _ in range(count):
        command: IssueTicket = company.callers[0].arrive()
        began = time.perf_counter()
        answer = await desk.submit(command)
        own.append(time.perf_counter() - began)
        event = answer.events[0]
        row = (answer.stream, answer.version, *codec.encode(event))
        began = time.perf_counter()
        commit(row)
        raw.append(time.perf_counter() - began)
    await desk.stop()
    return median(own), median(raw)
