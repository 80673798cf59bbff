"""Logs to take care of: days of a small hall as the rules decide them, in any store."""

from __future__ import annotations

import datetime
import functools
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import psycopg

from queue_core import commands as c
from queue_core.care.opening import reading
from queue_core.care.places import Place
from queue_core.care.rows import Row
from queue_core.care.verdict import Fault
from queue_core.events import EvaluationGiven, Event, ServiceCompleted, TicketPinned
from queue_core.log.event_log import Entry, EventLog
from queue_core.log.postgres_log import PostgresLog
from queue_core.log.sqlite_log import SqliteLog
from queue_core.log.streams import evaluation_stream, hall_day_stream, profile_stream
from queue_core.profiles.catalog import shipped_profile_dir
from queue_core.profiles.profile import HallProfile, serialize_profile
from queue_core.profiles.reading import read_profile
from queue_core.rules import profile_adoption
from queue_core.rules.hall_day import HallDay, decide, evolve
from queue_core.rules.profile_adoption import AdoptedProfile
from queue_core.values import DayHours, Session
from tests.queue_core.rules.hall import CLERKS, HOURS, MINUTE, NINE, RULES


MONDAY = "2026-11-02"
DAY = f"hall-day/city/{MONDAY}"
DAY_MS = 24 * 60 * MINUTE

Fill = Callable[[Sequence[Entry]], Place]
"""Makes a store of some kind with these entries in it, and says where it is."""

NewPlace = Callable[[str], Place]
"""Finds a place for a store of a kind; nothing is there."""


def days_from(first: str, count: int) -> list[str]:
    """Return some dates that follow one another."""
    day = datetime.date.fromisoformat(first)
    return [(day + datetime.timedelta(n)).isoformat() for n in range(count)]


class Played:
    """One day of a hall, decided by the rules; ``entries`` are its record."""

    def __init__(self, hall: str, date: str, *, tickets: int = 3) -> None:
        self.hall, self.date = hall, date
        self.entries: list[Entry] = []
        self._state = HallDay()
        elapsed = datetime.date.fromisoformat(date) - datetime.date(2026, 11, 2)
        self._shift = elapsed.days * DAY_MS
        self.at = HOURS.doors_at + self._shift
        self._commands = 0
        self.do(c.OpenDay, date=date, hours=self._hours(), rules=RULES)
        for window in CLERKS:
            self.at_window(c.OpenWindow, window)
        self.at = NINE + self._shift
        for n in range(tickets):
            self.serve(f"{hall}-{date}-{n}", evaluated=n % 2 == 0)

    def do(self, kind: type[c.HallDayCommand], **values: Any) -> None:
        """Decide a command and record what it causes."""
        self._commands += 1
        cause = f"{self.hall}-{self.date}-{self._commands}"
        command = kind(command_id=cause, at=self.at, by="somebody", **values)
        for event in decide(self._state, command):
            evolve(self._state, event)
            stream = hall_day_stream(self.hall, self.date)
            self.entries.append((stream, self._state.version, event))

    def at_window(
        self, kind: type[c.HallDayCommand], window: str = "1", **values: Any
    ) -> None:
        """Decide a command of a clerk."""
        self.do(kind, window=window, clerk=CLERKS[window], **values)

    def serve(self, ticket: str, *, evaluated: bool) -> None:
        """Take a number, call it, serve it, and perhaps evaluate it."""
        self.do(c.IssueTicket, ticket=ticket, items=["a1"], channel="kiosk")
        self.at += MINUTE
        self.at_window(c.CallNext)
        self.at_window(c.StartService)
        self.at += 3 * MINUTE
        self.at_window(c.CompleteService, outcome="done")
        if evaluated:
            done = next(
                (version, event)
                for _, version, event in reversed(self.entries)
                if isinstance(event, ServiceCompleted)
            )
            self.entries.append(self.evaluation(*done))

    def evaluation(self, version: int, done: ServiceCompleted) -> Entry:
        """Return the evaluation of a service that this day finished."""
        given = EvaluationGiven(
            at=self.at,
            by="citizen",
            command_id=f"{done.service}-evaluated",
            service=done.service,
            hall=self.hall,
            date=self.date,
            ticket=done.ticket,
            number=done.number,
            window=done.window,
            clerk=done.clerk,
            grade="satisfied",
            indicators=[],
            text="很快",
            channel="phone",
            hall_version=version,
        )
        return evaluation_stream(done.service), 1, given

    def close(self) -> Played:
        """End the day."""
        self.at = HOURS.ends_at + self._shift
        self.do(c.CloseDay)
        return self

    def _hours(self) -> DayHours:
        def moved(at: int) -> int:
            return at + self._shift

        return DayHours(
            doors_at=moved(HOURS.doors_at),
            sessions=[
                Session(opens_at=moved(s.opens_at), closes_at=moved(s.closes_at))
                for s in HOURS.sessions
            ],
            closing_soon_at=moved(HOURS.closing_soon_at),
            cut_off_at=moved(HOURS.cut_off_at),
            closes_at=moved(HOURS.closes_at),
            ends_at=moved(HOURS.ends_at),
        )


