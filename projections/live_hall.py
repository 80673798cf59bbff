"""The live picture of one hall-day, folded from its events and nothing else.

Screens, the link and the HTTP readers take what they show from here. The picture
keeps every waiting ticket in dispatch order, so that the people ahead of a ticket
are read in O(log n), and counts zones and figures as it goes.
"""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, Any

from sortedcontainers import SortedKeyList

from queue_core import events as e

from .live import day_fold, duty_fold, notice_fold, ticket_fold, undo_fold
from .live.effects import Effects
from .live.load import Load
from .live.places import (
    CLOSED,
    OPEN,
    PAUSED,
    Figures,
    LineKey,
    LiveCall,
    LiveDone,
    LiveNotice,
    LiveService,
    LiveTicket,
    LiveWindow,
    ZoneCounts,
    waited_longest,
)


if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from queue_core.values import DayHours, HallRules, WindowRules

__all__ = [
    "CLOSED",
    "OPEN",
    "PAUSED",
    "Figures",
    "LineKey",
    "LiveCall",
    "LiveDone",
    "LiveHall",
    "LiveNotice",
    "LiveService",
    "LiveTicket",
    "LiveWindow",
    "ZoneCounts",
]

Line = SortedKeyList[LiveTicket, tuple[int, int, int]]
"""Waiting tickets in dispatch order."""

FOLDS: dict[type[e.Event], Callable[[LiveHall, Any, Effects], None]] = {
    e.DayOpened: day_fold.day_opened,
    e.RulesAdopted: day_fold.rules_adopted,
    e.DayClosed: day_fold.day_closed,
    e.NoticeBroadcast: notice_fold.notice_broadcast,
    e.NoticeWithdrawn: notice_fold.notice_withdrawn,
    e.WindowOpened: duty_fold.window_opened,
    e.WindowPaused: duty_fold.window_paused,
    e.WindowResumed: duty_fold.window_resumed,
    e.WindowClosed: duty_fold.window_closed,
    e.TicketIssued: ticket_fold.ticket_issued,
    e.TicketCalled: ticket_fold.ticket_called,
    e.TicketRecalled: ticket_fold.ticket_recalled,
    e.TicketMissed: ticket_fold.ticket_missed,
    e.TicketReturned: ticket_fold.ticket_returned,
    e.TicketPinned: ticket_fold.ticket_pinned,
    e.TicketPaused: ticket_fold.ticket_paused,
    e.TicketResumed: ticket_fold.ticket_resumed,
    e.ServiceStarted: ticket_fold.service_started,
    e.TicketHeld: ticket_fold.ticket_held,
    e.HeldTicketResumed: ticket_fold.held_ticket_resumed,
    e.TicketTransferred: ticket_fold.ticket_transferred,
    e.ItemAdded: ticket_fold.item_added,
    e.ServiceCompleted: ticket_fold.service_completed,
    e.StepQueued: ticket_fold.step_queued,
    e.TicketEnded: ticket_fold.ticket_ended,
    e.MissUndone: undo_fold.miss_undone,
    e.CompletionUndone: undo_fold.completion_undone,
}


