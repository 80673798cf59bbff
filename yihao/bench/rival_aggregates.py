"""The rival: the event sourcing library's own aggregates, used as its manual shows.

Every command loads an aggregate, triggers an event and saves it. Two cuts are tried: an
aggregate for each ticket, which is the fastest and can promise nothing about numbers or
double calls, and one for the whole hall-day, which could. Both know no rule but first
come, first served.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from operator import methodcaller
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event


class TicketAggregate(Aggregate):
    """One ticket."""

    @event("Issued")
    def __init__(self, number: str, queue: str, items: list[str], at: int) -> None:
        self.number = number
        self.queue = queue
        self.items = items
        self.issued_at = at
        self.place = "waiting"
        self.window = ""

    @event("Called")
    def call(self, window: str, clerk: str, at: int) -> None:
        """Call the ticket to a window."""
        self.place = "called"
        self.window = window

    @event("Started")
    def start(self, clerk: str, at: int) -> None:
        """Begin to serve it."""
        self.place = "serving"

    @event("Completed")
    def complete(self, outcome: str, at: int) -> None:
        """End the service."""
        self.place = "ended"


class HallDayAggregate(Aggregate):
    """One hall's day, with all its tickets."""

    @event("Opened")
    def __init__(self, hall: str, date: str) -> None:
        self.hall = hall
        self.date = date
        self.lines: dict[str, deque[str]] = {}
        self.places: dict[str, str] = {}
        self.at_window: dict[str, str] = {}

    def issue(self, ticket: str, queue: str, at: int) -> None:
        """Give the next number."""
        number = f"{queue[:1].upper()}{len(self.places) + 1:03d}"
        self._issued(ticket, number, queue, at)

    @event("TicketIssued")
    def _issued(self, ticket: str, number: str, queue: str, at: int) -> None:
        self.places[ticket] = "waiting"
        self.lines.setdefault(queue, deque()).append(ticket)

    def call_next(self, window: str, queue: str, at: int) -> None:
        """Call whoever has waited longest."""
        self._called(self.lines[queue][0], window, queue, at)

    @event("TicketCalled")
    def _called(self, ticket: str, window: str, queue: str, at: int) -> None:
        self.lines[queue].popleft()
        self.places[ticket] = "called"
        self.at_window[window] = ticket

    @event("ServiceStarted")
    def start(self, window: str, at: int) -> None:
        """Begin to serve whoever is at the window."""
        self.places[self.at_window[window]] = "serving"

    @event("ServiceCompleted")
    def complete(self, window: str, outcome: str, at: int) -> None:
        """End the service."""
        self.places[self.at_window.pop(window)] = "ended"


class LibraryHall:
    """An application of the library, and the same visits as at the desk."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._application: Application[UUID] = Application(env=environment)
        day = HallDayAggregate("city", "2026-11-02")
        self._application.save(day)
        self.day = day.id

    def serve_ticket(self, name: str) -> Iterator[None]:
        """Give four commands to a ticket's aggregate; one at each step."""
        application = self._application
        ticket = TicketAggregate(number="A001", queue="civil", items=["SW001"], at=0)
        application.save(ticket)
        yield
        for command in (
            methodcaller("call", window=name, clerk=name, at=1),
            methodcaller("start", clerk=name, at=2),
            methodcaller("complete", outcome="done", at=3),
        ):
            loaded: TicketAggregate = application.repository.get(ticket.id)
            command(loaded)
            application.save(loaded)
            yield

    def serve_in_day(self, name: str) -> Iterator[None]:
        """Give four commands to the aggregate of the day; one at each step."""
        application = self._application
        for command in (
            methodcaller("issue", ticket=name, queue="civil", at=0),
            methodcaller("call_next", window="1", queue="civil", at=1),
            methodcaller("start", window="1", at=2),
            methodcaller("complete", window="1", outcome="done", at=3),
        ):
            loaded: HallDayAggregate = application.repository.get(self.day)
            command(loaded)
            application.save(loaded)
            yield

    def grow(self, visits: int) -> int:
        """Add so many visits to the day at once; return how many events it has."""
        loaded: HallDayAggregate = self._application.repository.get(self.day)
        for n in range(visits):
            loaded.issue(ticket=f"grown-{n}", queue="civil", at=0)
            loaded.call_next(window="1", queue="civil", at=1)
            loaded.start(window="1", at=2)
            loaded.complete(window="1", outcome="done", at=3)
        self._application.save(loaded)
        return loaded.version

    def load(self) -> None:
        """Load the day from its events."""
        self._application.repository.get(self.day)

    def close(self) -> None:
        """Close the application."""
        self._application.close()
