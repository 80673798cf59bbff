"""What one commit touched, over all its events, and the followed tickets by line."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING


if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from projections.live.effects import Effects
    from projections.live.places import LineKey, LiveTicket
    from projections.live_hall import LiveHall

    from .ticket import TicketView

Move = tuple["TicketView | None", int]
"""A ticket, if it is followed, and how many people are ahead of it by now."""

Walk = tuple[tuple["LiveTicket", ...], tuple["TicketView | None", ...]]
"""The tickets of a line in their order, and the view of each that is followed."""

NO_WALK: Walk = ((), ())

WALKED_PER_LOOKUP = 32
"""Passing so many tickets in a line costs as much as looking one of them up."""


class Touched:
    """The union of the effects of a commit's events."""

    __slots__ = ("day", "lines", "rules", "views", "windows", "zones")

    def __init__(self) -> None:
        self.zones: set[str] = set()
        self.windows: set[str] = set()
        self.lines: set[LineKey] = set()
        self.views: dict[TicketView, None] = {}
        """Followed tickets that changed themselves."""
        self.day = False
        self.rules = False

    def add(self, effects: Effects) -> None:
        """Add the effects of one event."""
        self.zones |= effects.zones
        self.windows.update(effects.windows)
        self.lines.update(line for line, _ in effects.left)
        self.lines.update(ticket.line for ticket in effects.joined)
        self.day = self.day or effects.day
        self.rules = self.rules or effects.rules


class TicketsByLine:
    """The followed tickets by the line in which each of them waits."""

    def __init__(self) -> None:
        self._views: dict[LineKey, dict[LiveTicket, TicketView]] = {}
        self._line_of: dict[TicketView, LineKey] = {}
        self._walked: dict[LineKey, Walk] = {}
        """What was found when a line was walked down last."""

    def place(self, view: TicketView) -> None:
        """Put the ticket where it waits now; nowhere if it does not wait."""
        self._take_out(view)
        if view.ticket.place == "waiting":
            line = view.ticket.line
            self._line_of[view] = line
            self._views.setdefault(line, {})[view.ticket] = view
            self._walked.pop(line, None)

    def forget(self, view: TicketView) -> None:
        """Follow the ticket no longer."""
        line = self._take_out(view)
        if line is not None:
            self._walked.pop(line, None)

    def is_followed(self, line: LineKey) -> bool:
        """Tell whether anybody follows a ticket that waits in the line."""
        return bool(self._views.get(line))

    def moves(self, live: LiveHall, line: LineKey) -> Iterator[Move]:
        """Return how many people are ahead of the followed tickets of a line by now.

        Each could be counted by itself; where many are followed, walking down the line
        is much cheaper. Whoever has left the line meanwhile is to be passed over: what
        his view tells is newer.
        """
        views = self._views.get(line, {})
        waiting = live.line(line)
        if len(views) * WALKED_PER_LOOKUP < len(waiting):
            counted = [
                (view, live.people_ahead(view.ticket)) for view in views.values()
            ]
            return iter([(view, n) for view, n in counted if n is not None])
        return zip(self._walk(line, tuple(waiting), views), count(), strict=False)

    def _walk(
        self,
        line: LineKey,
        tickets: tuple[LiveTicket, ...],
        views: dict[LiveTicket, TicketView],
    ) -> Sequence[TicketView | None]:
        """Return the views of tickets that wait in this order."""
        before, found = self._walked.get(line, NO_WALK)
        if tickets == before[1:]:
            # The first was called, as ever: thousands need not be looked up again.
            found = found[1:]
        elif tickets != before:
            found = tuple(map(views.get, tickets))
        self._walked[line] = tickets, found
        return found

    def _take_out(self, view: TicketView) -> LineKey | None:
        line = self._line_of.pop(view, None)
        if line is not None:
            del self._views[line][view.ticket]
        return line
