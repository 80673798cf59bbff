"""Taking back a miss or a completion that was recorded by mistake.

Nothing is deleted: the record says what was done, and that it was undone. Only the
last of a window can be undone, by its clerk, within the profile's seconds, and only
while nobody has done anything with the ticket since.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from queue_core.errors import NothingToUndo, TicketMovedOn, UndoTooLate
from queue_core.events import CompletionUndone, HallDayEvent, MissUndone

from . import moving
from .issuing import require_no_live_ticket


if TYPE_CHECKING:
    from queue_core.commands import UndoLast

    from .state import HallDay
    from .tickets import Done, Ticket, Window


def undo_last(state: HallDay, command: UndoLast) -> list[HallDayEvent]:
    """Bring the ticket back to the window, as it was before."""
    window = state.require_duty(command)
    state.require_free(window)
    done = _require_done(state, window, command.at)
    _require_untouched(state, done)
    if done.what == "missed":
        return [_miss_undone(command, done)]
    return [_completion_undone(command, done)]


def undoable(state: HallDay, window: Window) -> Done | None:
    """Return what a window did last, if nothing but time can stand against undoing it.

    That the person may have taken another number for the item is not looked at.
    """
    done = window.done
    if done is None or not state.rules.undo_seconds or not _is_untouched(done):
        return None
    return done


# Guards.


def _require_done(state: HallDay, window: Window, at: int) -> Done:
    """Return what the window did last, if that is not too long ago.

    Raises:
        NothingToUndo: it has done nothing that is undone, or the hall undoes nothing.
        UndoTooLate: the profile's seconds are over.
    """
    done, seconds = window.done, state.rules.undo_seconds
    if done is None or not seconds:
        raise NothingToUndo(window.window)
    if at > done.at + seconds * 1000:
        raise UndoTooLate(done.ticket.number, seconds)
    return done


def _require_untouched(state: HallDay, done: Done) -> None:
    """Pass if the ticket is still where the miss or the completion has put it.

    Raises:
        TicketMovedOn: it is somewhere else, or was given back.
        LiveTicketExists: it ended, and the person has taken another number since.
    """
    ticket = done.ticket
    if not _is_untouched(done):
        place = ticket.ended_as or ticket.where
        raise TicketMovedOn(ticket.ticket, ticket.number, place)
    if ticket.place == "ended":
        for item in ticket.every_item:
            require_no_live_ticket(state, ticket.subject_key, item)


def _is_untouched(done: Done) -> bool:
    ticket = done.ticket
    if ticket.calls != done.calls:
        return False
    if done.what == "missed":
        return ticket.parked_reason == "missed" or ticket.ended_as == "no-show"
    return ticket.place == "waiting" or ticket.ended_as == "served"


# What is recorded.


def _miss_undone(command: UndoLast, done: Done) -> MissUndone:
    return MissUndone(
        at=command.at,
        by=command.by,
        command_id=command.command_id,
        ticket=done.ticket.ticket,
        number=done.ticket.number,
        window=command.window,
        clerk=command.clerk,
        misses=done.ticket.misses - 1,
        service=done.service,
        items=list(done.service_items),
        undoes=done.version,
    )


def _completion_undone(command: UndoLast, done: Done) -> CompletionUndone:
    return CompletionUndone(
        at=command.at,
        by=command.by,
        command_id=command.command_id,
        service=done.service,
        ticket=done.ticket.ticket,
        number=done.ticket.number,
        window=command.window,
        clerk=command.clerk,
        items=list(done.service_items),
        visit_items=list(done.items),
        queue=done.queue,
        started_at=done.ticket.started_at,
        undoes=done.version,
    )


# How it changes the state.


def miss_undone(state: HallDay, event: MissUndone) -> None:
    """Put the ticket to its window, called as before."""
    ticket = state.tickets[event.ticket]
    _bring_back(state, ticket, event.window)
    ticket.place = "called"
    ticket.misses = event.misses
    ticket.service = event.service
    ticket.service_items = list(event.items)


def completion_undone(state: HallDay, event: CompletionUndone) -> None:
    """Put the ticket to its window, its service going on."""
    ticket = state.tickets[event.ticket]
    _bring_back(state, ticket, event.window)
    ticket.place = "serving"
    ticket.queue = event.queue
    ticket.items = list(event.visit_items)
    ticket.service = event.service
    ticket.service_items = list(event.items)
    ticket.started_at = event.started_at
    del state.finished[event.service]


def _bring_back(state: HallDay, ticket: Ticket, name: str) -> None:
    if ticket.place == "ended":
        ticket.ended_as = ""
        state.live[ticket.ticket] = ticket
        if ticket.subject_key:
            for item in ticket.every_item:
                state.live_items[ticket.subject_key, item] = ticket
    else:
        moving.leave_line(state, ticket)
    window = state.windows[name]
    window.ticket = ticket
    window.done = None
    ticket.window = name