class LiveHall:
    """One hall-day as it stands at ``version``."""

    def __init__(self) -> None:
        self.version = 0
        self.date = ""
        self.day_state = 0
        """0: not opened yet, 1: open, 2: closed."""
        self.hours: DayHours | None = None
        self.closed_at = 0
        self.rules: HallRules | None = None
        self.zone_of_queue: dict[str, str] = {}
        self.zone_order: list[str] = []
        """The hall's zones in the order in which its rules name them."""
        self.zones: dict[str, ZoneCounts] = {}
        self.windows: dict[str, LiveWindow] = {}
        """All windows of the hall, in its order."""
        self.tickets: dict[str, LiveTicket] = {}
        self.parked: dict[str, LiveTicket] = {}
        self.lines: dict[LineKey, Line] = {}
        self.calls: dict[int, LiveCall] = {}
        """The calls on the board, by id, in the order in which they came on it."""
        self.services: dict[str, LiveService] = {}
        """The finished ones."""
        self.reopened: dict[str, LiveService] = {}
        """Those that were finished by mistake and go on again."""
        self.done_at: dict[str, str] = {}
        """Ticket → the window that missed or served it last and may undo that."""
        self.notices: dict[str, LiveNotice] = {}
        """Notices that were not withdrawn, by id, the oldest first."""
        self.figures = Figures()
        self.load = Load()
        self._serving: dict[str, list[str]] = {}
        self._queues_in: dict[str, list[str]] = {}

    def apply(self, version: int, event: e.Event) -> Effects:
        """Fold one event and return what it touched.

        Events of the hall-day come in the order of their versions; one that was
        folded before changes nothing. An evaluation comes from a stream of its own:
        its version is not the hall-day's and is not looked at.

        Raises:
            ValueError: events before this one are missing.
        """
        effects = Effects()
        if isinstance(event, e.HallDayEvent):
            if version <= self.version:
                return effects
            if version != self.version + 1:
                raise ValueError(
                    f"event {version} does not follow version {self.version}"
                )
            self.version = version
            self.load.reach(event.at, self.waiting)
            FOLDS[type(event)](self, event, effects)
            if effects.duties or effects.rules:
                self.forget_serving()
        elif isinstance(event, e.EvaluationGiven):
            day_fold.evaluation_given(self, event, effects)
        return effects

    # What readers ask.

    def people_ahead(self, ticket: LiveTicket) -> int | None:
        """Count who is called before a waiting ticket; None if it does not wait."""
        if ticket.place != "waiting":
            return None
        return self.line(ticket.line).bisect_key_left(ticket.key)

    def waiting_for(self, window: LiveWindow) -> list[tuple[LiveTicket, int]]:
        """Return (ticket, offset_seconds) of all whom the window may call, in order."""
        found = [
            (ticket, window.offset_for(key))
            for key in _lines_of(window)
            for ticket in self.lines.get(key, ())
        ]
        found.sort(key=_window_order)
        return found

    def next_in(self, zone: str) -> list[str]:
        """Return the first number in each queue of a zone, who is soonest first.

        Who waits for one window only, or for after closing, is not among them.
        """
        lines = (
            self.lines.get(LineKey(queue, False, ""))
            for queue in self._queues_in.get(zone, ())
        )
        first = sorted((line[0] for line in lines if line), key=_dispatch_key)
        return [ticket.number for ticket in first]

    def undoable(self, window: LiveWindow) -> LiveDone | None:
        """Return what the window may undo, until the profile's seconds are over."""
        done = window.done
        if done is None or not done.is_untouched(self.tickets[done.ticket]):
            return None
        return done if self.rules is not None and self.rules.undo_seconds else None

    def parked_for(self, window: LiveWindow) -> list[LiveTicket]:
        """Return the parked tickets of the window's queues, by instant of parking."""
        found = [t for t in self.parked.values() if window.may_call_from(t.line)]
        found.sort(key=lambda ticket: (ticket.since_at, ticket.ticket))
        return found

    def windows_on_duty(self) -> Iterator[LiveWindow]:
        """Yield the windows at which a clerk is on duty, in the hall's order."""
        return (window for window in self.windows.values() if window.duty != CLOSED)

    def windows_serving(self, queue: str) -> list[str]:
        """Return the windows on duty that serve a queue, in the hall's order."""
        # Every number that is taken is told them; duty changes a few times a day.
        known = self._serving.get(queue)
        if known is None:
            on_duty = self.windows_on_duty()
            known = [w.window for w in on_duty if queue in w.offsets]
            self._serving[queue] = known
        return known

    def waiting(self) -> int:
        """Return how many wait in the hall."""
        return sum(zone.waiting for zone in self.zones.values())

    def oldest(self) -> Iterator[LiveTicket]:
        """Yield all waiting tickets, longest wait first."""
        zones = [zone.oldest for zone in self.zones.values()]
        return heapq.merge(*zones, key=waited_longest)

    def zone_rows(self) -> Iterator[ZoneCounts]:
        """Yield the counts of the hall's zones, in its order."""
        return (self.zones[zone] for zone in self.zone_order)

    # What folding needs.

    def forget_serving(self) -> None:
        """Look anew who serves which queue: windows or their duty may be others."""
        self._serving = {}

    def line(self, key: LineKey) -> Line:
        """Return the waiting tickets of a line."""
        line = self.lines.get(key)
        if line is None:
            line = self.lines[key] = SortedKeyList(key=_dispatch_key)
        return line

    def zone(self, zone: str) -> ZoneCounts:
        """Return the counts of a zone, also of one that the rules have dropped."""
        counts = self.zones.get(zone)
        if counts is None:
            counts = self.zones[zone] = ZoneCounts(zone)
        return counts

    def offsets_by_rule(self, window: str) -> dict[str, int]:
        """Return what the rules let a window serve: queue → offset in seconds."""
        rules = self._window_rules.get(window)
        skills = rules.skills if rules is not None else []
        return {skill.queue: skill.offset_seconds for skill in skills}

    def set_rules(self, rules: HallRules) -> None:
        """Follow the rules: their zones and windows. Who is on duty stays so."""
        self.rules = rules
        self._window_rules: dict[str, WindowRules] = {
            window.window: window for window in rules.windows
        }
        self.zone_of_queue.update({q.queue: q.zone for q in rules.queues})
        self._queues_in = {}
        for queue in rules.queues:
            self._queues_in.setdefault(queue.zone, []).append(queue.queue)
        named = [q.zone for q in rules.queues] + [w.zone for w in rules.windows]
        self.zone_order = list(dict.fromkeys(named))
        before, self.windows = self.windows, {}
        for name, window in self._window_rules.items():
            found = before.pop(name, None) or LiveWindow(
                window=name, zone=window.zone, offsets={}
            )
            found.zone = window.zone
            if found.duty == CLOSED:
                found.offsets = self.offsets_by_rule(name)
            self.windows[name] = found
        # Whoever was at a window that the rules have dropped still has its history.
        self.windows.update(before)
        self._recount()

    def _recount(self) -> None:
        self.zones = {zone: ZoneCounts(zone) for zone in self.zone_order}
        for ticket in self.tickets.values():
            ticket.zone = self.zone_of_queue.get(ticket.queue, ticket.zone)
            counts = self.zone(ticket.zone)
            counts.count(ticket.place, 1)
            if ticket.place == "waiting":
                counts.oldest.add(ticket)
        for window in self.windows.values():
            counts = self.zone(window.zone)
            counts.open_windows += window.duty == OPEN
            counts.paused_windows += window.duty == PAUSED


def _lines_of(window: LiveWindow) -> Iterator[LineKey]:
    for queue in window.offsets:
        yield LineKey(queue, False, "")
        if window.extended:
            yield LineKey(queue, True, "")
    yield LineKey("", False, window.window)


def _dispatch_key(ticket: LiveTicket) -> tuple[int, int, int]:
    return ticket.key


def _window_order(entry: tuple[LiveTicket, int]) -> tuple[int, int, int]:
    ticket, offset_seconds = entry
    effective_at, rank, sequence = ticket.key
    return (effective_at + offset_seconds * 1000, rank, sequence)
