"""The dispatch rule once more, naively: an independent reading of the record.

The oracle folds events into plain dictionaries and finds who may be called by looking
at every ticket. It shares no code with the rules and no data structure, so that both
agree only if both are right.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from queue_core import events as e
from queue_core.values import HallRules, Skill


RANKS = {"green": 0, "appointment": 1, "ordinary": 2}


@dataclass
class Seen:
    """What the record says of one ticket."""

    issued: e.TicketIssued
    queue: str
    effective_at: int
    place: str = "waiting"
    only_window: str = ""
    window: str = ""
    pinned: bool = False
    misses: int = 0
    missed_at: int = 0
    calls_when_missed: int = 0
    ready_at: int = 0
    calls: list[e.TicketCalled] = field(default_factory=list)

    @property
    def key(self) -> tuple[int, int, int]:
        """The dispatch key."""
        rank = RANKS[self.issued.ticket_class]
        return (self.effective_at, rank, self.issued.sequence)


class Oracle:
    """Everything the dispatch page speaks of, read from the record alone."""

    def __init__(self) -> None:
        self.tickets: dict[str, Seen] = {}
        self.skills: dict[str, dict[str, Skill]] = {}
        self.extended: dict[str, bool] = {}
        self.at_window: dict[str, str] = {}
        self.calls_of_queue: dict[tuple[str, bool], int] = {}
        self.rules: HallRules | None = None

    def line_of(self, ticket: Seen) -> tuple[str, bool]:
        """Return the line a ticket belongs to."""
        return ticket.queue, ticket.issued.extended

    def may_serve(self, window: str, ticket: Seen) -> bool:
        """Tell whether the window may ever be given the ticket."""
        if ticket.only_window in self.skills:
            return ticket.only_window == window
        if ticket.issued.extended and not self.extended[window]:
            return False
        return ticket.queue in self.skills[window]

    def order(self, window: str, ticket: Seen, at: int) -> tuple[bool, int, int, int]:
        """Return the ticket's place in the window's order: the least is called."""
        effective_at, rank, sequence = ticket.key
        offset = 0
        if ticket.only_window not in self.skills:
            offset = self.skills[window][ticket.queue].offset_seconds * 1000
        return (effective_at > at, effective_at + offset, rank, sequence)

    def candidates(self, window: str, at: int) -> list[Seen]:
        """Return every ticket that the window could be given at ``at``."""
        return [
            ticket
            for ticket in self.tickets.values()
            if self.may_serve(window, ticket) and self._is_callable(ticket, at)
        ]

    def _is_callable(self, ticket: Seen, at: int) -> bool:
        if ticket.place == "waiting":
            return True
        if ticket.place == "preparing":
            return ticket.ready_at <= at
        return ticket.place == "missed" and self._comes_back(ticket, at)

    def _comes_back(self, ticket: Seen, at: int) -> bool:
        assert self.rules is not None
        if at < ticket.missed_at + self.rules.missed_not_before_seconds * 1000:
            return False
        if self.calls_since_miss(ticket) >= self.rules.missed_return_after_calls:
            return True
        same_line = [
            other
            for other in self.tickets.values()
            if self.line_of(other) == self.line_of(ticket) and other is not ticket
        ]
        nobody_waits = not any(
            (other.place == "waiting" and not other.only_window and other.key[0] <= at)
            or (other.place == "preparing" and other.ready_at <= at)
            for other in same_line
        )
        parked_before = [
            other
            for other in same_line
            if other.place == "missed" and other.missed_at <= ticket.missed_at
        ]
        return nobody_waits and not parked_before

    def calls_since_miss(self, ticket: Seen) -> int:
        """Count the calls of the ticket's queue since it was parked."""
        calls = self.calls_of_queue.get(self.line_of(ticket), 0)
        return calls - ticket.calls_when_missed

    def see(self, event: e.HallDayEvent) -> None:  # noqa: C901, PLR0912, PLR0915
        """Take one event into the record."""
        match event:
            case e.DayOpened(rules=rules) | e.RulesAdopted(rules=rules):
                self.rules = rules
            case e.WindowOpened(window=window, skills=skills, extended=extended):
                self.skills[window] = {skill.queue: skill for skill in skills}
                self.extended[window] = extended
            case e.WindowClosed(window=window):
                del self.skills[window], self.extended[window]
            case e.TicketIssued():
                self.tickets[event.ticket] = Seen(
                    event, event.queue, event.effective_at
                )
            case e.TicketCalled(ticket=name, window=window):
                ticket = self.tickets[name]
                if ticket.place != "held":
                    line = self.line_of(ticket)
                    self.calls_of_queue[line] = self.calls_of_queue.get(line, 0) + 1
                ticket.place, ticket.window = "called", window
                ticket.calls.append(event)
                self.at_window[window] = name
            case e.TicketMissed(ticket=name, misses=misses):
                ticket = self.tickets[name]
                del self.at_window[ticket.window]
                ticket.place, ticket.misses = "missed", misses
                ticket.missed_at = event.at
                ticket.calls_when_missed = self.calls_of_queue[self.line_of(ticket)]
            case e.TicketReturned(ticket=name, window=window):
                self.tickets[name].place = "waiting"
                self.tickets[name].only_window = window
            case e.TicketPinned(ticket=name):
                self.tickets[name].pinned = True
            case e.TicketPaused(ticket=name):
                self.tickets[name].place = "paused"
            case e.TicketResumed(ticket=name, effective_at=at, window=window):
                ticket = self.tickets[name]
                ticket.place, ticket.effective_at = "waiting", at
                ticket.only_window = window
            case e.ServiceStarted(ticket=name) | e.HeldTicketResumed(ticket=name):
                ticket = self.tickets[name]
                ticket.place, ticket.window = "serving", event.window
                self.at_window[event.window] = name
                if isinstance(event, e.ServiceStarted):
                    ticket.only_window = ""
            case e.TicketHeld(ticket=name):
                self.tickets[name].place = "held"
                del self.at_window[event.window]
            case e.TicketTransferred(ticket=name, queue=queue, to_window=window):
                ticket = self.tickets[name]
                if ticket.place != "waiting":
                    del self.at_window[event.from_window]
                ticket.place, ticket.queue = "waiting", queue
                ticket.only_window, ticket.window = window, ""
                if event.ready_at > event.at:
                    ticket.place, ticket.ready_at = "preparing", event.ready_at
            case e.MissUndone(ticket=name, misses=misses, window=window):
                ticket = self.tickets[name]
                ticket.place, ticket.misses = "called", misses
                ticket.window = window
                self.at_window[window] = name
            case e.CompletionUndone(ticket=name, queue=queue, window=window):
                ticket = self.tickets[name]
                ticket.place, ticket.queue = "serving", queue
                ticket.window = window
                self.at_window[window] = name
            case e.ServiceCompleted(window=window):
                del self.at_window[window]
            case e.StepQueued(ticket=name, queue=queue, effective_at=at):
                ticket = self.tickets[name]
                ticket.place, ticket.queue = "waiting", queue
                ticket.effective_at = at
            case e.TicketEnded(ticket=name):
                ticket = self.tickets[name]
                if self.at_window.get(ticket.window) == name:
                    del self.at_window[ticket.window]
                ticket.place = "ended"
            case _:
                pass
