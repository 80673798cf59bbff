"""Writing the record of a whole year: day after day played by the rules.

A day goes into the log in one transaction, so whoever is interrupted goes on with the
first day that is not there. How many come on which day is drawn as the rehearsal draws
it, on days as busy as its stress day; the sum is what was asked for.
"""

from __future__ import annotations

import datetime
import heapq
from collections.abc import Iterator
from typing import NamedTuple

from queue_core.commands import AdoptProfile
from queue_core.log.event_log import Entry, EventLog
from queue_core.log.streams import (
    evaluation_stream,
    hall_day_stream,
    profile_stream,
)
from queue_core.profiles.hours import is_open_day
from queue_core.profiles.profile import HallProfile, serialize_profile
from queue_core.rules import profile_adoption
from queue_core.rules.profile_adoption import AdoptedProfile
from yihao.progress_bar import Progress
from yihao.rehearsal.generator import (
    day_size,
    generate_day,
    local_midnight,
    staffed_windows,
)
from yihao.rehearsal.streams import ARRIVALS, streams_of

from .played_day import PlayedDay


YEAR = 2026
"""The year whose holidays the shipped profile knows."""


class Written(NamedTuple):
    """What was written now; what stood there already is not counted."""

    days: int
    cases: int
    events: int


def write_year(
    log: EventLog, profile: HallProfile, sizes: dict[str, int], tell: Progress
) -> Written:
    """Write every day of ``sizes`` that is not in the log yet.

    Raises:
        LogError: the log cannot be written.
    """
    if not log.last_version(profile_stream(profile.hall)):
        log.append(adoption(profile, min(sizes)))
    done = written = cases = events = 0
    total = sum(sizes.values())
    for date, size in sizes.items():
        if not log.last_version(hall_day_stream(profile.hall, date)):
            entries = day_entries(profile, date, size)
            log.append(entries)
            written, cases, events = written + 1, cases + size, events + len(entries)
        done += size
        tell(done, total)
    return Written(written, cases, events)


def day_sizes(profile: HallProfile, year: int, cases: int, days: int) -> dict[str, int]:
    """Return date → cases of the year's open days, or of the first ``days`` of them."""
    dates = list(open_dates(profile, year))[: days or None]
    drawn = {
        date: day_size(
            profile.rehearsal,
            date,
            streams_of(profile.hall, date).of(ARRIVALS),
            stress=True,
        )
        for date in dates
    }
    whole = sum(drawn.values())
    upto = before = 0
    sizes: dict[str, int] = {}
    for date, size in drawn.items():
        upto += size
        share = round(cases * upto / whole)
        sizes[date], before = share - before, share
    return sizes


def open_dates(profile: HallProfile, year: int) -> Iterator[str]:
    """Yield the dates of a year on which the hall does business."""
    day = datetime.date(year, 1, 1)
    while day.year == year:
        if is_open_day(profile, day.isoformat()):
            yield day.isoformat()
        day += datetime.timedelta(days=1)


def day_entries(profile: HallProfile, date: str, cases: int) -> list[Entry]:
    """Play a day; return its events and its evaluations as they came."""
    people = generate_day(profile, date, tickets=cases)
    played = PlayedDay(profile, people, staffed_windows(profile)).play()
    stream = hall_day_stream(profile.hall, date)
    day: Iterator[Entry] = (
        (stream, version, event) for version, event in enumerate(played.events, 1)
    )
    given: list[Entry] = [
        (evaluation_stream(one.service), 1, one)
        for one in sorted(played.evaluations, key=lambda one: one.at)
    ]
    return list(heapq.merge(day, given, key=lambda entry: entry[2].at))


def adoption(profile: HallProfile, date: str) -> list[Entry]:
    """Return the adoption of the profile on the morning of a date."""
    command = AdoptProfile(
        command_id="bench/profile/1",
        at=local_midnight(profile, date),
        by="bench",
        hall=profile.hall,
        revision=profile.revision,
        content=serialize_profile(profile),
    )
    events = profile_adoption.decide(AdoptedProfile(), command)
    stream = profile_stream(profile.hall)
    return [(stream, version, event) for version, event in enumerate(events, 1)]
