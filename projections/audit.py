"""The audit as its auditor reads it: notes, and the commands of staff, in one line.

Notes come from ``audit/…``; commands come from the hall's days, where every event says
who gave the command, when, and at which window; erasures come from ``persons/…``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from queue_core.care.archive_log import log_of_day
from queue_core.events import AccessNoted, Event
from queue_core.log.event_log import EventLog, Recorded
from queue_core.log.event_names import EVENT_NAMES
from queue_core.log.streams import HOUSE, audit_stream, hall_day_stream, persons_stream
from queue_core.profiles.hours import business_date

from .day_report.workbook import FORMULA_SIGNS
from .house import House


NOT_STAFF = frozenset({"citizen", ""})
"""By whom events are that no member of staff, no device and no rule has caused."""

COLUMNS = ("at", "hall", "by", "action", "whom", "place", "address", "times", "detail")


class AuditLine(NamedTuple):
    """One thing that was done, or refused; with the place of its proof."""

    at: int
    hall: str
    """``house`` where it concerns no hall in particular."""
    by: str
    action: str
    """What was noted, or the stored name of the event."""
    whom: str
    """The account, device or number it was done to."""
    place: str
    """The window, where it was done at one."""
    address: str
    times: int
    since_at: int
    detail: str
    stream: str
    version: int


class AuditAsked(NamedTuple):
    """What of the audit is wanted. Empty fields leave nothing out."""

    halls: tuple[str, ...]
    first: str
    last: str
    account: str = ""
    """By whom, or to whom, it was done."""
    action: str = ""
    commands: bool = True
    """Whether the commands of staff are wanted beside the notes."""


def read_audit(house: House, asked: AuditAsked) -> list[AuditLine]:
    """Return what was noted, newest first. It blocks.

    Raises:
        LogError: The record cannot be read.
    """
    found = [
        line
        for day in days(asked.first, asked.last)
        for hall in asked.halls
        for line in lines_of(house, hall, day, commands=asked.commands)
        if asked.account in {"", line.by, line.whom}
        and asked.action in {"", line.action}
    ]
    found.sort(key=lambda line: (line.at, line.stream, line.version), reverse=True)
    return found


def lines_of(
    house: House, hall: str, day: str, *, commands: bool
) -> Iterator[AuditLine]:
    """Yield everything of one hall, or of the house, on one date."""
    stream = audit_stream(hall, day)
    yield from notes_in(house.log.read(stream), hall)
    if hall != HOUSE:
        persons = house.log.read(persons_stream(hall))
        profile = house.hall(hall).profile
        of_day = [one for one in persons if business_date(profile, one.event.at) == day]
        yield from commands_in(of_day, hall)
    if commands and hall != HOUSE:
        log: EventLog = log_of_day(house.log, house.archives, hall, day)
        yield from commands_in(log.read(hall_day_stream(hall, day)), hall)


def notes_in(recorded: Iterable[Recorded], hall: str) -> Iterator[AuditLine]:
    """Yield the notes of a stream of the audit."""
    for one in recorded:
        event = one.event
        if isinstance(event, AccessNoted):
            yield AuditLine(
                at=event.at,
                hall=hall,
                by=event.by,
                action=event.action,
                whom=event.whom,
                place="",
                address=event.address,
                times=event.times,
                since_at=event.since_at,
                detail=event.detail,
                stream=one.stream,
                version=one.version,
            )


def commands_in(recorded: Iterable[Recorded], hall: str) -> Iterator[AuditLine]:
    """Yield what staff, devices and the rules have caused in a stream of a hall."""
    for one in recorded:
        event = one.event
        if event.by in NOT_STAFF:
            continue
        yield AuditLine(
            at=event.at,
            hall=hall,
            by=event.by,
            action=EVENT_NAMES[type(event)][0],
            whom=text_of(event, "number"),
            place=text_of(event, "window"),
            address="",
            times=1,
            since_at=event.at,
            detail=text_of(event, "reason"),
            stream=one.stream,
            version=one.version,
        )


def text_of(event: Event, field: str) -> str:
    """Return a field of an event, where it has it and it is a text."""
    value = getattr(event, field, "")
    return value if isinstance(value, str) else ""


def days(first: str, last: str) -> Iterator[str]:
    """Yield the dates from the first to the last."""
    # The last day of the calendar has none after it.
    day, end = date.fromisoformat(first), date.fromisoformat(last)
    for after in range((end - day).days + 1):
        yield (day + timedelta(days=after)).isoformat()


def audit_csv(lines: Iterable[AuditLine]) -> bytes:
    """Return lines as a sheet of text, marked as UTF-8 for spreadsheets.

    A text that a spreadsheet would take for a formula gets an apostrophe before it
    (OWASP, CSV injection): what a stranger wrote must not run at the auditor's desk.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for line in lines:
        values = [str(getattr(line, column)) for column in COLUMNS]
        writer.writerow([plain_text(value) for value in values])
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace")


def plain_text(value: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{value}" if value.startswith(FORMULA_SIGNS) else value
