"""Verifying the kept tables: they must say what tables made anew from the log say."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import msgspec

from projections.comparing import unequal
from queue_core.care.places import Progress, in_silence
from queue_core.log.event_log import EventLog

from .page_fold import FIGURES, OPEN_DAY
from .rebuilding import Reading, stands_in
from .sqlite_store import SqliteKept
from .store import DayRow, KeptStore, PenTaken


PATIENCE_SECONDS = 60.0
LOOK_AGAIN_SECONDS = 0.05


def kept_differences(
    log: EventLog, kept: KeptStore, progress: Progress = in_silence
) -> Iterator[str]:
    """Yield what the tables say otherwise than a rebuild; nothing if all is well.

    Days that are no longer in the log cannot be compared and are left out, and so is
    everything that was recorded after the tables were read last. They may be written
    meanwhile, but for the moment of the comparison. The progress counts positions.

    Raises:
        PenTaken: somebody goes on and on writing the tables.
        LogError: log or tables cannot be read, or make no sense.
    """
    standing = kept.standing()
    if standing is None:
        return
    if not stands_in(log, standing):
        yield "the kept figures were gathered from another record"
        return
    with tempfile.TemporaryDirectory(prefix="yihao-verify-") as folder:
        again = SqliteKept(Path(folder) / "projections.db")
        reading = Reading(log, again)
        reading.go_on(progress, upto=standing.position)
        with ExitStack() as still:
            # They may have been read on since; now they stand still.
            take_pen(kept, still)
            standing = kept.standing() or standing
            reading.go_on(progress, upto=standing.position)
            yield from compare(kept, again)


def take_pen(kept: KeptStore, held: ExitStack) -> None:
    """Hold the tables still, after whoever writes them just now.

    Raises:
        PenTaken: it takes too long.
    """
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            held.enter_context(kept.pen())
            return
        except PenTaken:
            if time.monotonic() > until:
                raise
            time.sleep(LOOK_AGAIN_SECONDS)


def compare(kept: KeptStore, again: KeptStore) -> Iterator[str]:
    """Yield what tables say otherwise than others that were read up to the same."""
    there = {*kept.all_days()}
    for hall, date in again.all_days():
        where = f"the kept figures of {hall} on {date}"
        if (hall, date) not in there:
            yield f"{where} are missing"
            continue
        for text in unequal(
            day_picture(kept, hall, date), day_picture(again, hall, date)
        ):
            yield f"{where}: {text}"


def day_picture(kept: KeptStore, hall: str, date: str) -> dict[str, Any]:
    """Return everything that is kept of a day, in plain values, by what it is about."""
    (row,) = kept.days(hall, date, date).days
    services = {
        f"service {one.service}": one for one in kept.services(hall, date, date)
    }
    return {"the day": (row.version, row.last_at, row.closed)} | _parts(row) | services


def _parts(row: DayRow) -> dict[str, Any]:
    figures = FIGURES.decode(row.figures)
    parts = {
        f"{name} {key if isinstance(key, int) else '/'.join(key)}": tally
        for name in ("cells", "ways", "desks", "half_hours")
        for key, tally in getattr(figures, name).items()
    }
    open_day = OPEN_DAY.decode(row.open_day) if row.open_day else None
    return parts | {"what is open": msgspec.to_builtins(open_day)}
