"""What must be so in a hall-day: it folds, and its events could have been decided."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from queue_core.events import (
    CompletionUndone,
    DayOpened,
    Event,
    HallDayEvent,
    MissUndone,
    ServiceCompleted,
    ServiceStarted,
    TicketCalled,
    TicketIssued,
)
from queue_core.log.streams import date_of
from queue_core.rules.hall_day import HallDay, evolve

from .stream_checks import Finding, is_odd, times_and_cause


Pairs = Sequence[tuple[int, HallDayEvent]]
"""Events of one hall-day with their versions, in order."""


class ReaderCheck(Protocol):
    """A projection of one hall-day that is followed beside the rules' own fold."""

    name: str

    def apply(self, version: int, event: HallDayEvent) -> None:
        """Fold an event. Whatever it raises is a fault of the projection."""

    def glance(self, day: HallDay, pairs: Pairs) -> Iterable[str]:
        """Return what differs from the rules in whatever some events have touched.

        It is asked after every page of the log about the events of that page.
        """

    def differences(self, day: HallDay) -> Iterable[str]:
        """Return everything that differs from the rules."""

    def rebuilt(self, pairs: Pairs) -> Iterable[str]:
        """Return where the projection differs from one that is folded anew."""


ReaderMaker = Callable[[], ReaderCheck]
"""Makes the check of a projection for one more hall-day."""


class Finished(NamedTuple):
    """The services that a day has finished, and when it had not yet, or no more."""

    at: dict[str, int]
    """Service → the version that finished it for good."""
    undone: dict[str, list[tuple[int, int]]]
    """Service → (the version that finished it, the version that undid that)."""

    def had(self, service: str, version: int) -> bool:
        """Tell whether a service was finished at a version of the day."""
        if 0 < self.at.get(service, 0) <= version:
            return True
        before = self.undone.get(service, ())
        return any(at <= version < undone_at for at, undone_at in before)


