"""The reports of a day and of a year, as pages to print or as workbooks."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any, NamedTuple

from projections.day_record import read_recorded_day
from projections.day_report.writing import day_report_html, day_report_xlsx
from projections.house import House
from projections.labels import labels_of
from projections.proof.reports import stamp_of_day, stamp_of_year
from projections.proof.stamps import proof_sheet, stamped
from projections.year_report.writing import (
    report_of_year,
    year_report_html,
    year_report_xlsx,
)
from queue_core.interface.refusals import NotFound
from queue_core.interface.routes import Call, Document, Route
from queue_core.log.event_log import EventLog
from queue_core.profiles.hours import business_date

from .staff_answers import ReportQuery, YearQuery


HTML = "text/html; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Day(NamedTuple):
    """A day in the record, or in an archive."""

    log: EventLog
    archives: Path
    hall: str
    date: str


class Year(NamedTuple):
    """A year of a hall."""

    hall: str
    year: int


async def day_report(call: Call[House, ReportQuery]) -> Document:
    """Make the report of a day: volumes, waits, windows, and what to look at."""
    hall = call.house.hall(call.path["hall"])
    names = await call.house.staff_names()
    now = call.house.clock.now()
    date = call.asked.date or hall.live.date or business_date(hall.profile, now)
    day = Day(call.house.log, call.house.archives, hall.hall, date)
    return await call.house.read(make_report, day, call.asked, names, now)


async def year_report(call: Call[House, YearQuery]) -> Document:
    """Make the report of a year: months, zones, windows, and when it is busy."""
    hall = call.house.hall(call.path["hall"])
    names = await call.house.staff_names()
    now = call.house.clock.now()
    year = call.asked.year or int(business_date(hall.profile, now)[:4])
    return await call.house.read(
        make_year_report, call.house, Year(hall.hall, year), call.asked, names, now
    )


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
    Route(
        method="GET",
        path="/api/halls/{hall}/reports/year",
        summary="Make the report of a year, to print or as a workbook.",
        right="see-reports",
        handler=year_report,
        asks=YearQuery,
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
    stamp = stamp_of_day(
        day.log, day.archives, found, asked.language, clerks=clerks, generated_at=now
    )
    if asked.format == "html":
        page = day_report_html(events, evaluations, labels, now)
        return Document(HTML, stamped(page, stamp))
    more = [proof_sheet(stamp)]
    content = day_report_xlsx(events, evaluations, labels, now, more)
    return Document(XLSX, content, f"{day.hall}-{day.date}.xlsx")


def make_year_report(
    house: House, year: Year, asked: YearQuery, clerks: dict[str, str], now: int
) -> Document:
    """Make the report of a year, of what is kept of its days. It blocks.

    Raises:
        NotFound: The hall was not open in the year.
        LogError: The figures are still being gathered, or cannot be read.
    """
    house.bookkeeper.bring_up_to_date()
    report = report_of_year(
        house.log,
        house.bookkeeper.kept,
        year.hall,
        year.year,
        asked.language,
        clerks=clerks,
        generated_at=now,
    )
    if report is None:
        raise NotFound(what="year", name=str(year.year))
    stamp = stamp_of_year(house.log, year.hall, report)
    if asked.format == "html":
        return Document(HTML, stamped(year_report_html(report), stamp))
    content = year_report_xlsx(report, [proof_sheet(stamp)])
    return Document(XLSX, content, f"{year.hall}-{year.year}.xlsx")
