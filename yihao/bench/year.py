"""A year of the record: written, rebuilt, started from, and reported.

It takes some minutes and is measured only when it is asked for. With a folder of its
own the record stays there, and whoever is interrupted goes on.
"""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median

from projections.kept.rebuilding import rebuild
from projections.kept.sqlite_store import SqliteKept
from projections.year_report.writing import (
    report_of_year,
    year_report_html,
    year_report_xlsx,
)
from queue_core.log.sqlite_log import SqliteLog
from queue_core.profiles.hours import day_hours, next_open_day
from queue_core.profiles.profile import HallProfile

from .children import child
from .city_hall import CityHall
from .plan import Run
from .rounds import Spent, spent
from .rows import Goal, Row, measured
from .year_writing import YEAR, Written, day_sizes, write_year


REBUILT_GOAL = Goal("figure", "at most", 60)
START_GOAL = Goal("figure", "at most", 2)
REPORT_GOAL = Goal("figure", "at most", 3)


def measure(run: Run) -> list[Row]:
    """Measure all that a year of the record takes."""
    hall = CityHall(run.folder / "city")
    folder = run.kept / "year"
    folder.mkdir(exist_ok=True)
    sizes = day_sizes(hall.profile, YEAR, run.sizes.year_cases, run.sizes.year_days)
    written, writing = written_year(run, hall.profile, folder, sizes)
    rows = rebuilt_rows(run, hall.profile, folder, sum(sizes.values()))
    if written.events:
        rate = written.events / writing.seconds
        note = f"{written.cases:,} cases of {written.days} days, played by the rules"
        row = measured("year", "record written", [rate], "events/s", note=note)
        rows.insert(0, row)
    return [*rows, start_row(run, hall, folder, max(sizes))]


def written_year(
    run: Run, profile: HallProfile, folder: Path, sizes: dict[str, int]
) -> tuple[Written, Spent]:
    """Write what is missing of the year."""
    log = SqliteLog(folder / "record.sqlite")
    try:
        with spent() as writing:
            written = write_year(log, profile, sizes, run.tell)
    finally:
        log.close()
    return written, writing


def rebuilt_rows(run: Run, profile: HallProfile, folder: Path, cases: int) -> list[Row]:
    """Rebuild the tables from the beginning, and make the report of the year."""
    log = SqliteLog(folder / "record.sqlite", read_only=True)
    kept = SqliteKept(folder / "projections.db")
    try:
        with spent() as rebuilding:
            done = rebuild(log, kept, run.tell, anew=True)
        times = [report_times(log, kept, profile) for _ in range(run.sizes.rounds)]
    finally:
        kept.close()
        log.close()
    about = f"{done.events:,} events of {cases:,} cases"
    rate = f"{done.events / done.seconds:,.0f} events/s"
    cpu = f"{rebuilding.cpu_seconds:.0f} s of CPU"
    return [
        measured(
            "year",
            "year rebuilt, SQLite",
            [done.seconds],
            "s",
            goal=REBUILT_GOAL,
            note=f"{about}, {rate}, {cpu}",
        ),
        measured(
            "year",
            "year report, HTML",
            [page for page, _ in times],
            "s",
            goal=REPORT_GOAL,
            note="from the kept tables, reading them included",
        ),
        measured("year", "year report, xlsx", [book for _, book in times], "s"),
    ]


def report_times(
    log: SqliteLog, kept: SqliteKept, profile: HallProfile
) -> tuple[float, float]:
    """Return the seconds that the page of the year takes, and the workbook more."""
    now = time.time_ns() // 1_000_000
    with spent() as page:
        report = report_of_year(
            log, kept, profile.hall, YEAR, "zh", clerks={}, generated_at=now
        )
        assert report is not None
        year_report_html(report)
    with spent() as book:
        year_report_xlsx(report)
    return page.seconds, book.seconds


def start_row(run: Run, hall: CityHall, folder: Path, last: str) -> Row:
    """Start a house on the year's record, on the morning after its last day."""
    following = next_open_day(hall.profile, last) or last
    said = {
        "profile": str(hall.folder),
        "data": str(folder),
        "starts_at": day_hours(hall.profile, following).sessions[0].opens_at,
        "settled": False,
    }
    taken: list[float] = []
    used: list[float] = []
    for n in range(run.sizes.rounds):
        began = time.perf_counter()
        with child("house_child", said, folder / f"start-{n}.log") as server:
            taken.append(time.perf_counter() - began)
            used.append(server.used().cpu_seconds)
    return measured(
        "year",
        "server started on the year's record",
        taken,
        "s",
        goal=START_GOAL,
        note="from the start of the process until it answers, imports included; "
        f"{median(used):.1f} s of CPU",
    )
