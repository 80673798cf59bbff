"""Verifying the projections of hall-days, beside the rules and against a rebuild.

``yihao verify`` folds every day of the log by the rules. These checks fold it into the
projections at the same time and compare the two, page by page: what screens and reports
say must be what the rules decide by. In the end each projection must equal one that is
folded anew, in one go.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sortedcontainers import SortedKeyList

from queue_core.care.day_checks import ReaderMaker
from queue_core.events import HallDayEvent, ServiceCompleted
from queue_core.rules.hall_day import HallDay
from queue_core.rules.tickets import Ticket

from .day_facts import DayFacts, facts_of
from .live_hall import CLOSED, PAUSED, LineKey, LiveHall, LiveTicket


class LiveCheck:
    """The live hall, as screens follow it: in pages, and events told twice."""

    name = "the live hall"

    def __init__(self) -> None:
        self._live = LiveHall()
        self._pairs: list[tuple[int, HallDayEvent]] = []
        self._told_from = 0

    def apply(self, version: int, event: HallDayEvent) -> None:
        """Fold an event."""
        self._pairs.append((version, event))
        self._live.apply(version, event)

    def differences(self, day: HallDay) -> Iterator[str]:
        """Yield what the live hall shows otherwise than the rules have it."""
        for version, event in self._pairs[self._told_from :]:
            # A screen's link may tell a page again; nothing may come of it.
            self._live.apply(version, event)
        self._told_from = len(self._pairs)
        if isinstance(self._pairs[-1][1], ServiceCompleted):
            # The command goes on: its ticket is between two places.
            return
        yield from _day(self._live, day)
        yield from _tickets(self._live, day)
        yield from _lines(self._live, day)
        yield from _windows(self._live, day)
        yield from _zones(self._live)

    def rebuilt(self) -> Iterator[str]:
        """Yield where it differs from a live hall that is folded in one go."""
        again = LiveHall()
        for version, event in self._pairs:
            again.apply(version, event)
        yield from _unequal(picture(self._live), picture(again))


class FactsCheck:
    """The facts of which reports are made."""

    name = "the day's facts"

    def __init__(self) -> None:
        self._facts = DayFacts()
        self._pairs: list[tuple[int, HallDayEvent]] = []

    def apply(self, version: int, event: HallDayEvent) -> None:
        """Fold an event."""
        self._pairs.append((version, event))
        self._facts.apply(version, event)

    def differences(self, day: HallDay) -> Iterator[str]:
        """Yield what a report would say otherwise than the rules have it."""
        facts = self._facts
        yield from _unequal(
            {
                v.ticket: (v.number, v.misses, v.end_reason)
                for v in facts.visits.values()
            },
            {t.ticket: (t.number, t.misses, t.ended_as) for t in day.tickets.values()},
        )
        finished = {s for s, one in facts.services.items() if one.finished_version}
        yield from _unequal({"finished": finished}, {"finished": {*day.finished}})
        open_now = {d.window: d.clerk for d in facts.windows.duties if not d.closed_at}
        yield from _unequal(open_now, {w.window: w.clerk for w in day.windows.values()})

    def rebuilt(self) -> Iterator[str]:
        """Yield where they differ from facts that are folded in one go."""
        self._facts.seal()
        again = facts_of(self._pairs)
        yield from _unequal(vars(self._facts.windows), vars(again.windows))
        yield from _unequal(
            {**vars(self._facts), "windows": None}, {**vars(again), "windows": None}
        )


READERS: tuple[ReaderMaker, ...] = (LiveCheck, FactsCheck)
"""The checks of all projections of hall-days."""


# The live hall and the rules.


def _day(live: LiveHall, day: HallDay) -> Iterator[str]:
    state = 2 if day.closed else int(day.opened)
    yield from _unequal(
        {
            "version": live.version,
            "date": live.date,
            "day_state": live.day_state,
            "issued": live.figures.issued,
            "finished services": {*live.services},
        },
        {
            "version": day.version,
            "date": day.date,
            "day_state": state,
            "issued": len(day.tickets),
            "finished services": {*day.finished},
        },
    )


def _tickets(live: LiveHall, day: HallDay) -> Iterator[str]:
    yield from _unequal(
        {name: _place(ticket) for name, ticket in live.tickets.items()},
        {name: _place(ticket) for name, ticket in day.tickets.items()},
    )


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
    yield from _unequal(
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
    yield from _unequal(
        {
            w.window: (
                w.clerk,
                w.duty == PAUSED,
                w.ticket.ticket if w.ticket else "",
                {*w.held},
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
            )
            for w in day.windows.values()
        },
    )


def _zones(live: LiveHall) -> Iterator[str]:
    counted: dict[str, list[str]] = {zone: [] for zone in live.zones}
    for ticket in live.tickets.values():
        counted.setdefault(ticket.zone, []).append(ticket.place)
    places = ("waiting", "parked", "called", "serving", "held")
    yield from _unequal(
        {z: [getattr(one, p) for p in places] for z, one in live.zones.items()},
        {z: [found.count(p) for p in places] for z, found in counted.items()},
    )


# Comparing.

SIMPLE = frozenset({str, int, bool, type(None)})

FIELD_NAMES: dict[type[Any], tuple[str, ...]] = {}
"""Known classes, with the fields of those that are dataclasses."""


def picture(live: LiveHall) -> dict[str, Any]:
    """Return a live hall as plain values that can be compared, whole."""
    return {
        name: _plain(value, whole=name == "tickets")
        for name, value in vars(live).items()
    }


def _plain(value: Any, *, whole: bool = False) -> Any:
    kind = type(value)
    if kind in SIMPLE or (kind is LiveTicket and not whole):
        return value.ticket if kind is LiveTicket else value
    if names := _field_names(kind):
        return [_plain(getattr(value, name)) for name in names]
    if isinstance(value, Mapping):
        # The order counts: it is the order of what a screen shows.
        return [(key, _plain(one, whole=whole)) for key, one in value.items()]
    if isinstance(value, list | tuple | SortedKeyList):
        return [_plain(one) for one in value]
    return value


def _field_names(kind: type[Any]) -> tuple[str, ...]:
    names = FIELD_NAMES.get(kind)
    if names is None:
        is_plain = not dataclasses.is_dataclass(kind)
        names = () if is_plain else tuple(f.name for f in dataclasses.fields(kind))
        FIELD_NAMES[kind] = names
    return names


def _unequal(
    found: Mapping[Any, object], expected: Mapping[Any, object]
) -> Iterable[str]:
    if found == expected:
        return
    for key in [*expected, *(key for key in found if key not in expected)]:
        ours, right = found.get(key), expected.get(key)
        if ours != right:
            yield f"{key} is {ours!r} instead of {right!r}"
