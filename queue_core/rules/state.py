"""The state of one hall-day: only what a decision needs, held in place.

The owner folds events into it with ``evolve``; decisions only read it. A state whose
events could not be committed is thrown away and folded again from the log.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sortedcontainers import SortedList

from queue_core.errors import (
    NoTicketAtWindow,
    NotOnDuty,
    TicketGone,
    TicketUnknown,
    WindowBusy,
    WindowNotOpen,
    WindowUnknown,
)
from queue_core.values import DayHours, HallRules

from .lines import Line
from .tickets import Key, Ticket, Window


if TYPE_CHECKING:
    from queue_core.commands import ClerkCommand
    from queue_core.events import ServiceCompleted
    from queue_core.values import ItemRules, QueueRules, WindowRules

NO_HOURS = DayHours(
    doors_at=0, sessions=[], closing_soon_at=0, cut_off_at=0, closes_at=0, ends_at=0
)
NO_RULES = HallRules(revision="", queues=[], windows=[], items=[])


class HallDay:
    """The empty state of a business day, before its ``DayOpened``."""

    def __init__(self) -> None:
        self.version = 0
        self.at = 0
        """The time of the latest event: in the record of a day no time goes back."""
        self.answered: dict[str, tuple[int, int]] = {}
        """Command id → first and last version of the events it caused."""
        self.date = ""
        self.opened = False
        self.closed = False
        self.hours: DayHours = NO_HOURS
        self.set_rules(NO_RULES)
        self.notices: dict[str, int] = {}
        """Notices that were not withdrawn, and when each is over."""
        self.windows: dict[str, Window] = {}
        self.window_of_clerk: dict[str, str] = {}
        self.windows_of_queue: dict[str, dict[str, Window]] = {}
        self.tickets: dict[str, Ticket] = {}
        self.live: dict[str, Ticket] = {}
        self.by_sequence: list[Ticket] = []
        self.lines: dict[tuple[str, bool], Line] = {}
        self.window_lines: dict[str, SortedList[Key]] = {}
        self.numbers: set[str] = set()
        """All that were given today."""
        self.last_in_series: dict[tuple[str, int], int] = {}
        """The last number of each series: the next one follows it."""
        self.issued_in_queue: Counter[str] = Counter()
        self.issued_for_item: Counter[str] = Counter()
        self.issued_to_subject: Counter[str] = Counter()
        self.live_items: dict[tuple[str, str], Ticket] = {}
        """The live ticket of a (subject, item)."""
        self.finished: dict[str, tuple[int, ServiceCompleted]] = {}
        """Finished services by id, with the version that finished them."""

    def set_rules(self, rules: HallRules) -> None:
        """Work by ``rules`` from now on."""
        self.rules = rules
        self.queues: dict[str, QueueRules] = {q.queue: q for q in rules.queues}
        self.items: dict[str, ItemRules] = {i.item: i for i in rules.items}
        self.window_rules: dict[str, WindowRules] = {w.window: w for w in rules.windows}
        self.window_order = {w.window: n for n, w in enumerate(rules.windows)}

    # Lookups that decisions share.

    def line(self, queue: str, extended: bool) -> Line:
        """Return the line of a queue; an empty one if nobody has joined it yet."""
        return self.lines.get((queue, extended)) or Line()

    def ticket_of(self, key: Key) -> Ticket:
        """Return the ticket that a dispatch key belongs to."""
        return self.by_sequence[key[2] - 1]

    def require_ticket(self, ticket: str) -> Ticket:
        """Return a live ticket.

        Raises:
            TicketUnknown: the day never issued it.
            TicketGone: it has ended.
        """
        found = self.tickets.get(ticket)
        if found is None:
            raise TicketUnknown(ticket)
        if found.place == "ended":
            raise TicketGone(ticket, found.number, found.ended_as)
        return found

    def require_duty(self, command: ClerkCommand) -> Window:
        """Return the window at which the command's clerk is on duty.

        Raises:
            WindowUnknown: the hall has no such window.
            WindowNotOpen: nobody is on duty there.
            NotOnDuty: somebody else is.
        """
        window = self.windows.get(command.window)
        if window is None:
            if command.window not in self.window_rules:
                raise WindowUnknown(command.window)
            raise WindowNotOpen(command.window)
        if window.clerk != command.clerk:
            raise NotOnDuty(command.window, command.clerk)
        return window

    def require_free(self, window: Window) -> None:
        """Pass if the window has no ticket.

        Raises:
            WindowBusy: it still has one.
        """
        if window.ticket is not None:
            raise WindowBusy(window.window, window.ticket.ticket, window.ticket.number)

    def require_ticket_at(self, window: Window) -> Ticket:
        """Return the ticket at the window, called or being served.

        Raises:
            NoTicketAtWindow: there is none.
        """
        if window.ticket is None:
            raise NoTicketAtWindow(window.window)
        return window.ticket
