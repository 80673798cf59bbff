"""The hall's day of business: decide(state, command), evolve(state, event), fold.

This is the page to read first. A decision reads the state and returns the events that
a command causes, or raises a ``Refused``; evolving changes the state in place. There
is no clock, no random number and no I/O here: the same log gives the same calls.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from queue_core import commands as c
from queue_core.errors import DayEnded, DayNotOpen

from . import calling, day, duty, issuing, leaving, notices, serving, undoing
from .evolving import EVOLUTIONS
from .state import HallDay


if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from queue_core.events import HallDayEvent

__all__ = ["DECISIONS", "HallDay", "decide", "evolve", "fold"]

DECISIONS: dict[
    type[c.HallDayCommand], Callable[[HallDay, Any], list[HallDayEvent]]
] = {
    c.OpenDay: day.open_day,
    c.CloseDay: day.close_day,
    c.AdoptRules: day.adopt_rules,
    c.BroadcastNotice: notices.broadcast_notice,
    c.WithdrawNotice: notices.withdraw_notice,
    c.OpenWindow: duty.open_window,
    c.PauseWindow: duty.pause_window,
    c.ResumeWindow: duty.resume_window,
    c.CloseWindow: duty.close_window,
    c.IssueTicket: issuing.issue_ticket,
    c.CallNext: calling.call_next,
    c.CallTicket: calling.call_ticket,
    c.RecallTicket: calling.recall_ticket,
    c.MarkMissed: calling.mark_missed,
    c.StartService: serving.start_service,
    c.HoldTicket: serving.hold_ticket,
    c.ResumeHeldTicket: serving.resume_held_ticket,
    c.TransferTicket: serving.transfer_ticket,
    c.AddItem: serving.add_item,
    c.CompleteService: serving.complete_service,
    c.UndoLast: undoing.undo_last,
    c.PinTicket: leaving.pin_ticket,
    c.PauseTicket: leaving.pause_ticket,
    c.ResumeTicket: leaving.resume_ticket,
    c.CancelTicket: leaving.cancel_ticket,
}


def decide(state: HallDay, command: c.HallDayCommand) -> list[HallDayEvent]:
    """Return the events that the command causes; none if there is nothing to do.

    A command whose clock is behind the day's record, because it was set back or another
    machine's is ahead, is decided at the time of the latest event: whoever came
    later stays behind those who came before.

    Raises:
        Refused: the rules say no; nothing has changed.
    """
    if state.closed:
        raise DayEnded(state.date)
    if not state.opened and not isinstance(command, c.OpenDay):
        raise DayNotOpen
    if command.at < state.at:
        command = msgspec.structs.replace(command, at=state.at)
    return DECISIONS[type(command)](state, command)


def evolve(state: HallDay, event: HallDayEvent) -> None:
    """Change ``state`` by what has happened; its version grows by one."""
    state.version = version = state.version + 1
    # Every event comes by here, and a call of max is a tenth of it.
    if event.at > state.at:  # noqa: PLR1730
        state.at = event.at
    EVOLUTIONS[type(event)](state, event)
    before = state.answered.get(event.command_id)
    first = version if before is None else before[0]
    state.answered[event.command_id] = (first, version)


def fold(events: Iterable[HallDayEvent]) -> HallDay:
    """Return the state after ``events``, from an empty day."""
    state = HallDay()
    for event in events:
        evolve(state, event)
    return state
