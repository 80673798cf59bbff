"""Under which name and version every event is stored: the only link from bytes to code.

A name is never changed, given away or derived from a class path. An event whose
meaning changes gets the next version here, and an upcast in ``codec``.
"""

from __future__ import annotations

from queue_core import events as e
from queue_core import events_of_persons as p
from queue_core.events_of_proof import DaySealed


EVENT_NAMES: dict[type[e.Event], tuple[str, int]] = {
    e.DayOpened: ("day-opened", 1),
    e.RulesAdopted: ("rules-adopted", 1),
    e.DayClosed: ("day-closed", 1),
    e.NoticeBroadcast: ("notice-broadcast", 1),
    e.NoticeWithdrawn: ("notice-withdrawn", 1),
    e.WindowOpened: ("window-opened", 1),
    e.WindowPaused: ("window-paused", 1),
    e.WindowResumed: ("window-resumed", 1),
    e.WindowClosed: ("window-closed", 1),
    e.TicketIssued: ("ticket-issued", 1),
    e.TicketCalled: ("ticket-called", 1),
    e.TicketRecalled: ("ticket-recalled", 1),
    e.TicketMissed: ("ticket-missed", 1),
    e.TicketReturned: ("ticket-returned", 1),
    e.TicketPinned: ("ticket-pinned", 1),
    e.TicketPaused: ("ticket-paused", 1),
    e.TicketResumed: ("ticket-resumed", 1),
    e.ServiceStarted: ("service-started", 1),
    e.TicketHeld: ("ticket-held", 1),
    e.HeldTicketResumed: ("held-ticket-resumed", 1),
    e.TicketTransferred: ("ticket-transferred", 1),
    e.ItemAdded: ("item-added", 1),
    e.ServiceCompleted: ("service-completed", 1),
    e.StepQueued: ("step-queued", 1),
    e.TicketEnded: ("ticket-ended", 1),
    e.MissUndone: ("miss-undone", 1),
    e.CompletionUndone: ("completion-undone", 1),
    e.EvaluationGiven: ("evaluation-given", 1),
    e.ProfileAdopted: ("profile-adopted", 1),
    p.PersonsErased: ("persons-erased", 1),
    p.PersonsHeld: ("persons-held", 1),
    p.PersonsReleased: ("persons-released", 1),
    e.AccessNoted: ("access-noted", 1),
    DaySealed: ("day-sealed", 1),
}
"""The stored name and version of every event class."""
