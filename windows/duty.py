"""Duty at a window: a clerk signs on, pauses, goes on and signs off."""

from __future__ import annotations

from typing import Any

import msgspec

from projections.house import House
from queue_core import errors
from queue_core.commands import CloseWindow, OpenWindow, PauseWindow, ResumeWindow
from queue_core.interface.fields import Nothing
from queue_core.interface.refusals import NotAllowed
from queue_core.interface.routes import Call, Route

from .clerk_commands import AT_WINDOW, clerk_fields, give
from .window_answers import OpenAsked, PauseAsked, WindowAnswer
from .window_state import window_now


async def show_window(call: Call[House, Nothing]) -> WindowAnswer:
    """Tell how a window stands."""
    principal, window = call.principal, call.path["window"]
    if principal.kind == "device" and principal.place != window:
        why = f"{principal.name} stands at window {principal.place}"
        raise NotAllowed(right="see-window", why=why)
    stands = window_now(call.house.hall(call.path["hall"]), window)
    if principal.kind == "device" or stands.clerk is None:
        return stands
    names = await call.house.staff_names()
    return msgspec.structs.replace(stands, clerk_name=names.get(stands.clerk))


async def open_window(call: Call[House, OpenAsked]) -> WindowAnswer:
    """Sign on at a window, for all its queues or for some."""
    asked = call.asked
    return await give(
        call,
        OpenWindow(
            command_id=call.command_id,
            at=call.house.clock.now(),
            by=call.principal.by,
            window=call.path["window"],
            clerk=call.principal.name,
            queues=asked.queues,
            extended=asked.extended,
        ),
    )


async def pause_window(call: Call[House, PauseAsked]) -> WindowAnswer:
    """Stop calling, between two tickets, for a stated reason."""
    return await give(call, PauseWindow(**clerk_fields(call), reason=call.asked.reason))


async def resume_window(call: Call[House, Nothing]) -> WindowAnswer:
    """Go on calling at a paused window."""
    return await give(call, ResumeWindow(**clerk_fields(call)))


async def close_window(call: Call[House, Nothing]) -> WindowAnswer:
    """Sign off at a window that has no ticket."""
    return await give(call, CloseWindow(**clerk_fields(call)))


ROUTES: list[Route[House, Any, Any]] = [
    Route(
        method="GET",
        path="/api/halls/{hall}/windows/{window}",
        summary="Tell how a window stands.",
        right="see-window",
        handler=show_window,
        asks=Nothing,
        answers=WindowAnswer,
        refuses=(errors.WindowUnknown,),
    ),
    Route(
        method="POST",
        path="/api/halls/{hall}/windows/{window}/open",
        summary="Sign on at a window, for all its queues or for some.",
        right="serve-window",
        handler=open_window,
        asks=OpenAsked,
        answers=WindowAnswer,
        refuses=(
            *AT_WINDOW,
            errors.WindowOccupied,
            errors.ClerkElsewhere,
            errors.QueueUnknown,
        ),
    ),
    Route(
        method="POST",
        path="/api/halls/{hall}/windows/{window}/pause",
        summary="Stop calling, between two tickets, for a stated reason.",
        right="serve-window",
        handler=pause_window,
        asks=PauseAsked,
        answers=WindowAnswer,
        refuses=(*AT_WINDOW, errors.WindowBusy),
    ),
    Route(
        method="POST",
        path="/api/halls/{hall}/windows/{window}/resume",
        summary="Go on calling at a paused window.",
        right="serve-window",
        handler=resume_window,
        asks=Nothing,
        answers=WindowAnswer,
        refuses=(*AT_WINDOW, errors.WindowNotPaused),
    ),
    Route(
        method="POST",
        path="/api/halls/{hall}/windows/{window}/close",
        summary="Sign off at a window that has no ticket.",
        right="serve-window",
        handler=close_window,
        asks=Nothing,
        answers=WindowAnswer,
        refuses=(*AT_WINDOW, errors.WindowBusy, errors.TicketsHeld),
    ),
]
