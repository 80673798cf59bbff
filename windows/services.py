"""Serving at a window: start, hold, transfer, add an item, complete, undo."""

from __future__ import annotations

from typing import Any

from projections.house import House
from queue_core import errors
from queue_core.commands import (
    AddItem,
    CompleteService,
    HoldTicket,
    ResumeHeldTicket,
    StartService,
    TransferTicket,
    UndoLast,
)
from queue_core.interface.fields import Nothing
from queue_core.interface.routes import Call, Route

from .clerk_commands import AT_WINDOW, clerk_fields, give
from .window_answers import (
    AddItemAsked,
    CompleteAsked,
    HoldAsked,
    TicketAsked,
    TransferAsked,
    WindowAnswer,
)


WITH_TICKET = (*AT_WINDOW, errors.NoTicketAtWindow)


async def start_service(call: Call[House, Nothing]) -> WindowAnswer:
    """Begin to serve the called ticket."""
    return await give(call, StartService(**clerk_fields(call)))


async def hold_ticket(call: Call[House, HoldAsked]) -> WindowAnswer:
    """Set the ticket aside, so that the window may call another."""
    reason = call.asked.reason
    return await give(call, HoldTicket(**clerk_fields(call), reason=reason))


async def resume_held_ticket(call: Call[House, TicketAsked]) -> WindowAnswer:
    """Take a ticket that is held at this window back to it."""
    ticket = call.asked.ticket
    return await give(call, ResumeHeldTicket(**clerk_fields(call), ticket=ticket))


async def transfer_ticket(call: Call[House, TransferAsked]) -> WindowAnswer:
    """Send the ticket to a queue or to a window; it keeps its place in time."""
    asked = call.asked
    return await give(
        call,
        TransferTicket(
            **clerk_fields(call),
            queue=asked.queue,
            to_window=asked.window,
            reason=asked.reason,
            ready_after_seconds=asked.ready_after_seconds,
        ),
    )


async def add_item(call: Call[House, AddItemAsked]) -> WindowAnswer:
    """Add an item to the ticket that is being served."""
    return await give(call, AddItem(**clerk_fields(call), item=call.asked.item))


async def complete_service(call: Call[House, CompleteAsked]) -> WindowAnswer:
    """End the service with an outcome; the citizen may evaluate it now."""
    asked = call.asked
    return await give(
        call,
        CompleteService(
            **clerk_fields(call),
            outcome=asked.outcome,
            supplement=asked.supplement,
            note=asked.note,
        ),
    )


async def undo_last(call: Call[House, Nothing]) -> WindowAnswer:
    """Take back the miss or the completion that was recorded last, by mistake."""
    return await give(call, UndoLast(**clerk_fields(call)))


ROUTES: list[Route[House, Any, Any]] = [
    Route(
        method="POST",
        path="/api/halls/{hall}/windows/{window}/start",
        summary="Begin to serve the called ticket.",
        right="serve-window",
        handler=start_service,
        asks=Nothing,
        answers=WindowAnswer,
        refuses=(*WITH_TICKET, errors.ServiceStartedAlready),
    ),
    Route(
        method="POST",
        path="/api/halls/{hall}/windows/{window}/hold",
        summary="Set the ticket aside, so that the window may call another.",
        right="serve-window",
        handler=hold_ticket,
        asks=HoldAsked,
        answers=WindowAnswer,
        refuses=WITH_TICKET,
    ),
    Route(
        method="POST",
        path="/api/halls/{hall}/windows/{window}/resume-ticket",
        summary="Take a ticket that is held at this window back to it.",
        right="serve-window",
        handler=resume_held_ticket,
        asks=TicketAsked,
        answers=WindowAnswer,
        refuses=(
            *AT_WINDOW,
            errors.WindowBusy,
            errors.TicketUnknown,
            errors.TicketGone,
            errors.TicketNotHeld,
        ),
    ),
    Route(
        method="POST",
        path="/api/halls/{hall}/windows/{window}/transfer",
        summary="Send the ticket to a queue or to a window; it keeps its place.",
        right="serve-window",
        handler=transfer_ticket,
        asks=TransferAsked,
        answers=WindowAnswer,
        refuses=(*WITH_TICKET, errors.TransferTargetUnclear, errors.QueueUnknown),
    ),
    Route(
        method="POST",
        path="/api/halls/{hall}/windows/{window}/add-item",
        summary="Add an item to the ticket that is being served.",
        right="serve-window",
        handler=add_item,
        asks=AddItemAsked,
        answers=WindowAnswer,
        refuses=(
            *WITH_TICKET,
            errors.ServiceNotStarted,
            errors.ItemUnknown,
            errors.LiveTicketExists,
        ),
    ),
    Route(
        method="POST",
        path="/api/halls/{hall}/windows/{window}/complete",
        summary="End the service with an outcome; the citizen may evaluate it.",
        right="serve-window",
        handler=complete_service,
        asks=CompleteAsked,
        answers=WindowAnswer,
        refuses=(*WITH_TICKET, errors.ServiceNotStarted, errors.SupplementMissing),
    ),
    Route(
        method="POST",
        path="/api/halls/{hall}/windows/{window}/undo",
        summary="Take back a mistaken miss or completion, within some seconds.",
        right="serve-window",
        handler=undo_last,
        asks=Nothing,
        answers=WindowAnswer,
        refuses=(
            *AT_WINDOW,
            errors.WindowBusy,
            errors.NothingToUndo,
            errors.UndoTooLate,
            errors.TicketMovedOn,
            errors.LiveTicketExists,
        ),
    ),
]