class DayCheck:
    """Folds a hall-day, and looks at each event before it changes the state."""

    def __init__(self, stream: str, readers: Sequence[ReaderMaker]) -> None:
        self.stream = stream
        self._date = date_of(stream)
        self._readers = [reader() for reader in readers]
        self._numbers: set[str] = set()
        self._undone: dict[str, list[tuple[int, int]]] = {}
        self._last_at = 0
        self._pairs: list[tuple[int, HallDayEvent]] = []
        self._followed = 0
        """So many of the pairs have been told to the readers."""
        self.day = HallDay()
        self.folds = True

    @property
    def finished(self) -> Finished:
        """Return the finished services, and the versions that finished them."""
        at = {service: at for service, (at, _) in self.day.finished.items()}
        return Finished(at, self._undone)

    def had_finished(self, service: str, version: int) -> bool:
        """Tell whether a service was finished at a version of the day."""
        at = self.day.finished[service][0] if service in self.day.finished else 0
        return Finished({service: at}, self._undone).had(service, version)

    def see(self, version: int, event: Event) -> list[Finding]:
        """Return what is wrong with an event, and fold it."""
        found = [*times_and_cause(event)] if is_odd(event) else []
        if event.at < self._last_at:
            seconds = (self._last_at - event.at) / 1000
            found.append(Finding(None, f"the time goes back by {seconds:g} s"))
        self._last_at = event.at
        if not isinstance(event, HallDayEvent):
            self.folds = False
            text = f"{type(event).__name__} does not belong in a day"
            found.append(Finding("fold", text))
        elif self.folds:
            if self._is_unordered(event):
                found += self._order(event)
            if type(event) in LIVES:
                found += self._life(event)
            found += self._fold(event)
            self._pairs.append((version, event))
        return found

    def compare(self) -> Iterator[Finding]:
        """Yield where a projection says something else than the rules."""
        new, self._followed = self._pairs[self._followed :], len(self._pairs)
        for reader in list(self._readers) if self.folds else ():
            yield from self._follow(reader, new)
        if new:
            yield from self._ask(lambda reader: reader.glance(self.day, new))

    def finish(self) -> Iterator[Finding]:
        """Yield where a projection differs from the rules, now in everything."""
        yield from self.compare()
        yield from self._ask(lambda reader: reader.differences(self.day))

    def rebuild(self) -> Iterator[Finding]:
        """Yield where a projection differs from one that is folded anew."""
        yield from self._ask(lambda reader: reader.rebuilt(self._pairs))

    def _follow(self, reader: ReaderCheck, pairs: Pairs) -> Iterator[Finding]:
        for version, event in pairs:
            try:
                reader.apply(version, event)
            except Exception as error:
                self._readers.remove(reader)
                said = f"fails at version {version} with {type(error).__name__}"
                yield Finding("projection", f"{reader.name}: {said}: {error}")
                return

    def _ask(self, ask: Callable[[ReaderCheck], Iterable[str]]) -> Iterator[Finding]:
        for reader in list(self._readers) if self.folds else ():
            try:
                said = list(ask(reader))
            except Exception as error:
                self._readers.remove(reader)
                said = [f"fails with {type(error).__name__}: {error}"]
            for text in said:
                yield Finding("projection", f"{reader.name}: {text}")

    def _is_unordered(self, event: HallDayEvent) -> bool:
        day = self.day
        return (
            day.closed
            or not day.opened
            or isinstance(event, DayOpened)
            or event.command_id in day.answered
        )

    def _order(self, event: HallDayEvent) -> Iterator[Finding]:
        # A command's events were recorded together, and once.
        first, last = self.day.answered.get(event.command_id, (0, 0))
        if last and last != self.day.version:
            said = f"versions {first} to {last}"
            yield Finding("rule", f"command {event.command_id} caused {said} before")
        name = type(event).__name__
        if self.day.closed:
            yield Finding("rule", f"{name} stands after the day's end")
        if isinstance(event, DayOpened):
            if self.day.opened:
                yield Finding("rule", "the day was open already")
            if event.date != self._date:
                yield Finding("rule", f"it opens {event.date}")
        elif not self.day.opened:
            yield Finding("rule", f"{name} stands before the day's opening")

    def _life(self, event: HallDayEvent) -> Iterator[Finding]:
        match event:
            case TicketIssued():
                yield from self._issue(event)
            case TicketCalled(ticket=ticket, window=window):
                yield from self._call(ticket, window)
            case ServiceStarted(ticket=ticket, number=number):
                started = self.day.tickets.get(ticket)
                if started is not None and started.place != "called":
                    yield Finding("rule", f"{number} was not called")
            case ServiceCompleted(service=service):
                if service in self.day.finished:
                    yield Finding("rule", f"service {service} was finished before")
            case MissUndone() | CompletionUndone():
                yield from self._undo(event)

    def _issue(self, event: TicketIssued) -> Iterator[Finding]:
        if event.ticket in self.day.tickets:
            yield Finding("rule", f"ticket {event.ticket} was issued before")
        if event.number in self._numbers:
            yield Finding("rule", f"number {event.number} was given before")
        self._numbers.add(event.number)
        follows = len(self.day.by_sequence) + 1
        if event.sequence != follows:
            yield Finding("rule", f"ticket {event.sequence} of the day, not {follows}")

    def _call(self, ticket: str, window: str) -> Iterator[Finding]:
        place = self.day.windows.get(window)
        if place is not None and place.ticket is not None:
            yield Finding("rule", f"window {window} had {place.ticket.number} already")
        called = self.day.tickets.get(ticket)
        if called is not None and called.place in ("called", "serving", "ended"):
            yield Finding("rule", f"{called.number} was {called.place} already")

    def _undo(self, event: MissUndone | CompletionUndone) -> Iterator[Finding]:
        window = self.day.windows.get(event.window)
        done = window.done if window is not None else None
        if done is None or done.version != event.undoes:
            said = f"version {event.undoes} was not the last of window {event.window}"
            yield Finding("rule", said)
        elif isinstance(event, CompletionUndone):
            undone_at = self.day.version + 1
            before = self._undone.setdefault(event.service, [])
            before.append((done.version, undone_at))

    def _fold(self, event: HallDayEvent) -> Sequence[Finding]:
        try:
            evolve(self.day, event)
        except Exception as error:  # Whatever a state of nonsense leads to.
            self.folds = False
            said = f"{type(error).__name__}: {error}"
            text = f"{type(event).__name__} cannot be folded: {said}"
            return [Finding("fold", text)]
        return ()


LIVES = frozenset(
    {
        *(TicketIssued, TicketCalled, ServiceStarted, ServiceCompleted),
        *(MissUndone, CompletionUndone),
    }
)
"""Events of which more is known than that they fold."""