@functools.cache
def township() -> HallProfile:
    """Return a profile that is shipped."""
    return read_profile(shipped_profile_dir("township"))


def adopted(hall: str) -> Entry:
    """Return the adoption of a hall's profile."""
    profile = msgspec.structs.replace(township(), hall=hall)
    command = c.AdoptProfile(
        command_id=f"{hall}-profile",
        at=NINE - DAY_MS,
        by="office",
        hall=hall,
        revision=profile.revision,
        content=serialize_profile(profile),
    )
    (event,) = profile_adoption.decide(AdoptedProfile(), command)
    return profile_stream(hall), 1, event


def some_days(count: int = 3, *, hall: str = "city", tickets: int = 3) -> list[Entry]:
    """Return a profile and some days, all closed but the last."""
    entries = [adopted(hall)]
    dates = days_from(MONDAY, count)
    for date in dates:
        day = Played(hall, date, tickets=tickets)
        entries += (day if date == dates[-1] else day.close()).entries
    return entries


def notes(count: int, *, size: int = 10, first: int = 1) -> list[Entry]:
    """Return many events of one stream, of some size; no day would fold them."""
    return [
        (
            "hall-day/city/2026-11-02",
            version,
            TicketPinned(
                at=NINE,
                by="m",
                command_id=f"m{version}",
                ticket=f"t{version}",
                reason="x" * size,
            ),
        )
        for version in range(first, first + count)
    ]


def played(*changes: tuple[type[Event], dict[str, object]]) -> list[Entry]:
    """Return a closed day in which the first event of some kinds is another."""
    entries = [adopted("city"), *Played("city", MONDAY).close().entries]
    for kind, values in changes:
        found = next(n for n, one in enumerate(entries) if type(one[2]) is kind)
        stream, version, event = entries[found]
        changed = msgspec.structs.replace(event, **values)
        entries[found] = (stream, version, changed)
    return entries


def told(fault: Fault) -> tuple[str, str, int]:
    """Return what kind of fault it is and where."""
    return fault.kind, fault.stream, fault.version


# Stores.


def begin(program: str, *arguments: Place) -> subprocess.Popen[str]:
    """Start a program that says something and then stands still."""
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def open_log(place: Place) -> EventLog:
    """Open a log as a server does."""
    return SqliteLog(place) if isinstance(place, Path) else PostgresLog(place)


def append(place: Place, entries: Sequence[Entry]) -> None:
    """Record entries, some at a time, as a desk would."""
    with closing(open_log(place)) as log:
        for start in range(0, len(entries), 400):
            log.append(entries[start : start + 400])


def rows_in(place: Place) -> list[Row]:
    """Return every stored row of a log."""
    with reading(place) as rows:
        return rows.page(0, 10**9)


def spoil(place: Place, statement: str, *values: Any) -> None:
    """Do something to the stored rows that no program of the house would do.

    The statement names the columns as PostgreSQL has them.
    """
    if isinstance(place, Path):
        for ours, theirs in (
            ("yihao_events", "stored_events"),
            ("position", "rowid"),
            ("stream", "originator_id"),
            ("version", "originator_version"),
            ("%s", "?"),
        ):
            statement = statement.replace(ours, theirs)
        with closing(sqlite3.connect(place)) as connection, connection:
            connection.execute(statement, values)
    else:
        with psycopg.connect(place, autocommit=True) as other:
            other.execute(statement.encode(), values)
