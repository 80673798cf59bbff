"""The fold of the log, page by page: days of several halls side by side.

A day that is over is forgotten at the end of its page. An evaluation that comes later
changes the row of its service and the figures of its day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, cast

import msgspec

from queue_core.errors import LogError
from queue_core.events import (
    CompletionUndone,
    EvaluationGiven,
    ProfileAdopted,
    ServiceCompleted,
)
from queue_core.log.event_log import Recorded
from queue_core.log.streams import HALL_DAY, date_of
from queue_core.profiles.profile import parse_profile

from .day_figures import DayFigures
from .day_fold import COUNTED, NOT_COUNTED, DayFold
from .open_day import KeptHall, OpenDay, OpenTicket, kept_hall
from .service_rows import ServiceKey, ServiceRow
from .store import Changes, DayRow, Evaluated
from .tallies import GRADES


FIGURES = msgspec.msgpack.Decoder(DayFigures)
OPEN_DAY = msgspec.msgpack.Decoder(OpenDay)
ENCODER = msgspec.msgpack.Encoder()

OF_A_DAY = frozenset({*COUNTED, *NOT_COUNTED})


class Before(Protocol):
    """What was kept of earlier pages."""

    def day(self, hall: str, date: str) -> DayRow | None:
        """Return what is kept of a day; None if nothing is."""

    def hall(self, hall: str) -> KeptHall | None:
        """Return what is kept of a hall's profile; None if nothing is."""

    def services_of(self, wanted: Iterable[ServiceKey]) -> dict[str, ServiceRow]:
        """Return some rows, by service."""


