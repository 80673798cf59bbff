"""The people of a day, drawn at once from the streams and put together one by one."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from itertools import accumulate

import numpy as np

from queue_core.profiles.profile import HallProfile
from queue_core.profiles.rehearsed_day import RehearsalZone
from queue_core.values import DayHours, Grade, TicketClass

from .drawn_habits import DrawnHabits
from .streams import (
    CLASS,
    EVALUATION,
    HABITS,
    ITEMS,
    NO_SHOW,
    PATIENCE,
    SERVICE,
    Streams,
)
from .visitors import Visitor


SLOT_MS = 900_000
"""Appointments are booked for quarters of an hour."""


class DrawnPeople:
    """All chances of a day, drawn at once; ``visitor(n)`` puts one person together."""

    def __init__(
        self,
        profile: HallProfile,
        hours: DayHours,
        streams: Streams,
        instants: list[int],
        factors: dict[str, float],
    ) -> None:
        """Draw for as many people as there are ``instants`` of arrival.

        ``factors`` names the hall's items, the most wanted first.
        """
        count = len(instants)
        settings = profile.rehearsal
        self.settings, self.hours, self.instants = settings, hours, instants
        self.zones = list(settings.zones)
        self.zone_of_queue = {
            queue.queue: zone
            for queue in profile.queues
            for zone in self.zones
            if zone.zone == queue.zone
        }
        self.items_of_zone: dict[str, list[str]] = defaultdict(list)
        self.items_of_queue: dict[str, list[str]] = defaultdict(list)
        known = {item.item: item for item in profile.items}
        for item in factors:
            self.items_of_zone[known[item].zone].append(item)
            self.items_of_queue[known[item].queue].append(item)
        self.factors = factors
        self.item_draws = streams.of(ITEMS).random((count, 7))
        chance = streams.of(CLASS)
        self.class_draws = chance.random(count)
        self.earliness = chance.normal(
            -settings.appointment_early_mean_minutes,
            settings.appointment_early_sd_minutes,
            count,
        )
        self.service_draws = streams.of(SERVICE).normal(size=(count, 3))
        self.patience = streams.of(PATIENCE).exponential(
            settings.patience_mean_minutes * 60, count
        )
        self.no_show_draws = streams.of(NO_SHOW).random((count, 3))
        self.evaluation_draws = streams.of(EVALUATION).random((count, 2))
        self.habits = DrawnHabits(settings, streams.of(HABITS), count)
        self.absent = 0

    def visitor(self, n: int, queue: str = "") -> Visitor:
        """Put the n-th person together, who comes for a given queue or for any."""
        settings = self.settings
        zone_draw, transferred, *item_draws = self.item_draws[n]
        zone = self.zones[_pick([z.share_percent for z in self.zones], zone_draw)]
        known = self.items_of_zone[zone.zone]
        if queue:
            zone, known = self.zone_of_queue[queue], self.items_of_queue[queue]
        items = self._items(known, item_draws)
        ticket_class, booked_at, arrives_at = self._class(n, moves=not queue)
        channel = self.habits.channel(n, ticket_class)
        missed, returns, absent = self.no_show_draws[n] * 100
        # So many of all bookings stay away, besides those who come.
        away = settings.appointment_no_show_percent
        self.absent += bool(booked_at and absent / 100 < away / max(1e-9, 100 - away))
        return Visitor(
            name=f"v{n + 1:05}",
            arrives_at=arrives_at,
            zone=zone.zone,
            items=items,
            ticket_class=ticket_class,
            channel=channel,
            service_seconds=self._seconds(n, zone, items),
            patience_seconds=float(self.patience[n]),
            booked_at=booked_at,
            misses_first=bool(missed < settings.missed_percent),
            returns=bool(returns < settings.missed_return_percent),
            transferred=bool(transferred * 100 < settings.transfer_percent),
            grade=self._grade(n),
            habits=self.habits.habits(n, len(items), channel),
        )

    def _seconds(
        self, n: int, zone: RehearsalZone, items: tuple[str, ...]
    ) -> tuple[float, ...]:
        sigma = np.sqrt(np.log(1 + zone.cv**2))
        middle = np.log(zone.mean_minutes * 60) - sigma**2 / 2
        drawn = np.exp(middle + sigma * self.service_draws[n])
        shortest = float(self.settings.shortest_service_seconds)
        return tuple(
            max(shortest, float(seconds) * self.factors[item])
            for item, seconds in zip(items, drawn, strict=False)
        )

    def _items(self, known: list[str], draws: list[float]) -> tuple[str, ...]:
        settings = self.settings
        several, three, *picks = draws
        wanted = 1
        if several * 100 < settings.several_items_percent:
            wanted = 3 if three * 100 < settings.three_of_several_percent else 2
        left, weights = list(known), list(zipf_shares(len(known), settings.item_zipf))
        found: list[str] = []
        for draw in picks[: min(wanted, len(known))]:
            place = _pick(weights, draw)
            found.append(left.pop(place))
            del weights[place]
        return tuple(found)

    def _class(self, n: int, *, moves: bool) -> tuple[TicketClass, int, int]:
        """Return class, booked time and arrival, which ``moves`` with the booking."""
        settings, arrives_at = self.settings, self.instants[n]
        drawn = self.class_draws[n] * 100
        if drawn < settings.appointment_percent:
            earliness = round(self.earliness[n] * 60_000)
            if not moves:
                return "appointment", self._slot(arrives_at - earliness), arrives_at
            slot = self._slot(arrives_at)
            last = self.hours.cut_off_at - 1000
            came = min(max(slot + earliness, self.hours.doors_at), last)
            return "appointment", slot, came
        if drawn < settings.appointment_percent + settings.green_percent:
            return "green", 0, arrives_at
        return "ordinary", 0, arrives_at

    def _slot(self, at: int) -> int:
        """Return the quarter of an hour inside a session that is nearest."""
        slots = [
            slot
            for session in self.hours.sessions
            for slot in range(session.opens_at, session.closes_at, SLOT_MS)
        ]
        return min(slots, key=lambda slot: abs(slot - at))

    def _grade(self, n: int) -> Grade | None:
        given, which = self.evaluation_draws[n]
        if given * 100 >= self.settings.evaluation_percent:
            return None
        grades = list(self.settings.grade_weights.items())
        return grades[_pick([weight for _, weight in grades], which)][0]


@lru_cache(maxsize=256)
def zipf_shares(count: int, exponent: float) -> tuple[float, ...]:
    """Return the shares of ``count`` items by rank: 1/rank^exponent."""
    weights = np.arange(1, count + 1, dtype=np.float64) ** -exponent
    return tuple(map(float, weights / weights.sum()))


def _pick(weights: list[float], draw: float) -> int:
    """Return the place that a draw in [0, 1) falls on."""
    bounds = list(accumulate(weights))
    return _place(bounds, draw * bounds[-1])


def _place(bounds: list[float], value: float) -> int:
    place = int(np.searchsorted(bounds, value, side="right"))
    return min(place, len(bounds) - 1)
