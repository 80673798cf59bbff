"""The sign above a window, and its evaluation pad.

    state    [duty, clerk, number, call, announcements, stage, since_at, evaluable,
              pause_reason]
    changes  [0, state]

``duty`` is 0 closed, 1 open, 2 paused; ``stage`` 0 none, 1 called, 2 serving;
``evaluable`` [service, number, finished_at] of the last finished service while it may
still be evaluated here. The clerk is named only in halls that show badges.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any


if TYPE_CHECKING:
    from projections.live.places import LiveService
    from projections.live_hall import LiveHall

NEVER_OPENED: list[Any] = [0, None, None, None, 0, 0, None, None, None]
"""The state of a window that the hall's rules do not know."""


def window_state(live: LiveHall, name: str, *, shows_badge: bool = False) -> list[Any]:
    """Return what the sign and the pad of a window show."""
    window = live.windows.get(name)
    if window is None:
        return list(NEVER_OPENED)
    ticket = window.ticket
    return [
        window.duty,
        (window.clerk or None) if shows_badge else None,
        ticket.number if ticket is not None else None,
        ticket.call if ticket is not None else None,
        ticket.announcements if ticket is not None else 0,
        window.stage,
        window.since_at or None,
        _evaluable(window.evaluable),
        window.pause_reason or None,
    ]


class WindowView:
    """Gathers the changes of a followed window, event by event."""

    def __init__(self, live: LiveHall, name: str, *, shows_badge: bool = False) -> None:
        self.live = live
        self.name = name
        self.shows_badge = shows_badge
        self.changes: list[list[Any]] = []
        self.state = window_state(live, name, shows_badge=shows_badge)

    def note(self) -> None:
        """Note that an event touched the window."""
        state = window_state(self.live, self.name, shows_badge=self.shows_badge)
        if state != self.state:
            self.state = state
            self.changes.append([0, state])

    def finish(self) -> list[list[Any]]:
        """Return the changes of the commit."""
        changes, self.changes = self.changes, []
        return changes


def _evaluable(service: LiveService | None) -> list[Any] | None:
    if service is None:
        return None
    return [service.service, service.number, service.finished_at]