class PageFold:
    """Folds one page after another. What it knows is what was kept after the last."""

    def __init__(self, before: Before) -> None:
        self._before = before
        self._halls: dict[str, KeptHall] = {}
        self._days: dict[str, DayFold] = {}
        """By stream."""
        self._touched: dict[str, DayFold] = {}
        self._adopted: dict[str, KeptHall] = {}
        self._known: dict[str, ServiceRow] = {}
        """Rows of earlier pages that this one evaluates."""
        self._evaluated: dict[str, Evaluated] = {}

    def go_on(self, before: Before) -> None:
        """Go on with another pen; nobody has written in between."""
        self._before = before

    def fold(self, page: Sequence[Recorded]) -> Changes:
        """Take in a page and return what it changes.

        Raises:
            LogError: it does not follow from what was read before, or makes no sense.
        """
        self._known = self._before.services_of(_evaluated_later(page))
        stream, day = "", None
        for recorded in page:
            event, version = recorded.event, recorded.version
            # ``isinstance`` would be a third of what this loop costs.
            kind = type(event)
            try:
                if kind is CompletionUndone:
                    self._known.pop(cast("CompletionUndone", event).service, None)
                if kind in OF_A_DAY:
                    if recorded.stream != stream or day is None:
                        stream = recorded.stream
                        day = self._touch(stream)
                    day.apply(version, event)
                elif kind is EvaluationGiven:
                    self._evaluate(cast("EvaluationGiven", event))
                elif kind is ProfileAdopted:
                    self._adopt(cast("ProfileAdopted", event))
            except (LookupError, ValueError, msgspec.MsgspecError) as error:
                said = f"{type(error).__name__}: {error}"
                where = f"{recorded.stream} version {version}"
                raise LogError(f"{where} cannot be counted: {said}") from error
        return self._taken()

    # Days.

    def _touch(self, stream: str) -> DayFold:
        day = self._touched.get(stream)
        if day is None:
            day = self._days.get(stream) or self._load(stream)
            self._days[stream] = self._touched[stream] = day
        return day

    def _load(self, stream: str) -> DayFold:
        if not stream.startswith(HALL_DAY):
            raise ValueError("it is no stream of a hall's day")
        hall, date = stream.split("/", 2)[1], date_of(stream)
        row = self._before.day(hall, date)
        if row is None:
            return DayFold(hall, date, self._hall(hall))
        day = DayFold(
            hall,
            date,
            self._hall(hall),
            figures=FIGURES.decode(row.figures),
            open_day=OPEN_DAY.decode(row.open_day) if row.open_day else None,
        )
        day.version, day.last_at, day.closed = row.version, row.last_at, row.closed
        return day

    def _hall(self, hall: str) -> KeptHall:
        known = self._halls.get(hall)
        if known is None:
            known = self._halls[hall] = self._before.hall(hall) or KeptHall()
        return known

    def _adopt(self, event: ProfileAdopted) -> None:
        hall = kept_hall(parse_profile(event.content))
        self._halls[event.hall] = self._adopted[event.hall] = hall
        for day in self._days.values():
            if day.hall == event.hall:
                day.adopt(hall)

    # Evaluations.

    def _evaluate(self, event: EvaluationGiven) -> None:
        day = self._touch(f"{HALL_DAY}{event.hall}/{event.date}")
        ticket = _reopened(day, event)
        row = self._known.get(event.service) if ticket is None else ticket.reopened
        place = -1
        if row is None:
            place = _place_of(event.service, day.finished)
            row = day.finished[place]
        if row.grade:
            return
        row = row.graded(event.grade, event.at, event.channel)
        last = day.day.last.get(row.window)
        if last is not None and last.row and last.row.service == row.service:
            last.row = row
        if ticket is not None:
            ticket.reopened = row
        elif place >= 0:
            day.finished[place] = row
        else:
            self._known[event.service] = row
            self._evaluated[event.service] = Evaluated(
                row.hall,
                row.date,
                row.service,
                row.grade,
                row.evaluated_at,
                row.evaluation_channel,
            )
        grade = GRADES.index(event.grade)
        for tally in day.of_service(row):
            tally.grades[grade] += 1

    # The end of a page.

    def _taken(self) -> Changes:
        """Return what has changed, and forget what is over."""
        changes = Changes(
            halls=self._adopted,
            days=[row_of(day) for day in self._touched.values()],
            services=[row for day in self._touched.values() for row in day.finished],
            evaluated=list(self._evaluated.values()),
            reopened=[
                (day.hall, day.date, service)
                for day in self._touched.values()
                for service in day.reopened
            ],
        )
        for stream, day in self._touched.items():
            day.finished, day.reopened = [], []
            if day.closed:
                del self._days[stream]
        self._touched, self._adopted, self._evaluated = {}, {}, {}
        return changes


def row_of(day: DayFold) -> DayRow:
    """Return what is kept of a day that was folded so far."""
    return DayRow(
        day.hall,
        day.date,
        day.version,
        day.last_at,
        day.closed,
        ENCODER.encode(day.figures),
        b"" if day.closed else ENCODER.encode(day.day),
    )


def _evaluated_later(page: Sequence[Recorded]) -> list[ServiceKey]:
    """Return the services that a page evaluates and has not finished itself."""
    later: list[ServiceKey] = []
    finished: set[str] = set()
    for recorded in page:
        event = recorded.event
        if type(event) is ServiceCompleted:
            finished.add(event.service)
        elif type(event) is EvaluationGiven and event.service not in finished:
            later.append((event.hall, event.date, event.service))
    return later


def _reopened(day: DayFold, event: EvaluationGiven) -> OpenTicket | None:
    """Return the ticket whose service goes on again, if it is the one evaluated."""
    ticket = day.day.tickets.get(event.ticket)
    row = ticket.reopened if ticket is not None else None
    return ticket if row is not None and row.service == event.service else None


def _place_of(service: str, rows: Sequence[ServiceRow]) -> int:
    """Return where a service stands among those that were just finished."""
    for place in range(len(rows) - 1, -1, -1):
        if rows[place].service == service:
            return place
    raise LookupError(f"no service {service} was finished")
