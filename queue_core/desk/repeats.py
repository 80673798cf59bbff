"""Whether a command id that was seen before belongs to the same command.

A repeat returns the first answer. An id that was used for something else is refused:
its client would take the first answer for an answer to what it asks now.
"""

from __future__ import annotations

from collections.abc import Sequence

from queue_core import commands as c
from queue_core import events as e
from queue_core import events_of_persons as p
from queue_core.errors import CommandIdReused
from queue_core.events_of_proof import DaySealed


Traces = tuple[tuple[type[e.Event], tuple[str, ...]], ...]

TRACES: dict[type[c.Command], Traces] = {
    c.OpenDay: ((e.DayOpened, ("date",)),),
    c.CloseDay: ((e.DayClosed, ()),),
    c.AdoptRules: ((e.RulesAdopted, ("rules",)),),
    # The notice's id too is made anew.
    c.BroadcastNotice: ((e.NoticeBroadcast, ("zh", "en")),),
    c.WithdrawNotice: ((e.NoticeWithdrawn, ("notice",)),),
    c.OpenWindow: ((e.WindowOpened, ("window", "clerk")),),
    c.PauseWindow: ((e.WindowPaused, ("window", "clerk")),),
    c.ResumeWindow: ((e.WindowResumed, ("window", "clerk")),),
    c.CloseWindow: ((e.WindowClosed, ("window", "clerk")),),
    # The ticket's id is made anew by whoever passes the repeat on.
    c.IssueTicket: ((e.TicketIssued, ("items", "channel")),),
    c.CallNext: ((e.TicketCalled, ("window", "clerk")), (e.TicketReturned, ())),
    c.CallTicket: ((e.TicketCalled, ("window", "clerk", "ticket")),),
    c.RecallTicket: ((e.TicketRecalled, ("window",)),),
    c.MarkMissed: ((e.TicketMissed, ("window", "clerk")),),
    c.StartService: (
        (e.ServiceStarted, ("window", "clerk")),
        (e.HeldTicketResumed, ("window", "clerk")),
    ),
    c.HoldTicket: ((e.TicketHeld, ("window",)),),
    c.ResumeHeldTicket: ((e.HeldTicketResumed, ("window", "clerk", "ticket")),),
    c.TransferTicket: ((e.TicketTransferred, ("to_window",)),),
    c.AddItem: ((e.ItemAdded, ("window", "item")),),
    c.CompleteService: ((e.ServiceCompleted, ("window", "clerk", "outcome")),),
    c.UndoLast: (
        (e.MissUndone, ("window", "clerk")),
        (e.CompletionUndone, ("window", "clerk")),
    ),
    c.PinTicket: ((e.TicketPinned, ("ticket",)),),
    c.PauseTicket: ((e.TicketPaused, ("ticket",)),),
    c.ResumeTicket: ((e.TicketResumed, ("ticket",)),),
    c.CancelTicket: ((e.TicketEnded, ("ticket",)),),
    c.GiveEvaluation: ((e.EvaluationGiven, ("service", "grade")),),
    c.AdoptProfile: ((e.ProfileAdopted, ("hall", "revision")),),
    c.RecordErasure: ((p.PersonsErased, ("hall", "subjects", "ground")),),
    c.RecordHold: ((p.PersonsHeld, ("hall", "subjects", "reason")),),
    c.RecordRelease: ((p.PersonsReleased, ("hall", "subjects")),),
    c.SealDay: ((DaySealed, ("hall", "date")),),
}
"""The events that show which command caused them, and the fields both have."""


def require_same_command(command: c.Command, events: Sequence[e.Event]) -> None:
    """Pass if ``events``, recorded under the command's id, come from such a command.

    Raises:
        CommandIdReused: they come from another one.
    """
    for kind, fields in TRACES[type(command)]:
        for event in events:
            if isinstance(event, kind) and all(
                getattr(event, name) == getattr(command, name) for name in fields
            ):
                return
    raise CommandIdReused(command.command_id)
