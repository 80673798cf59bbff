"""Archiving closed days: written to files, and only when it is asked for removed.

An archive holds everything that a report or a history of the day needs: the hall-day,
the evaluations of its services, and the profiles by which the hall had worked until
then. Profiles stay in the log.

Removing keeps what the log promises. Positions are never given again: the newest row
always stays, and the positions that are now missing are noted beside the rows. A hall
keeps its newest day, so that no earlier one can be opened again, and with it all days
whose services might still be evaluated.
"""

from __future__ import annotations

import contextlib
import datetime
from pathlib import Path
from typing import NamedTuple

from queue_core.clock import wall_clock
from queue_core.errors import LogError, ParseError
from queue_core.events import DayClosed, ServiceCompleted
from queue_core.log import codec
from queue_core.log.streams import (
    date_of,
    evaluation_stream,
    hall_day_prefix,
    profile_stream,
)
from queue_core.profiles.hours import business_date
from queue_core.profiles.profile import HallProfile

from .archive_file import read_rows, write_archive
from .archive_log import archive_name
from .files import digest_of, told_as_log_error
from .opening import reading, writing
from .places import Place, Progress, in_silence
from .rows import Removal, Row, Rows, RowWriter


KEPT_DAYS = 31
"""So many newest days of a hall stay: services of the last 30 may be evaluated."""


class ArchivedDay(NamedTuple):
    """A day that stands in an archive."""

    hall: str
    date: str
    file: Path
    events: int
    removed: bool


class LeftDay(NamedTuple):
    """A day that is old enough and was not archived, or not removed, and why."""

    stream: str
    reason: str


class DueDay(NamedTuple):
    """A day that is old enough to be archived, and what would come of it."""

    hall: str
    date: str
    events: int
    is_written: bool
    """Whether a file of it is there already."""
    stays: str
    """Why it would not be removed; empty if it would."""


class Archiving(NamedTuple):
    """What came of archiving."""

    days: list[ArchivedDay]
    left: list[LeftDay]


class _Day(NamedTuple):
    """A closed day, as it stands in the log."""

    hall: str
    date: str
    stream: str
    rows: list[Row]
    """Of the day and of its evaluations: what may be removed."""
    streams: list[str]
    """The day, and the evaluation that each of its services might have."""
    profiles: list[Row]

    def archived(self, file: Path, is_removed: bool) -> ArchivedDay:
        return ArchivedDay(self.hall, self.date, file, len(self.rows), is_removed)


def archive_before(profile: HallProfile, now: int) -> str:
    """Return the first date that a hall's profile wants in the log; empty: all."""
    days = profile.retention.record_days
    if not days:
        return ""
    today = datetime.date.fromisoformat(business_date(profile, now))
    return (today - datetime.timedelta(days=days)).isoformat()


def due_days(
    place: Place,
    folder: Path,
    hall: str,
    before: str,
    *,
    kept_days: int = KEPT_DAYS,
) -> list[DueDay]:
    """Return what ``archive`` would do with every day of a hall before a date.

    Raises:
        LogError: the log cannot be read.
    """
    with reading(place) as rows:
        known = rows.streams(hall_day_prefix(hall))
        kept = known[-max(kept_days, 1) :]
        days = []
        for stream in known:
            if date_of(stream) >= before:
                break
            found = _read_day(rows, hall, stream)
            file = folder / archive_name(hall, date_of(stream))
            if isinstance(found, LeftDay):
                count, stays = len(rows.of_streams([stream])), found.reason
            else:
                count = len(found.rows)
                stays = _why_kept(found, rows, kept)
            days.append(DueDay(hall, date_of(stream), count, file.exists(), stays))
    return days


def archive(
    place: Place,
    folder: Path,
    hall: str,
    before: str,
    *,
    remove: bool = False,
    at: int | None = None,
    kept_days: int = KEPT_DAYS,
    progress: Progress = in_silence,
) -> Archiving:
    """Write every closed day of a hall before a date into an archive of its own.

    With ``remove`` a day is then taken out of the log, unless it is one of the
    ``kept_days`` newest, or the newest row of the log is in it. An SQLite log can
    only be taken from while no server runs. The progress counts days.

    Raises:
        LogError: something cannot be read or written. What was done until then
            stands; it can be done again.
    """
    days: list[ArchivedDay] = []
    left: list[LeftDay] = []
    with contextlib.ExitStack() as closing, told_as_log_error(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        remover = None
        if remove:
            writer = closing.enter_context(writing(place))
            remover = _Remover(writer, wall_clock() if at is None else at, kept_days)
        rows = closing.enter_context(reading(place))
        known = rows.streams(hall_day_prefix(hall))
        old = [stream for stream in known if date_of(stream) < before]
        for done, stream in enumerate(old, start=1):
            found = _read_day(rows, hall, stream)
            if isinstance(found, LeftDay):
                left.append(found)
            else:
                file = _write(found, folder)
                why = remover.remove(found, file, rows, known) if remover else ""
                if why:
                    left.append(LeftDay(stream, why))
                is_removed = remover is not None and not why
                days.append(found.archived(file, is_removed))
            progress(done, len(old))
    return Archiving(days, left)


class _Remover:
    """Takes archived days out of the log."""

    def __init__(self, writer: RowWriter, at: int, kept_days: int) -> None:
        self._writer = writer
        self._at = at
        self._kept_days = max(kept_days, 1)

    def remove(self, day: _Day, file: Path, rows: Rows, known: list[str]) -> str:
        """Take a day out of the log, or return why it stays."""
        if why := _why_kept(day, rows, known[-self._kept_days :]):
            return why
        removal = Removal(
            day.stream, len(day.rows), file.name, digest_of(file), self._at
        )
        self._writer.remove(day.streams, day.rows, removal)
        return ""


def _why_kept(day: _Day, rows: Rows, kept: list[str]) -> str:
    """Return why a closed day stays in the log; empty if it need not."""
    if day.stream in kept:
        return f"it is one of the {len(kept)} newest days"
    if day.rows[-1].position == rows.last_position:
        return "the newest row of the log is in it"
    return ""


def _read_day(rows: Rows, hall: str, stream: str) -> _Day | LeftDay:
    own = rows.of_streams([stream])
    try:
        events = [codec.decode(row.topic, row.state) for row in own]
    except ParseError as error:
        return LeftDay(stream, str(error))
    if not isinstance(events[-1], DayClosed):
        return LeftDay(stream, "it was never closed")
    services = (e.service for e in events if isinstance(e, ServiceCompleted))
    streams = [stream, *map(evaluation_stream, dict.fromkeys(services))]
    profiles = rows.of_streams([profile_stream(hall)])
    last = own[-1].position
    return _Day(
        hall,
        date_of(stream),
        stream,
        rows.of_streams(streams),
        streams,
        [row for row in profiles if row.position < last],
    )


def _write(day: _Day, folder: Path) -> Path:
    """Write the archive of a day, unless it is there already, and return its file."""
    file = folder / archive_name(day.hall, day.date)
    rows = sorted([*day.profiles, *day.rows])
    if file.exists():
        found = read_rows(file).rows
        if found == rows:
            return file
        if not set(found) <= set(rows):
            raise LogError(f"{file} is the archive of another {day.stream}")
    write_archive(file, day.hall, day.date, rows)
    return file
