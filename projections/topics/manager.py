"""The hall manager's live page.

    state    [date, day_state, zones, windows, figures, longest, notices, load]
    zones    [[zone, waiting, parked, serving, open_windows, paused_windows,
               oldest_issued_at]]
    windows  [[window, duty, clerk, stage, number, since_at, served_today,
               pause_reason]]
    figures  [issued, called, served, missed, no_shows, cancelled, wait_seconds_total,
              waits_counted, service_seconds_total, evaluations, bad_evaluations,
              called_in_time]
    longest  [[ticket, number, zone, queue, class, issued_at]], ten at most
    notices  as ``notices.py`` tells them, with whom they are for
    load     [[start_at, issued, called, waiting_at_its_end]] by half hours without
             gaps; the last one goes on, and nobody has waited at its end yet (None)
    changes  [0, zone row] · [1, window row] · [2, figures] · [3, longest]
             [4, date, day_state] · [5, notices] · [6, load row]

``oldest_issued_at`` and ``issued_at`` tell since when a ticket waits: since its issue,
or for a later step of a visit since it joined that step's queue.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from queue_core.values import CLASS_RANK

from .notices import all_notices


if TYPE_CHECKING:
    from projections.live.load import HalfHour
    from projections.live.places import Figures, LiveTicket, LiveWindow, ZoneCounts
    from projections.live_hall import LiveHall

LONGEST = 10
"""How many of the longest waiting tickets the manager sees."""


def manager_state(live: LiveHall) -> list[Any]:
    """Return what the manager's page shows."""
    return [
        live.date,
        live.day_state,
        [_zone_row(counts) for counts in live.zone_rows()],
        [_window_row(window) for window in live.windows.values()],
        _figures(live.figures),
        _longest(live),
        all_notices(live),
        [_load_row(row) for row in live.load.rows],
    ]


class ManagerView:
    """Gathers the changes of a followed manager's page, once per commit."""

    def __init__(self, live: LiveHall) -> None:
        self.live = live
        state = manager_state(live)
        self.zones = {row[0]: row for row in state[2]}
        self.windows = {row[0]: row for row in state[3]}
        self.figures = state[4]
        self.longest = state[5]
        self.notices = state[6]
        self.load = state[7]

    def finish(
        self, zones: set[str], windows: set[str], *, day: bool
    ) -> list[list[Any]]:
        """Return the changes of the commit that touched ``zones`` and ``windows``."""
        changes: list[list[Any]] = []
        for zone in zones & self.zones.keys():
            row = _zone_row(self.live.zones[zone])
            if row != self.zones[zone]:
                self.zones[zone] = row
                changes.append([0, row])
        for window in windows & self.windows.keys():
            row = _window_row(self.live.windows[window])
            if row != self.windows[window]:
                self.windows[window] = row
                changes.append([1, row])
        changes.sort(key=lambda change: (change[0], change[1][0]))
        figures = _figures(self.live.figures)
        if figures != self.figures:
            self.figures = figures
            changes.append([2, figures])
        if zones:
            longest = _longest(self.live)
            if longest != self.longest:
                self.longest = longest
                changes.append([3, longest])
        if day:
            changes.append([4, self.live.date, self.live.day_state])
        return [*changes, *self._others()]

    def _others(self) -> list[list[Any]]:
        changes: list[list[Any]] = []
        notices = all_notices(self.live)
        if notices != self.notices:
            self.notices = notices
            changes.append([5, notices])
        # Only the half hour that goes on changes, until another one follows it.
        first = max(0, len(self.load) - 1)
        load = [_load_row(row) for row in self.live.load.rows[first:]]
        for row in load:
            if row not in self.load[first:]:
                changes.append([6, row])
        self.load[first:] = load
        return changes


def _zone_row(counts: ZoneCounts) -> list[Any]:
    return [
        counts.zone,
        counts.waiting,
        counts.parked,
        counts.serving,
        counts.open_windows,
        counts.paused_windows,
        counts.oldest[0].waiting_since if counts.oldest else None,
    ]


def _window_row(window: LiveWindow) -> list[Any]:
    return [
        window.window,
        window.duty,
        window.clerk or None,
        window.stage,
        window.ticket.number if window.ticket is not None else None,
        window.since_at or None,
        window.served_today,
        window.pause_reason or None,
    ]


def _figures(figures: Figures) -> list[int]:
    return [
        figures.issued,
        figures.called,
        figures.served,
        figures.missed,
        figures.no_shows,
        figures.cancelled,
        figures.wait_milliseconds // 1000,
        figures.waits_counted,
        figures.service_milliseconds // 1000,
        figures.evaluations,
        figures.bad_evaluations,
        figures.in_time,
    ]


def _load_row(row: HalfHour) -> list[Any]:
    return [row.start_at, row.issued, row.called, row.waiting]


def _longest(live: LiveHall) -> list[list[Any]]:
    return [_longest_row(ticket) for ticket in islice(live.oldest(), LONGEST)]


def _longest_row(ticket: LiveTicket) -> list[Any]:
    return [
        ticket.ticket,
        ticket.number,
        ticket.zone,
        ticket.queue,
        CLASS_RANK[ticket.ticket_class],
        ticket.waiting_since,
    ]
