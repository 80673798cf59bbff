"""Verifying the projections of hall-days, beside the rules and against a rebuild.

``yihao verify`` folds every day of the log by the rules. These checks fold it into the
projections at the same time and compare the two: what screens and reports say must be
what the rules decide by. After every page of the log the tickets are compared that its
events have named, with all windows; at the end of the day everything is.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping

from queue_core.care.day_checks import Pairs, ReaderMaker
from queue_core.events import CompletionUndone, HallDayEvent, ServiceCompleted
from queue_core.rules.hall_day import HallDay
from queue_core.rules.tickets import Ticket
from queue_core.rules.undoing import undoable

from .comparing import picture, unequal
from .day_facts import DayFacts, facts_of
from .live_hall import CLOSED, PAUSED, LineKey, LiveHall, LiveTicket


TOLD_AGAIN = 50
"""So many events of a page are told twice, as a link may; nothing may come of it."""


class LiveCheck:
    """The live hall, as screens follow it: in pages, and events told twice."""

    name = "the live hall"

    def __init__(self) -> None:
        self._live = LiveHall()
        self._unseen: list[tuple[int, HallDayEvent]] = []
        """Events of a page that ended within a command."""

    def apply(self, version: int, event: HallDayEvent) -> None:
        """Fold an event."""
        self._live.apply(version, event)

    def glance(self, day: HallDay, pairs: Pairs) -> Iterator[str]:
        """Yield what differs of tickets that were touched, of windows and counts."""
        live = self._live
        for version, event in pairs[-TOLD_AGAIN:]:
            live.apply(version, event)
        pairs = [*self._unseen, *pairs]
        if isinstance(pairs[-1][1], ServiceCompleted):
            # The command goes on: its ticket is between two places.
            self._unseen = pairs
            return
        self._unseen = []
        yield from _day(live, day)
        yield from _finished(pairs, live.services, day)
        tickets = tickets_in(pairs)
        yield from unequal(_places(live, tickets), _places(day, tickets))
        yield from unequal(_ranks(live, tickets), _ranks_by_rule(day, tickets))
        yield from _windows(live, day)
        waiting = sum(zone.waiting for zone in live.zones.values())
        yield from unequal({"waiting": waiting}, {"waiting": _waiting(day)})

    def differences(self, day: HallDay) -> Iterator[str]:
        """Yield what the live hall shows otherwise than the rules have it."""
        if self._unseen:
            return
        yield from _day(self._live, day)
        yield from unequal(
            {"services": {*self._live.services}}, {"services": {*day.finished}}
        )
        yield from unequal(
            _places(self._live, self._live.tickets), _places(day, day.tickets)
        )
        yield from _lines(self._live, day)
        yield from _windows(self._live, day)
        yield from _zones(self._live)

    def rebuilt(self, pairs: Pairs) -> Iterator[str]:
        """Yield where it differs from a live hall that is folded in one go."""
        again = LiveHall()
        for version, event in pairs:
            again.apply(version, event)
        yield from unequal(picture(self._live), picture(again))


class FactsCheck:
    """The facts of which reports are made."""

    name = "the day's facts"

    def __init__(self) -> None:
        self._facts = DayFacts()

    def apply(self, version: int, event: HallDayEvent) -> None:
        """Fold an event."""
        self._facts.apply(version, event)

    def glance(self, day: HallDay, pairs: Pairs) -> Iterator[str]:
        """Yield what differs of visits that were touched, and of open windows."""
        yield from self._visits(day, tickets_in(pairs))
        services = self._facts.services
        finished = {
            name
            for name in services_in(pairs)
            if name in services and services[name].finished_version
        }
        yield from _finished(pairs, finished, day)
        yield from self._windows(day)

    def differences(self, day: HallDay) -> Iterator[str]:
        """Yield what a report would say otherwise than the rules have it."""
        facts = self._facts
        yield from self._visits(day, {*day.tickets, *facts.visits})
        finished = {s for s, one in facts.services.items() if one.finished_version}
        yield from unequal({"finished": finished}, {"finished": {*day.finished}})
        yield from self._windows(day)

    def rebuilt(self, pairs: Pairs) -> Iterator[str]:
        """Yield where they differ from facts that are folded in one go."""
        self._facts.seal()
        again = facts_of(pairs)
        yield from unequal(vars(self._facts.windows), vars(again.windows))
        yield from unequal(
            {**vars(self._facts), "windows": None}, {**vars(again), "windows": None}
        )

    def _visits(self, day: HallDay, tickets: Iterable[str]) -> Iterable[str]:
        visits, known = self._facts.visits, day.tickets
        return unequal(
            {
                name: (v.number, v.misses, v.end_reason)
                for name in tickets
                if (v := visits.get(name))
            },
            {
                name: (t.number, t.misses, t.ended_as)
                for name in tickets
                if (t := known.get(name))
            },
        )

    def _windows(self, day: HallDay) -> Iterable[str]:
        duties = self._facts.windows.duties
        open_now = {duty.window: duty.clerk for duty in duties if not duty.closed_at}
        return unequal(open_now, {w.window: w.clerk for w in day.windows.values()})


READERS: tuple[ReaderMaker, ...] = (LiveCheck, FactsCheck)
"""The checks of all projections of hall-days."""


# What a page names.


def tickets_in(pairs: Pairs) -> set[str]:
    """Return the tickets that events name."""
    return {getattr(event, "ticket", "") for _, event in pairs}


def services_in(pairs: Pairs) -> set[str]:
    """Return the services that events finish, or say are not finished after all."""
    told = (ServiceCompleted, CompletionUndone)
    return {event.service for _, event in pairs if isinstance(event, told)}


# The live hall and the rules.


def _day(live: LiveHall, day: HallDay) -> Iterable[str]:
    state = 2 if day.closed else int(day.opened)
    return unequal(
        {
            "version": live.version,
            "date": live.date,
            "day_state": live.day_state,
            "issued": live.figures.issued,
            "tickets": len(live.tickets),
            "finished services": len(live.services),
            "notices": {name: one.until_at for name, one in live.notices.items()},
        },
        {
            "version": day.version,
            "date": day.date,
            "day_state": state,
            "issued": len(day.tickets),
            "tickets": len(day.tickets),
            "finished services": len(day.finished),
            "notices": day.notices,
        },
    )


def _finished(pairs: Pairs, finished: Container[str], day: HallDay) -> Iterator[str]:
    """Yield the services that only one of the two knows as finished."""
    for name in sorted(services_in(pairs)):
        if (name in finished) != (name in day.finished):
            told = "finished" if name in finished else "not finished"
            yield f"service {name} is {told}, and the rules have it otherwise"


def _places(
    state: LiveHall | HallDay, tickets: Iterable[str]
) -> dict[str, tuple[object, ...]]:
    known: Mapping[str, LiveTicket | Ticket] = state.tickets
    return {name: _place(known[name]) for name in tickets if name in known}


def _ranks(live: LiveHall, tickets: Iterable[str]) -> dict[str, int]:
    """Return how many are called before each ticket that waits, as screens say it."""
    waiting = (live.tickets[name] for name in tickets if name in live.tickets)
    ranks = ((ticket.ticket, live.people_ahead(ticket)) for ticket in waiting)
    return {name: ahead for name, ahead in ranks if ahead is not None}


def _ranks_by_rule(day: HallDay, tickets: Iterable[str]) -> dict[str, int]:
    known = (day.tickets[name] for name in tickets if name in day.tickets)
    return {
        ticket.ticket: (
            day.window_lines[ticket.only_window].bisect_left(ticket.key)
            if ticket.only_window
            else day.line(ticket.queue, ticket.extended).people_ahead(ticket.key)
        )
        for ticket in known
        if ticket.place == "waiting"
    }


def _waiting(day: HallDay) -> int:
    lines = sum(len(line.waiting) for line in day.lines.values())
    return lines + sum(len(keys) for keys in day.window_lines.values())


def _place(ticket: LiveTicket | Ticket) -> tuple[object, ...]:
    if ticket.place == "ended":
        return (ticket.number, "ended")
    is_at_window = ticket.place in ("called", "serving", "held")
    return (
        ticket.number,
        ticket.parked_reason or ticket.place,
        ticket.queue,
        ticket.window if is_at_window else "",
        ticket.only_window if ticket.place == "waiting" else "",
        ticket.effective_at,
        ticket.items,
        ticket.service,
        ticket.misses,
    )


def _lines(live: LiveHall, day: HallDay) -> Iterator[str]:
    by_rule = {
        LineKey(queue, extended, ""): line.waiting
        for (queue, extended), line in day.lines.items()
    } | {LineKey("", False, window): keys for window, keys in day.window_lines.items()}
    yield from unequal(
        {key: [t.ticket for t in line] for key, line in live.lines.items() if line},
        {
            key: [day.ticket_of(one).ticket for one in keys]
            for key, keys in by_rule.items()
            if keys
        },
    )
    for line in live.lines.values():
        for ahead, ticket in enumerate(line):
            if live.people_ahead(ticket) != ahead:
                yield f"{ticket.number} is told {live.people_ahead(ticket)} ahead"


def _windows(live: LiveHall, day: HallDay) -> Iterator[str]:
    yield from unequal(
        {
            w.window: (
                w.clerk,
                w.duty == PAUSED,
                w.ticket.ticket if w.ticket else "",
                {*w.held},
                done.ticket if (done := live.undoable(w)) else "",
            )
            for w in live.windows.values()
            if w.duty != CLOSED
        },
        {
            w.window: (
                w.clerk,
                w.paused,
                w.ticket.ticket if w.ticket else "",
                {*w.held},
                one.ticket.ticket if (one := undoable(day, w)) else "",
            )
            for w in day.windows.values()
        },
    )


def _zones(live: LiveHall) -> Iterator[str]:
    counted: dict[str, list[str]] = {zone: [] for zone in live.zones}
    for ticket in live.tickets.values():
        counted.setdefault(ticket.zone, []).append(ticket.place)
    places = ("waiting", "parked", "called", "serving", "held")
    yield from unequal(
        {z: [getattr(one, p) for p in places] for z, one in live.zones.items()},
        {z: [found.count(p) for p in places] for z, found in counted.items()},
    )
