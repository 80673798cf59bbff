"""The hall board, and the board of one zone.

    state    [date, day_state, calls, zones, closing, notices]
    calls    [[call, number, window, called_at, announcements, call_state, class]]
    zones    [[zone, waiting, open_windows, next]]
    closing  [closing_soon_at, cut_off_at, closes_at], or None before the day
    notices  as ``notices.py`` tells them
    changes  [0, call, number, window, called_at, class]  called
             [1, call, announcements, at]                 recalled
             [2, call]                                    here
             [3, call]                                    off the board
             [4, zone, waiting, next]
             [5, date, day_state]
             [6, notices]
             [7, zone, open_windows]
             [8, zone, waiting]
             [8, zone, waiting, place, number]            a number more in ``next``

``day_state`` is 0 not open, 1 open, 2 closed; ``call_state`` 0 called, 1 here; a
class stands as its rank (``CLASS_RANK``: 0 green, 1 appointment, 2 ordinary). Calls
stand in the order in which they came on the board. ``next`` holds the first number in
each queue of the zone, who is called soonest first; a call takes its number out of it.
In changes a zone stands as its place among ``zones``. A zone's board shows the calls of
tickets that waited in the zone and the calls to windows that stand in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from projections.live.effects import CALLED, RECALLED
from queue_core.values import CLASS_RANK

from .notices import notices_for_citizens


if TYPE_CHECKING:
    from projections.live.effects import Effects
    from projections.live.places import LiveCall, ZoneCounts
    from projections.live_hall import LiveHall


def board_state(live: LiveHall, zone: str = "") -> list[Any]:
    """Return the state of the hall's board, or of one zone's."""
    calls = [_call_row(c) for c in live.calls.values() if not zone or zone in c.zones]
    zones = [_zone_row(live, z) for z in live.zone_rows() if not zone or z.zone == zone]
    notices = notices_for_citizens(live, zone)
    return [live.date, live.day_state, calls, zones, _closing(live), notices]


class BoardView:
    """Gathers the changes of a followed board, commit by commit."""

    def __init__(self, live: LiveHall, zone: str = "") -> None:
        self.live = live
        self.zone = zone
        self.changes: list[list[Any]] = []
        self.rows = {row[0]: row for row in board_state(live, zone)[3]}
        self.ranks = {name: rank for rank, name in enumerate(self.rows)}
        self.notices = notices_for_citizens(live, zone)

    def note(self, effects: Effects) -> None:
        """Note the calls of one event, each by itself: none is announced late."""
        for what, call in effects.calls:
            if not self.zone or self.zone in call.zones:
                self.changes.append(_call_change(what, call))
                if what == CALLED:
                    self._take_from_next(call.number)
        if effects.notices:
            notices = notices_for_citizens(self.live, self.zone)
            if notices != self.notices:
                self.notices = notices
                self.changes.append([6, notices])

    def finish(self, zones: set[str], *, day: bool) -> list[list[Any]]:
        """Return the changes of the commit that touched ``zones``."""
        for zone in self.live.zone_order:
            if zone in zones and zone in self.rows:
                self._note_zone(zone)
        if day:
            self.changes.append([5, self.live.date, self.live.day_state])
        changes, self.changes = self.changes, []
        return changes

    def _take_from_next(self, number: str) -> None:
        for row in self.rows.values():
            row[3] = [one for one in row[3] if one != number]

    def _note_zone(self, zone: str) -> None:
        row, before = _zone_row(self.live, self.live.zones[zone]), self.rows[zone]
        rank, (_, waiting, open_windows, following) = self.ranks[zone], row
        _, waited, opened, followed = before
        added = [n for n, number in enumerate(following) if number not in followed]
        rest = [number for n, number in enumerate(following) if n not in added]
        if rest != followed or len(added) > 1:
            self.changes.append([4, rank, waiting, following])
        elif added:
            self.changes.append([8, rank, waiting, added[0], following[added[0]]])
        elif waiting != waited:
            self.changes.append([8, rank, waiting])
        if open_windows != opened:
            self.changes.append([7, rank, open_windows])
        self.rows[zone] = row


def _call_change(what: int, call: LiveCall) -> list[Any]:
    if what == CALLED:
        return [
            CALLED,
            call.call,
            call.number,
            call.window,
            call.called_at,
            CLASS_RANK[call.ticket_class],
        ]
    if what == RECALLED:
        return [RECALLED, call.call, call.announcements, call.announced_at]
    return [what, call.call]


def _call_row(call: LiveCall) -> list[Any]:
    return [
        call.call,
        call.number,
        call.window,
        call.called_at,
        call.announcements,
        int(call.here),
        CLASS_RANK[call.ticket_class],
    ]


def _zone_row(live: LiveHall, counts: ZoneCounts) -> list[Any]:
    following = live.next_in(counts.zone)
    return [counts.zone, counts.waiting, counts.open_windows, following]


def _closing(live: LiveHall) -> list[int] | None:
    if live.hours is None:
        return None
    return [live.hours.closing_soon_at, live.hours.cut_off_at, live.hours.closes_at]
