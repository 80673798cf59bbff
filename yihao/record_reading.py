"""``yihao ticket`` and ``yihao report day``: what stands in the record.

The record is read beside the server that writes it; nothing is changed. Days that have
left it are read from their archives.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from projections.day_record import (
    RecordedDay,
    read_recorded_day,
    recorded_dates,
    recorded_halls,
)
from projections.day_report.writing import write_day_report
from projections.labels import labels_of
from projections.proof.rederiving import (
    day_again,
    differences,
    is_book,
    read_stamp,
    wrong_heads,
)
from projections.proof.reports import stamp_of_day, year_again
from projections.proof.stamps import NoStamp, proof_sheet, stamped
from projections.ticket_history import (
    history_text,
    ticket_history,
    tickets_with_number,
)
from queue_core.access.accounts import AccountStore
from queue_core.care.archive_log import archived_dates
from queue_core.clock import wall_clock
from queue_core.errors import ParseError
from queue_core.log.event_log import EventLog

from .settings import Settings
from .stores import have_tables, open_tables, read_log, settings_of


def ticket(options: argparse.Namespace) -> int:
    """Print one number's way through the day; 1 if the day has no such number."""
    with open_record(options) as log:
        day = recorded_day(log, settings_of(options).archives, options)
    found = tickets_with_number(day.events, options.number)
    labels = labels_of(day.profile, options.lang)
    for name in found:
        print(f"{options.number.upper()}  {day.date}  {labels.hall}")
        print(history_text(ticket_history(day.events, name, labels, day.evaluations)))
    if not found:
        raise ParseError(f"{day.hall} has no number {options.number} on {day.date}")
    return 0


def report_day(options: argparse.Namespace) -> int:
    """Write the day's report into a folder, and print the files' names."""
    settings, made_at = settings_of(options), wall_clock()
    with open_record(options) as log:
        day = recorded_day(log, settings.archives, options)
        names = asyncio.run(clerk_names(settings))
        stamp = stamp_of_day(
            log,
            settings.archives,
            day,
            options.lang,
            clerks=names,
            generated_at=made_at,
        )
    files = write_day_report(
        day.events,
        day.evaluations,
        day.profile,
        options.out,
        options.lang,
        generated_at=made_at,
        clerks=names,
        finish=lambda page: stamped(page, stamp),
        more=[proof_sheet(stamp)],
    )
    for file in files:
        print(file)
    return 0


def verify_report(options: argparse.Namespace) -> int:
    """Derive a report again from the record; 1 if anything differs.

    Raises:
        ParseError: The file is no report that carries a stamp.
        LogError: The record cannot be read.
    """
    content, archives = options.file.read_bytes(), settings_of(options).archives
    as_book = is_book(content)
    with open_record(options) as log:
        try:
            stamp = read_stamp(content)
            make = day_again if stamp.kind == "day" else year_again
            again = make(log, archives, stamp, as_book=as_book)
        except NoStamp as error:
            raise ParseError(f"{options.file}: {error}", "file") from error
        wrong = list(wrong_heads(log, archives, stamp))
    wrong += differences(content, again)
    for text in wrong:
        print(f"differs  {text}")
    found = f"{len(wrong)} differences" if wrong else "the same"
    print(f"{options.file}: {stamp.hall} {stamp.date}: {found}")
    return 1 if wrong else 0


@contextmanager
def open_record(options: argparse.Namespace) -> Iterator[EventLog]:
    """Open the record for reading.

    Raises:
        LogError: There is none.
    """
    log = read_log(settings_of(options))
    try:
        yield log
    finally:
        log.close()


def recorded_day(
    log: EventLog, archives: Path, options: argparse.Namespace
) -> RecordedDay:
    """Read the day that the options name, from the log or from its archive.

    Raises:
        ArchiveDamaged: The day's archive is not what was written.
        ParseError: The record holds several halls, or no such hall or day.
    """
    hall = recorded_hall(log, options)
    dates = sorted({*recorded_dates(log, hall), *archived_dates(archives, hall)})
    date = options.date or dates[-1]
    day = read_recorded_day(log, archives, hall, date)
    if day is None:
        raise ParseError(f"{hall} was not open on {date}", "date")
    return day


def recorded_hall(log: EventLog, options: argparse.Namespace) -> str:
    """Return the hall that the options name, or the only one there is.

    Raises:
        ParseError: The record holds several halls, or no such hall.
    """
    halls = recorded_halls(log)
    if options.hall and options.hall not in halls:
        raise ParseError(f"the record knows no hall {options.hall}", "hall")
    if not options.hall and len(halls) != 1:
        raise ParseError(f"name one hall of: {', '.join(halls) or 'none'}", "hall")
    return str(options.hall or halls[0])


async def clerk_names(settings: Settings) -> dict[str, str]:
    """Return account → name; none where the accounts are kept elsewhere."""
    if not have_tables(settings):
        return {}
    accounts = AccountStore(open_tables(settings))
    try:
        return {one.account: one.name for one in await accounts.accounts()}
    finally:
        await accounts.close()
