"""Logs to read and tables to look at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

import msgspec

from projections.kept.page_fold import FIGURES, OPEN_DAY
from projections.kept.service_rows import ServiceRow
from projections.kept.store import KeptStore
from queue_core.events import EvaluationGiven, Event
from queue_core.log.event_log import Entry, EventLog
from queue_core.log.memory_log import MemoryLog
from queue_core.log.streams import evaluation_stream, hall_day_stream
from tests.projections.busy_day import BusyDay
from tests.projections.hall_day import DATE
from tests.queue_core.care.recorded import some_days


E = TypeVar("E", bound=Event)


class KeptDay(NamedTuple):
    """Everything that is kept of a day."""

    version: int
    closed: bool
    figures: object
    open_day: object
    services: list[ServiceRow]


def picture(store: KeptStore) -> dict[tuple[str, str], KeptDay]:
    """Return everything that readers see, in plain values."""
    found = {}
    for hall, date in store.all_days():
        (row,) = store.days(hall, date, date).days
        found[hall, date] = KeptDay(
            row.version,
            row.closed,
            msgspec.to_builtins(FIGURES.decode(row.figures)),
            msgspec.to_builtins(OPEN_DAY.decode(row.open_day) if row.open_day else ""),
            list(store.services(hall, date, date)),
        )
    return found


def log_of(entries: Sequence[Entry]) -> EventLog:
    """Return a log in memory with some entries in it."""
    log = MemoryLog()
    for start in range(0, len(entries), 400):
        log.append(entries[start : start + 400])
    return log


def busy_entries(hall: str, tickets: int, seed: int = 1) -> list[Entry]:
    """Return a busy day of a hall; each evaluation stands where it was given."""
    busy = BusyDay(tickets, seed=seed, mistakes=0.2)
    entries: list[Entry] = []
    late = sorted(busy.evaluations, key=lambda given: given.at)
    for version, event in busy.pairs:
        while late and late[0].at < event.at:
            entries.append(evaluation(hall, late.pop(0)))
        entries.append((hall_day_stream(hall, DATE), version, of_hall(hall, event)))
    return entries + [evaluation(hall, given) for given in late]


def evaluation(hall: str, given: EvaluationGiven) -> Entry:
    """Return an evaluation as one of a hall's."""
    changed = of_hall(hall, given)
    return evaluation_stream(changed.service), 1, changed


def of_hall(hall: str, event: E) -> E:
    """Return an event with tickets and services that no other hall has."""
    changes = {
        name: f"{hall}-{getattr(event, name)}"
        for name in ("ticket", "service")
        if hasattr(event, name)
    }
    if isinstance(event, EvaluationGiven):
        changes["hall"] = hall
    return msgspec.structs.replace(event, **changes)


def interleaved(*lists: Sequence[Entry]) -> list[Entry]:
    """Return the entries of several halls, a few of each in turn."""
    entries: list[Entry] = []
    for start in range(0, max(map(len, lists)), 7):
        for one in lists:
            entries += one[start : start + 7]
    return entries


def two_halls() -> list[Entry]:
    """Return two halls at once: three days of one, one busy day of the other."""
    return interleaved(
        some_days(3, hall="city", tickets=6), busy_entries("township", 40)
    )
