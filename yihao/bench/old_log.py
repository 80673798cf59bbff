"""The log of a hall that has worked for a year: one played day, copied day by day.

The store itself copies the rows, so that a year is there in a quarter of a minute; for
the desk, which reads only the newest day, one old day is like another.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from queue_core.log.event_log import Entry
from queue_core.log.sqlite_connection import connect
from queue_core.log.sqlite_log import SqliteLog
from queue_core.log.streams import evaluation_stream, hall_day_stream
from yihao.rehearsal.generator import generate_day, staffed_windows

from .city_hall import DATE, CityHall
from .played_day import PlayedDay
from .raw_sqlite import event_table


def write_old_log(hall: CityHall, path: Path, days: int) -> int:
    """Write a log with so many days before the measured one; return its events."""
    first = day_before(days)
    people = generate_day(hall.profile, first, stress=True)
    played = PlayedDay(hall.profile, people, staffed_windows(hall.profile)).play()
    log = SqliteLog(path)
    entries: list[Entry] = [
        (hall_day_stream(hall.hall, first), version, event)
        for version, event in enumerate(played.events, start=1)
    ]
    entries += [(evaluation_stream(e.service), 1, e) for e in played.evaluations]
    log.append(entries)
    log.close()
    copy_days(path, hall.hall, first, [day_before(n) for n in range(1, days)])
    return days * len(entries)


def day_before(days: int) -> str:
    """Return the date so many days before the measured one."""
    return (date.fromisoformat(DATE) - timedelta(days=days)).isoformat()


def copy_days(path: Path, hall: str, first: str, dates: list[str]) -> None:
    """Copy what stands in a log under the first date to all the others."""
    connection = connect(path, busy_seconds=5.0)
    table, (stream, version, *rest) = event_table(connection)
    others = ", ".join(rest)
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(f"CREATE TEMP TABLE day AS SELECT * FROM {table}")
    for copied in dates:
        connection.execute(
            f"INSERT INTO {table} ({stream}, {version}, {others}) "
            f"SELECT CASE {stream} WHEN ? THEN ? ELSE {stream} || ? END, "
            f"{version}, {others} FROM temp.day ORDER BY rowid",
            (hall_day_stream(hall, first), hall_day_stream(hall, copied), f"-{copied}"),
        )
    connection.execute("COMMIT")
    connection.close()
