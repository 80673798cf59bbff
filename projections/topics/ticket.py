"""One ticket, as its citizen's phone follows it.

    state    [stage, number, ahead, queue, window, call, announcements, since_at,
              until_at, service, ended_reason, services, notices]
    services [[service, window, outcome, finished_at, evaluated]]
    notices  as ``notices.py`` tells them
    changes  [0, state]
             [1, ahead]
             [2, notices]

``stage`` is 0 waiting, 1 parked after a missed call, 2 paused, 3 preparing, 4 called,
5 serving, 6 held, 7 ended. ``ahead`` is None unless the ticket waits. ``window`` is the
window it is at, or the one window it waits for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .notices import notices_for_citizens


if TYPE_CHECKING:
    from projections.live.places import LiveTicket
    from projections.live_hall import LiveHall

PARKED_STAGES = {"missed": 1, "paused": 2, "preparing": 3}
STAGES = {"waiting": 0, "called": 4, "serving": 5, "held": 6, "ended": 7}


def ticket_state(live: LiveHall, ticket: LiveTicket) -> list[Any]:
    """Return what a ticket's phone shows."""
    at_window = ticket.is_at_window
    return [
        stage_of(ticket),
        ticket.number,
        live.people_ahead(ticket),
        ticket.queue,
        ticket.window or ticket.only_window or None,
        ticket.call if at_window else None,
        ticket.announcements if at_window else 0,
        ticket.since_at,
        ticket.until_at or None,
        ticket.service or None,
        ticket.ended_reason,
        [
            [s.service, s.window, s.outcome, s.finished_at, s.evaluated]
            for s in ticket.services
        ],
        notices_for_citizens(live, ticket.zone),
    ]


def stage_of(ticket: LiveTicket) -> int:
    """Return the ticket's stage by number."""
    if ticket.parked_reason is not None:
        return PARKED_STAGES[ticket.parked_reason]
    return STAGES[ticket.place]


class TicketView:
    """Gathers the changes of a followed ticket.

    The people ahead of it change far more often than the ticket itself, and for many
    tickets at once; they are counted when somebody is about to be told.
    """

    __slots__ = ("ahead", "as_of", "changes", "listener", "live", "state", "ticket")

    def __init__(self, live: LiveHall, ticket: LiveTicket) -> None:
        self.live = live
        self.ticket = ticket
        self.changes: list[list[Any]] = []
        self.state = ticket_state(live, ticket)
        self.ahead: int | None = self.state[2]
        """The people ahead, as they were told last."""
        self.as_of = live.version
        """The version of the hall-day at which they were told."""
        self.listener: Any = None
        """For whoever follows: to find without a search what is to be told."""

    def note(self) -> None:
        """Note that an event touched the ticket itself."""
        state = ticket_state(self.live, self.ticket)
        self.as_of = self.live.version
        if state[:2] != self.state[:2] or state[3:] != self.state[3:]:
            self.state = state
            self.ahead = state[2]
            self.changes.append([0, state])
        elif state[2] != self.ahead:
            self.ahead = state[2]
            self.changes.append([1, self.ahead])

    def note_notices(self) -> None:
        """Note that a notice was broadcast or withdrawn, or that zones are others."""
        notices = notices_for_citizens(self.live, self.ticket.zone)
        if notices != self.state[12]:
            # The state may stand in a change already: it is replaced, not written to.
            self.state = [*self.state[:12], notices]
            self.changes.append([2, notices])

    def finish(self) -> list[list[Any]]:
        """Return the changes of the commit."""
        changes, self.changes = self.changes, []
        return changes

    def catch_up(self) -> list[list[Any]]:
        """Count the people ahead, and return how they have changed."""
        if self.as_of == self.live.version:
            return []
        self.as_of = self.live.version
        ahead = self.live.people_ahead(self.ticket)
        if ahead == self.ahead:
            return []
        self.ahead = ahead
        return [[1, ahead]]
