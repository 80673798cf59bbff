"""Making the year's report of what is kept, as bytes or as two files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from projections.day_record import profile_at
from projections.day_report.workbook import Sheet
from projections.day_report.writing import write_file
from projections.kept.store import KeptStore
from queue_core.log.event_log import EventLog
from queue_core.values import Language

from .page import html_page
from .report import YearReport, year_report
from .sheets import workbook_bytes


def report_of_year(
    log: EventLog,
    kept: KeptStore,
    hall: str,
    year: int,
    language: Language,
    *,
    clerks: Mapping[str, str],
    generated_at: int,
) -> YearReport | None:
    """Return the report of a hall's year; None if the hall never opened in it.

    The words are those of the profile by which the hall worked last in that year.

    Raises:
        NotKept: the figures are still being gathered.
        LogError: log or tables cannot be read.
    """
    found = kept.days(hall, f"{year:04}-01-01", f"{year:04}-12-31")
    if not found.days:
        return None
    profile = profile_at(log, hall, found.days[-1].last_at)
    return year_report(
        found, year, profile, language, clerks=clerks, generated_at=generated_at
    )


def year_report_html(report: YearReport) -> bytes:
    """Return the report as one HTML file, in UTF-8."""
    return html_page(report).encode()


def year_report_xlsx(report: YearReport, more: Sequence[Sheet] = ()) -> bytes:
    """Return the report as a workbook, with ``more`` sheets at its end."""
    return workbook_bytes(report, more)


def write_year_report(
    report: YearReport,
    hall: str,
    folder: Path,
    finish: Callable[[bytes], bytes] = bytes,
    more: Sequence[Sheet] = (),
) -> list[Path]:
    """Write the HTML page and the workbook into ``folder``; return both paths.

    ``finish`` adds to the page what ``more`` adds to the workbook.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{hall}-{report.year}-{report.labels.language}"
    return [
        write_file(folder / f"{name}.html", finish(year_report_html(report))),
        write_file(folder / f"{name}.xlsx", year_report_xlsx(report, more)),
    ]
