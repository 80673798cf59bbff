"""Folding a day with 5,000 tickets: the rules' state from its events."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from queue_core.events import HallDayEvent
from queue_core.log import codec
from queue_core.log.sqlite_log import SqliteLog
from queue_core.log.streams import hall_day_stream
from queue_core.rules.hall_day import HallDay, evolve, fold

from .city_hall import DATE, CityHall
from .full_day import full_day
from .plan import Run
from .rounds import spent
from .rows import Goal, Row, compared, measured


GOAL = Goal("figure", "at least", 150_000)
REPEATS = 3
"""Folds in one round: one alone is over in a fifth of a second."""


def measure(run: Run) -> list[Row]:
    """Measure the fold alone, with decoding, and read from the log."""
    hall = CityHall(run.folder / "city")
    day = full_day(hall, run.sizes.day_tickets)
    events = day.events
    stored = [codec.encode(event) for event in events]
    stream = hall_day_stream(hall.hall, DATE)
    log = SqliteLog(run.folder / "fold.sqlite")
    log.append([(stream, n, event) for n, event in enumerate(events, start=1)])
    alone: list[tuple[float, float]] = []
    both_rates: list[float] = []
    read: list[float] = []
    for n in range(run.sizes.rounds):
        run.tell(n, run.sizes.rounds)
        with spent() as decoding:
            for _ in range(REPEATS):
                for topic, body in stored:
                    codec.decode(topic, body)
        with spent() as folding:
            for _ in range(REPEATS):
                fold(events)
        alone.append((rate(events, folding.seconds), rate(events, decoding.seconds)))
        with spent() as together:
            for _ in range(REPEATS):
                fold_stored(stored)
        both_rates.append(rate(events, together.seconds))
        with spent() as reading:
            for _ in range(REPEATS):
                fold_read(log, stream)
        read.append(rate(events, reading.seconds))
    log.close()
    return rows_of(len(events), run.sizes.day_tickets, alone, both_rates, read)


def rows_of(
    events: int,
    tickets: int,
    alone: list[tuple[float, float]],
    both: list[float],
    read: list[float],
) -> list[Row]:
    """Return the rows."""
    return [
        compared(
            "fold",
            "fold of a hall-day",
            alone,
            "events/s",
            "only decoding the same events from their bytes",
            goal=GOAL,
            note=f"{events:,} events of {tickets:,} tickets",
        ),
        measured("fold", "decode and fold", both, "events/s"),
        measured(
            "fold",
            "read from SQLite, decode and fold",
            read,
            "events/s",
            note="what a desk does when it starts in the middle of the day",
        ),
    ]


def rate(events: Sequence[HallDayEvent], seconds: float) -> float:
    """Return how many events a second were folded, when all repeats took so long."""
    return REPEATS * len(events) / seconds


decoded = cast(Callable[[str, bytes], HallDayEvent], codec.decode)
"""Decodes what can only be an event of a day."""


def fold_stored(stored: list[tuple[str, bytes]]) -> HallDay:
    """Decode and fold events."""
    return fold(decoded(topic, body) for topic, body in stored)


def fold_read(log: SqliteLog, stream: str) -> HallDay:
    """Read a day from the log and fold it."""
    state = HallDay()
    for recorded in log.read(stream):
        evolve(state, cast(HallDayEvent, recorded.event))
    return state
