"""The day's spot-check report, as a page to print or as a workbook."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any, NamedTuple

from projections.day_record import read_recorded_day
from projections.day_report.writing import day_report_html, day_report_xlsx
from projections.house import House
from projections.labels import labels_of
from queue_core.interface.refusals import NotFound
from queue_core.interface.routes import Call, Document, Route
from queue_core.log.event_log import EventLog
from queue_core.profiles.hours import business_date

from .staff_answers import ReportQuery


HTML = "text/html; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Day(NamedTuple):
    """A day in the record, or in an archive."""

    log: EventLog
    archives: Path
    hall: str
    date: str


async def day_report(call: Call[House, ReportQuery]) -> Document:
    """Make the report of a day: volumes, waits, windows, and what to look at."""
    hall = call.house.hall(call.path["hall"])
    names = await call.house.staff_names()
    now = call.house.clock.now()
    date = call.asked.date or hall.live.date or business_date(hall.profile, now)
    day = Day(call.house.log, call.house.archives, hall.hall, date)
    return await call.house.read(make_report, day, call.asked, names, now)


ROUTES: list[Route[House, Any, Any]] = [
    Route(
        method="GET",
        path="/api/halls/{hall}/reports/day",
        summary="Make the spot-check report of a day, to print or as a workbook.",
        right="see-reports",
        handler=day_report,
        asks=ReportQuery,
        answers=Document,
        media=("text/html", XLSX),
        refuses=(NotFound,),
    ),
]


def make_report(
    day: Day, asked: ReportQuery, clerks: dict[str, str], now: int
) -> Document:
    """Make the report of a recorded day, in the words of that day. It blocks.

    Raises:
        NotFound: The hall was not open on the date.
    """
    found = read_recorded_day(day.log, day.archives, day.hall, day.date)
    if found is None:
        raise NotFound(what="day", name=day.date)
    events, evaluations = found.events, found.evaluations
    words = labels_of(found.profile, asked.language)
    labels = dataclasses.replace(words, clerks=clerks)
    if asked.format == "html":
        return Document(HTML, day_report_html(events, evaluations, labels, now))
    content = day_report_xlsx(events, evaluations, labels, now)
    return Document(XLSX, content, f"{day.hall}-{day.date}.xlsx")
