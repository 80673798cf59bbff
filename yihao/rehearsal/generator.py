"""The seeded generator of a hall's day.

Each kind of chance has a stream of its own, ``default_rng([hall, day, stream])``, and
draws the same number of values for every visitor, so that another policy, or another
share of evaluations, meets the same people at the same minutes. What lasts longer than
a day (the pace of a clerk, the length of an item) is drawn with day 0.
"""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

import numpy as np
from numpy.random import Generator

from queue_core.profiles.hours import day_hours
from queue_core.profiles.profile import HallProfile
from queue_core.profiles.ranges import windows_in
from queue_core.profiles.rehearsed_day import Rehearsal
from queue_core.values import DayHours

from .drawn_people import DrawnPeople
from .streams import ARRIVALS, ITEMS, SERVICE, Streams, streams_of
from .visitors import RehearsedDay, Visitor


HALF_HOUR_MS = 1_800_000


def generate_day(
    profile: HallProfile,
    date: str,
    *,
    seed: int | None = None,
    tickets: int | None = None,
    stress: bool = False,
) -> RehearsedDay:
    """Draw the people of a day: so many tickets, or as many as the profile expects."""
    streams = streams_of(profile.hall, date, seed)
    hours = day_hours(profile, date)
    arrivals = streams.of(ARRIVALS)
    size = day_size(profile.rehearsal, date, arrivals, stress=stress)
    count = size if tickets is None else tickets
    instants = arrival_instants(profile, hours, date, arrivals, count)
    factors = item_factors(profile, streams)
    people = DrawnPeople(profile, hours, streams, instants, factors)
    visitors = sorted((people.visitor(n) for n in range(count)), key=_by_arrival)
    return RehearsedDay(date, visitors, clerk_pace(profile, streams), people.absent)


def day_size(settings: Rehearsal, date: str, random: Generator, *, stress: bool) -> int:
    """Draw how many tickets the day brings: load × weekday × lognormal factor."""
    load = settings.stress_tickets_per_day if stress else settings.tickets_per_day
    factors = settings.weekday_factors
    weekday = datetime.date.fromisoformat(date).weekday()
    spread = settings.day_factor_sd
    factor = float(np.exp(random.normal(-(spread**2) / 2, spread)))
    return max(1, round(load * factors[min(weekday, len(factors) - 1)] * factor))


def arrival_instants(
    profile: HallProfile, hours: DayHours, date: str, random: Generator, count: int
) -> list[int]:
    """Draw arrivals: a half hour by its share, then evenly inside it."""
    settings = profile.rehearsal
    hour, minute = map(int, settings.first_half_hour.split(":"))
    first = local_midnight(profile, date) + (hour * 60 + minute) * 60_000
    starts = [first + n * HALF_HOUR_MS for n in range(len(settings.half_hour_percents))]
    ends = [min(start + HALF_HOUR_MS, hours.cut_off_at) for start in starts]
    shares = np.array(settings.half_hour_percents) * [
        hours.doors_at <= start < hours.cut_off_at for start in starts
    ]
    halves = random.choice(len(starts), size=count, p=shares / shares.sum())
    inside = random.random(count)
    return sorted(
        round(starts[h] + u * (ends[h] - starts[h]))
        for h, u in zip(halves, inside, strict=True)
    )


def staffed_windows(profile: HallProfile) -> list[str]:
    """Return the windows that a rehearsed day opens, zone by zone."""
    return [
        window
        for zone in profile.rehearsal.zones
        for text in zone.staffed
        for window in windows_in(text)
    ]


def clerk_pace(profile: HallProfile, streams: Streams) -> dict[str, float]:
    """Draw every window's factor on service times, the same on every day."""
    spread = profile.rehearsal.clerk_factor_sd
    drawn = streams.lasting(SERVICE).normal(0, spread, len(profile.windows))
    windows = [w.window for w in profile.windows]
    return dict(zip(windows, map(float, np.exp(drawn)), strict=True))


def item_factors(profile: HallProfile, streams: Streams) -> dict[str, float]:
    """Draw every item's factor on its zone's service time, the most wanted first.

    Which items of a zone are the most wanted is drawn as well: the order of a
    catalogue says nothing about it.
    """
    spread = profile.rehearsal.item_factor_sd
    random = streams.lasting(ITEMS)
    drawn = np.exp(random.normal(0, spread, len(profile.items)))
    order = random.permutation(len(profile.items))
    return {profile.items[n].item: float(drawn[n]) for n in order}


def local_midnight(profile: HallProfile, date: str) -> int:
    """Return the instant at which the date begins in the hall."""
    local = datetime.datetime.fromisoformat(date)
    return round(local.replace(tzinfo=ZoneInfo(profile.timezone)).timestamp() * 1000)


def _by_arrival(visitor: Visitor) -> tuple[int, str]:
    return visitor.arrives_at, visitor.name
