"""Reports of a day and of a year with their stamps, and the year's made again."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any, cast

from projections.day_record import RecordedDay
from projections.kept.rebuilding import rebuild
from projections.kept.sqlite_store import SqliteKept
from projections.year_report.report import YearReport
from projections.year_report.writing import (
    report_of_year,
    year_report_html,
    year_report_xlsx,
)
from queue_core.log.event_log import EventLog, Recorded
from queue_core.values import Language

from .stamps import (
    NoStamp,
    Stamp,
    head_of_day,
    heads_of_year,
    proof_sheet,
    stamped,
)


def stamp_of_day(
    log: EventLog,
    archives: Path,
    day: RecordedDay,
    language: Language,
    *,
    clerks: dict[str, str],
    generated_at: int,
) -> Stamp:
    """Return the stamp of the report of a day.

    Raises:
        LogError: the record cannot be read.
    """
    upto = day.events[-1][0]
    return Stamp(
        kind="day",
        hall=day.hall,
        date=day.date,
        language=language,
        upto=upto,
        evaluated_at=max((one.at for one in day.evaluations), default=0),
        generated_at=generated_at,
        clerks=clerks,
        heads=[head_of_day(log, archives, day.hall, day.date, upto)],
    )


def stamp_of_year(log: EventLog, hall: str, report: YearReport) -> Stamp:
    """Return the stamp of the report of a year.

    Raises:
        LogError: the record cannot be read.
    """
    return Stamp(
        kind="year",
        hall=hall,
        date=f"{report.year:04}",
        language=report.labels.language,
        upto=report.position,
        generated_at=report.generated_at,
        clerks=dict(report.labels.clerks),
        heads=heads_of_year(log, hall, report.year),
    )


def year_again(log: EventLog, archives: Path, stamp: Stamp, *, as_book: bool) -> bytes:
    """Make the report of a year again, of the record as it was at its position.

    Raises:
        NoStamp: the hall was not open in the year.
        LogError: the record cannot be read.
    """
    with tempfile.TemporaryDirectory() as folder:
        kept = SqliteKept(Path(folder) / "again.db")
        rebuild(cast("EventLog", _LogUpto(log, stamp.upto)), kept, archives=archives)
        report = report_of_year(
            log,
            kept,
            stamp.hall,
            int(stamp.date),
            stamp.language,
            clerks=stamp.clerks,
            generated_at=stamp.generated_at,
        )
        if report is None:
            raise NoStamp(f"{stamp.hall} was not open in {stamp.date}")
        if as_book:
            return year_report_xlsx(report, [proof_sheet(stamp)])
        return stamped(year_report_html(report), stamp)


class _LogUpto:
    """A log as it was when it ended at a position."""

    def __init__(self, log: EventLog, upto: int) -> None:
        self._log = log
        self._upto = upto

    def last_position(self) -> int:
        """Return where it ended."""
        return min(self._log.last_position(), self._upto)

    def read_all(self, after_position: int, limit: int) -> list[Recorded]:
        """Return at most ``limit`` events after a position, in order."""
        found = self._log.read_all(after_position, limit)
        return [one for one in found if one.position <= self._upto]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._log, name)
