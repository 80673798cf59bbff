"""Calling at a window: the next ticket, a chosen one, again, and when nobody comes."""

from __future__ import annotations

from typing import Any

from projections.house import House
from queue_core import errors
from queue_core.commands import CallNext, CallTicket, MarkMissed, RecallTicket
from queue_core.interface.fields import Nothing
from queue_core.interface.routes import Call, Route

from .clerk_commands import AT_WINDOW, clerk_fields, give
from .window_answers import MissedAsked, TicketAsked, WindowAnswer


CALLING = (*AT_WINDOW, errors.WindowPausedNow, errors.WindowBusy)
CALLED = (*AT_WINDOW, errors.NoTicketAtWindow, errors.ServiceStartedAlready)


async def call_next(call: Call[House, Nothing]) -> WindowAnswer:
    """Call who is next by the rule; nobody waits: ticket null."""
    return await give(call, CallNext(**clerk_fields(call)))


async def call_ticket(call: Call[House, TicketAsked]) -> WindowAnswer:
    """Call a chosen ticket, where it is pinned, was transferred or is held here."""
    ticket = call.asked.ticket
    return await give(call, CallTicket(**clerk_fields(call), ticket=ticket))


async def recall_ticket(call: Call[House, Nothing]) -> WindowAnswer:
    """Announce the call once more."""
    return await give(call, RecallTicket(**clerk_fields(call)))


async def mark_missed(call: Call[House, MissedAsked]) -> WindowAnswer:
    """Record that nobody came to the call."""
    reason = call.asked.reason
    return await give(call, MarkMissed(**clerk_fields(call), reason=reason))


ROUTES: list[Route[House, Any, Any]] = [
    Route(
        method="POST",
        path="/api/halls/{hall}/windows/{window}/call-next",
        summary="Call who is next by the rule; with nobody waiting, ticket is null.",
        right="serve-window",
        handler=call_next,
        asks=Nothing,
        answers=WindowAnswer,
        refuses=CALLING,
    ),
    Route(
        method="POST",
        path="/api/halls/{hall}/windows/{window}/call",
        summary="Call a chosen ticket that is pinned, transferred or held here.",
        right="serve-window",
        handler=call_ticket,
        asks=TicketAsked,
        answers=WindowAnswer,
        refuses=(
            *CALLING,
            errors.TicketUnknown,
            errors.TicketGone,
            errors.TicketNotCallable,
        ),
    ),
    Route(
        method="POST",
        path="/api/halls/{hall}/windows/{window}/recall",
        summary="Announce the call once more.",
        right="serve-window",
        handler=recall_ticket,
        asks=Nothing,
        answers=WindowAnswer,
        refuses=(*CALLED, errors.AnnouncedEnough),
    ),
    Route(
        method="POST",
        path="/api/halls/{hall}/windows/{window}/no-show",
        summary="Record that nobody came to the call.",
        right="serve-window",
        handler=mark_missed,
        asks=MissedAsked,
        answers=WindowAnswer,
        refuses=CALLED,
    ),
]
