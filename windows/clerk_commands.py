"""What all commands of a clerk have in common, and what any of them may meet."""

from __future__ import annotations

from typing import Any

from projections.house import House
from queue_core import errors
from queue_core.commands import Command
from queue_core.interface.routes import Call

from .window_answers import WindowAnswer
from .window_state import window_after


AT_WINDOW = (
    errors.DayNotOpen,
    errors.DayEnded,
    errors.WindowUnknown,
    errors.WindowNotOpen,
    errors.NotOnDuty,
    errors.CommandIdReused,
)
"""What any command at a window may be refused for."""


def clerk_fields(call: Call[House, Any]) -> dict[str, Any]:
    """Return what every command of a clerk carries. He acts in his own name only."""
    return {
        "command_id": call.command_id,
        "at": call.house.clock.now(),
        "by": call.principal.by,
        "window": call.path["window"],
        "clerk": call.principal.name,
    }


async def give(call: Call[House, Any], command: Command) -> WindowAnswer:
    """Give a clerk's command to his hall, and tell how his window stands then."""
    hall = call.house.hall(call.path["hall"])
    answer = await hall.submit_today(command)
    return window_after(hall, call.path["window"], answer)
