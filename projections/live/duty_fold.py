"""What the duty of a window changes in the live picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import moves
from .places import CLOSED, OPEN, PAUSED


if TYPE_CHECKING:
    from projections.live_hall import LiveHall
    from queue_core import events as e

    from .effects import Effects
    from .places import LiveWindow


def window_opened(live: LiveHall, event: e.WindowOpened, effects: Effects) -> None:
    """A clerk signed on with these skills."""
    window = live.windows[event.window]
    window.clerk = event.clerk
    window.offsets = {skill.queue: skill.offset_seconds for skill in event.skills}
    window.extended = event.extended
    _set_duty(live, window, OPEN, effects, event.at)


def window_paused(live: LiveHall, event: e.WindowPaused, effects: Effects) -> None:
    """The window does not call for a while."""
    window = live.windows[event.window]
    window.pause_reason = event.reason
    _set_duty(live, window, PAUSED, effects, event.at)


def window_resumed(live: LiveHall, event: e.WindowResumed, effects: Effects) -> None:
    """The window calls again."""
    window = live.windows[event.window]
    window.pause_reason = ""
    _set_duty(live, window, OPEN, effects, event.at)


def window_closed(live: LiveHall, event: e.WindowClosed, effects: Effects) -> None:
    """The clerk signed off; the window shows what it may serve when opened."""
    window = live.windows[event.window]
    window.clerk = ""
    window.pause_reason = ""
    window.extended = False
    window.offsets = live.offsets_by_rule(event.window)
    moves.forget_done(live, event.window)
    _set_duty(live, window, CLOSED, effects, event.at)


def _set_duty(
    live: LiveHall, window: LiveWindow, duty: int, effects: Effects, at: int
) -> None:
    zone = live.zone(window.zone)
    zone.open_windows += (duty == OPEN) - (window.duty == OPEN)
    zone.paused_windows += (duty == PAUSED) - (window.duty == PAUSED)
    window.duty = duty
    window.idle_since = at
    effects.windows.append(window.window)
    effects.duties.append(window.window)
    effects.zones.add(window.zone)
