"""How each event changes the state. An event has happened: nothing is refused here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from queue_core import events as e

from . import moving, undoing
from .dispatch import rank_of
from .numbering import serial_of, series_of
from .tickets import Done, Ticket, Window


if TYPE_CHECKING:
    from collections.abc import Callable

    from .state import HallDay


# The day.


def _day_opened(state: HallDay, event: e.DayOpened) -> None:
    state.opened = True
    state.date = event.date
    state.hours = event.hours
    state.set_rules(event.rules)


def _rules_adopted(state: HallDay, event: e.RulesAdopted) -> None:
    state.set_rules(event.rules)


def _day_closed(state: HallDay, event: e.DayClosed) -> None:
    state.closed = True


def _notice_broadcast(state: HallDay, event: e.NoticeBroadcast) -> None:
    over = [name for name, end in state.notices.items() if end <= event.at]
    for name in over:
        del state.notices[name]
    state.notices[event.notice] = event.until_at


def _notice_withdrawn(state: HallDay, event: e.NoticeWithdrawn) -> None:
    state.notices.pop(event.notice, None)


# Duty at a window.


def _window_opened(state: HallDay, event: e.WindowOpened) -> None:
    window = Window(
        window=event.window,
        clerk=event.clerk,
        skills=event.skills,
        extended=event.extended,
        at=event.at,
    )
    state.windows[event.window] = window
    state.window_of_clerk[event.clerk] = event.window
    for queue in window.skills:
        state.windows_of_queue.setdefault(queue, {})[event.window] = window


def _window_paused(state: HallDay, event: e.WindowPaused) -> None:
    window = state.windows[event.window]
    window.paused = True
    window.pause_reason = event.reason


def _window_resumed(state: HallDay, event: e.WindowResumed) -> None:
    window = state.windows[event.window]
    window.paused = False
    window.pause_reason = ""
    window.idle_since = event.at


def _window_closed(state: HallDay, event: e.WindowClosed) -> None:
    window = state.windows.pop(event.window)
    del state.window_of_clerk[window.clerk]
    for queue in window.skills:
        del state.windows_of_queue[queue][event.window]


# The life of a ticket.


def _ticket_issued(state: HallDay, event: e.TicketIssued) -> None:
    ticket = Ticket(event, rank_of(event.ticket_class))
    state.tickets[event.ticket] = state.live[event.ticket] = ticket
    state.by_sequence.append(ticket)
    state.numbers.add(event.number)
    series = series_of(state.queues[event.queue], event.ticket_class)
    state.last_in_series[series] = serial_of(event.number, series)
    state.issued_in_queue[event.queue] += 1
    for item in event.items:
        state.issued_for_item[item] += 1
    if event.subject_key:
        state.issued_to_subject[event.subject_key] += 1
        for item in event.items:
            state.live_items[event.subject_key, item] = ticket
    if event.offered_to in state.windows:
        state.windows[event.offered_to].offered = ticket
    moving.join_line(state, ticket)


def _ticket_called(state: HallDay, event: e.TicketCalled) -> None:
    ticket = state.tickets[event.ticket]
    window = state.windows[event.window]
    if ticket.place == "held":
        del window.held[ticket.ticket]
    else:
        moving.leave_line(state, ticket)
        moving.line_of(state, ticket).calls += 1
    ticket.place = "called"
    ticket.window = event.window
    ticket.announcements = 1
    ticket.calls += 1
    ticket.pinned = False
    window.ticket = ticket
    window.done = None


def _ticket_recalled(state: HallDay, event: e.TicketRecalled) -> None:
    state.tickets[event.ticket].announcements = event.announcements


def _ticket_missed(state: HallDay, event: e.TicketMissed) -> None:
    ticket = state.tickets[event.ticket]
    moving.leave_window(state, ticket, event.at)
    _may_be_undone(state, event, ticket, ticket.service)
    ticket.misses = event.misses
    ticket.service = ""
    line = moving.line_of(state, ticket)
    ticket.place = "parked"
    ticket.parked_reason = "missed"
    ticket.parked_at = event.at
    ticket.calls_when_parked = line.calls
    line.missed[ticket.sequence] = ticket


def _ticket_returned(state: HallDay, event: e.TicketReturned) -> None:
    ticket = state.tickets[event.ticket]
    moving.leave_line(state, ticket)
    ticket.only_window = event.window
    moving.join_line(state, ticket)


def _ticket_pinned(state: HallDay, event: e.TicketPinned) -> None:
    state.tickets[event.ticket].pinned = True


def _ticket_paused(state: HallDay, event: e.TicketPaused) -> None:
    ticket = state.tickets[event.ticket]
    moving.leave_line(state, ticket)
    ticket.place = "parked"
    ticket.parked_reason = "paused"
    ticket.pauses += 1
    ticket.until_at = event.until_at


def _ticket_resumed(state: HallDay, event: e.TicketResumed) -> None:
    ticket = state.tickets[event.ticket]
    ticket.effective_at = event.effective_at
    ticket.only_window = event.window
    moving.join_line(state, ticket)


def _service_started(state: HallDay, event: e.ServiceStarted) -> None:
    ticket = state.tickets[event.ticket]
    ticket.place = "serving"
    ticket.services += 1
    ticket.service = event.service
    ticket.service_items = list(event.items)
    ticket.started_at = event.at
    ticket.only_window = ""


def _ticket_held(state: HallDay, event: e.TicketHeld) -> None:
    ticket = state.tickets[event.ticket]
    moving.leave_window(state, ticket, event.at)
    ticket.place = "held"
    ticket.window = event.window
    state.windows[event.window].held[ticket.ticket] = ticket


def _held_ticket_resumed(state: HallDay, event: e.HeldTicketResumed) -> None:
    ticket = state.tickets[event.ticket]
    window = state.windows[event.window]
    window.held.pop(ticket.ticket, None)
    window.ticket = ticket
    window.done = None
    ticket.place = "serving" if ticket.service else "called"


def _ticket_transferred(state: HallDay, event: e.TicketTransferred) -> None:
    ticket = state.tickets[event.ticket]
    if ticket.place == "waiting":
        moving.leave_line(state, ticket)
    else:
        moving.leave_window(state, ticket, event.at)
    ticket.queue = event.queue
    ticket.only_window = event.to_window
    ticket.service = ""
    if event.ready_at > event.at:
        line = moving.line_of(state, ticket)
        ticket.place = "parked"
        ticket.parked_reason = "preparing"
        ticket.parked_at = event.at
        ticket.calls_when_parked = line.calls
        ticket.ready_at = event.ready_at
        line.preparing.add((event.ready_at, ticket.sequence))
    else:
        moving.join_line(state, ticket)


def _item_added(state: HallDay, event: e.ItemAdded) -> None:
    ticket = state.tickets[event.ticket]
    ticket.items.append(event.item)
    ticket.every_item.append(event.item)
    if event.in_service:
        ticket.service_items.append(event.item)
    if ticket.subject_key:
        state.live_items[ticket.subject_key, event.item] = ticket


def _service_completed(state: HallDay, event: e.ServiceCompleted) -> None:
    ticket = state.tickets[event.ticket]
    moving.leave_window(state, ticket, event.at)
    _may_be_undone(state, event, ticket, event.service)
    ticket.items = [item for item in ticket.items if item not in event.items]
    ticket.service = ""
    ticket.service_items = []
    state.finished[event.service] = (state.version, event)


def _step_queued(state: HallDay, event: e.StepQueued) -> None:
    ticket = state.tickets[event.ticket]
    ticket.queue = event.queue
    ticket.effective_at = event.effective_at
    moving.join_line(state, ticket)


def _ticket_ended(state: HallDay, event: e.TicketEnded) -> None:
    ticket = state.tickets[event.ticket]
    if ticket.place in ("waiting", "parked"):
        moving.leave_line(state, ticket)
    elif ticket.place == "held":
        del state.windows[ticket.window].held[ticket.ticket]
    elif ticket.window:
        moving.leave_window(state, ticket, event.at)
    ticket.place = "ended"
    ticket.ended_as = event.reason
    del state.live[ticket.ticket]
    for item in ticket.every_item:
        if state.live_items.get((ticket.subject_key, item)) is ticket:
            del state.live_items[ticket.subject_key, item]


def _may_be_undone(
    state: HallDay,
    event: e.TicketMissed | e.ServiceCompleted,
    ticket: Ticket,
    service: str,
) -> None:
    state.windows[event.window].done = Done(
        what="missed" if isinstance(event, e.TicketMissed) else "completed",
        version=state.version,
        at=event.at,
        ticket=ticket,
        calls=ticket.calls,
        service=service,
        service_items=ticket.service_items if service else [],
        items=ticket.items,
        queue=ticket.queue,
    )


EVOLUTIONS: dict[type[e.HallDayEvent], Callable[[HallDay, Any], None]] = {
    e.DayOpened: _day_opened,
    e.RulesAdopted: _rules_adopted,
    e.DayClosed: _day_closed,
    e.NoticeBroadcast: _notice_broadcast,
    e.NoticeWithdrawn: _notice_withdrawn,
    e.WindowOpened: _window_opened,
    e.WindowPaused: _window_paused,
    e.WindowResumed: _window_resumed,
    e.WindowClosed: _window_closed,
    e.TicketIssued: _ticket_issued,
    e.TicketCalled: _ticket_called,
    e.TicketRecalled: _ticket_recalled,
    e.TicketMissed: _ticket_missed,
    e.TicketReturned: _ticket_returned,
    e.TicketPinned: _ticket_pinned,
    e.TicketPaused: _ticket_paused,
    e.TicketResumed: _ticket_resumed,
    e.ServiceStarted: _service_started,
    e.TicketHeld: _ticket_held,
    e.HeldTicketResumed: _held_ticket_resumed,
    e.TicketTransferred: _ticket_transferred,
    e.ItemAdded: _item_added,
    e.ServiceCompleted: _service_completed,
    e.StepQueued: _step_queued,
    e.TicketEnded: _ticket_ended,
    e.MissUndone: undoing.miss_undone,
    e.CompletionUndone: undoing.completion_undone,
}
