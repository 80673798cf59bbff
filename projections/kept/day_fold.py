"""The fold of one hall-day into service rows and figures: pure, event by event.

A number is counted when it has ended and that cannot be undone any more, all at once;
the others stand in the open day, and ``figures_now`` counts them for whoever looks.
What is counted follows the day report: a wait is that of a number, from its issue (or
the later booked time) to its first call; a service counts while it is finished.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from projections.labels import half_hour
from queue_core import events as e
from queue_core.values import HallRules

from .day_figures import DayFigures, tally_of
from .finished_rows import Kind, finished_row
from .open_day import KeptHall, LastDone, OpenDay, OpenDuty, OpenTicket
from .service_rows import ServiceRow
from .tallies import Tally, bucket_of


ENDED_BY_WINDOWS = frozenset({"served", "no-show"})
"""Ends that may be undone while the window has no other ticket."""


class DayFold:
    """A hall-day that is being read."""

    def __init__(
        self,
        hall: str,
        date: str,
        kept: KeptHall,
        *,
        figures: DayFigures | None = None,
        open_day: OpenDay | None = None,
    ) -> None:
        """Begin a day, or go on with what is kept of it."""
        self.hall, self.date = hall, date
        self.figures = figures or DayFigures()
        self.day = open_day or OpenDay()
        self.version = 0
        """The last version that was folded."""
        self.last_at = 0
        self.closed = False
        self.finished: list[ServiceRow] = []
        """Services that were finished since somebody took them."""
        self.reopened: list[str] = []
        """Services that somebody took, and that are not finished after all."""
        self._timezone: ZoneInfo
        self._departments: dict[str, str]
        self.adopt(kept)

    def adopt(self, kept: KeptHall) -> None:
        """Count by another profile from now on."""
        self._timezone = kept.zone
        self._departments = kept.department_of_item

    def apply(self, version: int, event: e.Event) -> None:
        """Take in the event at ``version``; one that was taken in changes nothing.

        Raises:
            ValueError: versions before it are missing, or the day is over.
        """
        if version <= self.version:
            return
        if version != self.version + 1 or self.closed:
            raise ValueError(f"it does not follow version {self.version}")
        self.version, self.last_at = version, event.at
        counted = COUNTED.get(type(event))
        if counted is not None:
            counted(self, version, event)

    # The day and its windows.

    def _open(self, version: int, event: e.DayOpened | e.RulesAdopted) -> None:
        rules: HallRules = event.rules
        self.day.zone_of_queue.update((q.queue, q.zone) for q in rules.queues)

    def _close(self, version: int, event: e.DayClosed) -> None:
        for window in list(self.day.duties):
            self._end_duty(window, event.at)
        self.closed = True

    def _begin_duty(self, version: int, event: e.WindowOpened) -> None:
        self.day.duties[event.window] = OpenDuty(event.clerk, event.at)

    def _leave_window(self, version: int, event: e.WindowClosed) -> None:
        self._end_duty(event.window, event.at)

    def _end_duty(self, window: str, at: int) -> None:
        self._forget_last(window)
        duty = self.day.duties.pop(window)
        desk = self._desk(window, duty.clerk)
        desk.on_duty_ms += max(0, at - duty.opened_at)

    def _desk(self, window: str, clerk: str) -> Tally:
        return tally_of(self.figures.desks, (window, clerk))

    # Numbers.

    def _issue(self, version: int, event: e.TicketIssued) -> None:
        item = event.items[0] if event.items else ""
        due_at = max(event.at, event.booked_at)
        self.day.tickets[event.ticket] = OpenTicket(
            number=event.number,
            ticket_class=event.ticket_class,
            channel=event.channel,
            item=item,
            department=self._departments.get(item, ""),
            queue=event.queue,
            zone=self.day.zone_of_queue.get(event.queue, event.queue),
            half_hour=half_hour(self._timezone, event.at),
            issued_at=event.at,
            issued_version=version,
            due_at=due_at,
            step_at=due_at,
        )

    def _end(self, version: int, event: e.TicketEnded) -> None:
        ticket = self.day.tickets[event.ticket]
        ticket.ended = event.reason
        if not ticket.done_at or event.reason not in ENDED_BY_WINDOWS:
            self._count(event.ticket)

    def _count(self, ticket: str) -> None:
        count_number(self.figures, self.day.tickets.pop(ticket))

    # Calls.

    def _call(self, version: int, event: e.TicketCalled) -> None:
        self._forget_last(event.window)
        ticket, at = self.day.tickets[event.ticket], event.at
        desk = self._desk(event.window, event.clerk)
        desk.calls += 1
        if not ticket.calls:
            ticket.wait_ms = max(0, at - ticket.due_at)
            desk.add_wait(ticket.wait_ms, bucket_of(ticket.wait_ms))
        ticket.calls += 1
        ticket.called_queue = event.queue
        if not ticket.step_called_at:
            ticket.step_called_at, ticket.step_called_version = at, version

    def _miss(self, version: int, event: e.TicketMissed) -> None:
        ticket = self.day.tickets[event.ticket]
        ticket.missed = event.misses
        self._desk(event.window, event.clerk).missed += 1
        self._note_last(event, ticket, None)

    # Services.

    def _start(self, version: int, event: e.ServiceStarted) -> None:
        ticket = self.day.tickets[event.ticket]
        ticket.service = event.service
        ticket.window, ticket.clerk = event.window, event.clerk
        ticket.started_at, ticket.started_version = event.at, version
        ticket.held_ms = 0

    def _hold(self, version: int, event: e.TicketHeld) -> None:
        self.day.tickets[event.ticket].held_at = event.at

    def _take_up(self, version: int, event: e.HeldTicketResumed) -> None:
        self._forget_last(event.window)
        ticket = self.day.tickets[event.ticket]
        if ticket.service:
            ticket.held_ms += event.at - ticket.held_at

    def _transfer(self, version: int, event: e.TicketTransferred) -> None:
        self._next_step(event.ticket, max(event.at, event.ready_at))

    def _queue_step(self, version: int, event: e.StepQueued) -> None:
        self._next_step(event.ticket, event.at)

    def _next_step(self, name: str, at: int) -> None:
        ticket = self.day.tickets[name]
        ticket.service = ""
        ticket.step_at = at
        ticket.step_called_at = ticket.step_called_version = 0

    def _complete(self, version: int, event: e.ServiceCompleted) -> None:
        ticket = self.day.tickets[event.ticket]
        if ticket.service != event.service:
            return
        spent = max(0, event.at - ticket.started_at - ticket.held_ms)
        queue = ticket.called_queue or ticket.queue
        item = event.items[0] if event.items else ""
        department = self._departments.get(item, "")
        zone = self.day.zone_of_queue.get(queue, queue)
        kind = Kind(self.hall, self.date, item, department, zone, queue)
        row = finished_row(kind, version, event, ticket, spent)
        if ticket.reopened is not None:
            row, ticket.reopened = row.graded_as(ticket.reopened), None
        self.finished.append(row)
        ticket.service = ""
        bucket = bucket_of(spent)
        for tally in self._times_of(row):
            tally.add_service(spent, bucket)
        self._note_last(event, ticket, row)

    def _times_of(self, row: ServiceRow) -> tuple[Tally, ...]:
        began = half_hour(self._timezone, row.started_at)
        half = tally_of(self.figures.half_hours, began)
        return (half, *self.of_service(row))

    def of_service(self, row: ServiceRow) -> tuple[Tally, Tally, Tally]:
        """Return what a finished service and its evaluation count for."""
        cell = (row.zone, row.department, row.queue, row.item)
        return (
            tally_of(self.figures.cells, cell),
            tally_of(self.figures.ways, (row.ticket_class, row.channel)),
            self._desk(row.window, row.clerk),
        )

    # What was recorded by mistake.

    def _note_last(
        self,
        event: e.TicketMissed | e.ServiceCompleted,
        ticket: OpenTicket,
        row: ServiceRow | None,
    ) -> None:
        ticket.done_at = event.window
        self.day.last[event.window] = LastDone(
            event.ticket,
            row,
            ticket.step_at,
            ticket.step_called_at,
            ticket.step_called_version,
        )

    def _forget_last(self, window: str) -> None:
        """Count what the window has ended: it is too late to undo that."""
        last = self.day.last.pop(window, None)
        ticket = self.day.tickets.get(last.ticket) if last is not None else None
        if last is not None and ticket is not None and ticket.done_at == window:
            ticket.done_at = ""
            if ticket.ended:
                self._count(last.ticket)

    def _take_back(self, event: e.MissUndone | e.CompletionUndone) -> OpenTicket:
        ticket = self.day.tickets[event.ticket]
        ticket.ended = ticket.done_at = ""
        last = self.day.last.pop(event.window)
        ticket.step_at = last.step_at
        ticket.step_called_at = last.step_called_at
        ticket.step_called_version = last.step_called_version
        ticket.reopened = last.row
        return ticket

    def _undo_miss(self, version: int, event: e.MissUndone) -> None:
        self._take_back(event).missed = event.misses
        self._desk(event.window, event.clerk).missed -= 1

    def _undo_completion(self, version: int, event: e.CompletionUndone) -> None:
        ticket = self._take_back(event)
        row = ticket.reopened
        if row is None:
            return
        ticket.service = event.service
        spent = max(0, row.finished_at - row.started_at - ticket.held_ms)
        for tally in self._times_of(row):
            tally.remove_service(spent, bucket_of(spent))
        for place in range(len(self.finished) - 1, -1, -1):
            if self.finished[place].service == event.service:
                del self.finished[place]
                return
        self.reopened.append(event.service)


def count_number(figures: DayFigures, ticket: OpenTicket) -> None:
    """Count a number, and how it ended if it has, for all that it counts for."""
    cell = (ticket.zone, ticket.department, ticket.queue, ticket.item)
    tallies = (
        tally_of(figures.cells, cell),
        tally_of(figures.ways, (ticket.ticket_class, ticket.channel)),
        tally_of(figures.half_hours, ticket.half_hour),
    )
    bucket = bucket_of(ticket.wait_ms)
    for tally in tallies:
        tally.issued += 1
        tally.calls += ticket.calls
        tally.missed += ticket.missed
        if ticket.calls:
            tally.add_wait(ticket.wait_ms, bucket)
        match ticket.ended:
            case "served":
                tally.served += 1
            case "no-show":
                tally.no_shows += 1
            case "cancelled":
                tally.cancelled += 1
            case "expired":
                tally.expired += 1


def figures_now(figures: DayFigures, day: OpenDay) -> DayFigures:
    """Count those numbers too that may go on, and return the figures."""
    for ticket in day.tickets.values():
        count_number(figures, ticket)
    return figures


COUNTED: dict[type[e.Event], Callable[[DayFold, int, Any], None]] = {
    e.DayOpened: DayFold._open,
    e.RulesAdopted: DayFold._open,
    e.DayClosed: DayFold._close,
    e.WindowOpened: DayFold._begin_duty,
    e.WindowClosed: DayFold._leave_window,
    e.TicketIssued: DayFold._issue,
    e.TicketCalled: DayFold._call,
    e.TicketMissed: DayFold._miss,
    e.ServiceStarted: DayFold._start,
    e.TicketHeld: DayFold._hold,
    e.HeldTicketResumed: DayFold._take_up,
    e.TicketTransferred: DayFold._transfer,
    e.ServiceCompleted: DayFold._complete,
    e.StepQueued: DayFold._queue_step,
    e.TicketEnded: DayFold._end,
    e.MissUndone: DayFold._undo_miss,
    e.CompletionUndone: DayFold._undo_completion,
}
"""The events of a day that change what is kept, and how."""

NOT_COUNTED: tuple[type[e.Event], ...] = (
    e.NoticeBroadcast,
    e.NoticeWithdrawn,
    e.WindowPaused,
    e.WindowResumed,
    e.TicketRecalled,
    e.TicketReturned,
    e.TicketPinned,
    e.TicketPaused,
    e.TicketResumed,
    e.ItemAdded,
)
"""The events of a day that change nothing here."""
