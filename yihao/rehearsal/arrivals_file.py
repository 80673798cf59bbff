"""A recorded day of arrivals, from a CSV file, played in this hall.

The file has the columns ``day``, ``service_type`` and ``arrive`` (seconds since local
midnight), and ``office`` if it holds several. Its services are given to the profile's
queues in turn, the most frequent first, so the same file always gives the same day.
What the file does not know (items, patience, grades) is drawn by the generator.
"""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from queue_core.errors import ParseError
from queue_core.profiles.hours import day_hours
from queue_core.profiles.profile import HallProfile

from .drawn_people import DrawnPeople
from .generator import clerk_pace, item_factors, local_midnight, staffed_windows
from .streams import streams_of
from .visitors import RehearsedDay


COLUMNS = ("day", "service_type", "arrive")
DAY_SECONDS = 86_400
EARLY_AT_THE_DOOR_MS = 2_000
"""Those who come before the doors open go in one after another."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody came for a service."""

    service: str
    seconds: float


def read_arrivals(path: Path, office: str = "", day: str = "") -> list[Arrival]:
    """Read one office's day, in order of arrival.

    Raises:
        ParseError: the file cannot be read, or holds no such day.
    """
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            rows = csv.DictReader(file)
            missing = [c for c in COLUMNS if c not in (rows.fieldnames or [])]
            if missing:
                raise ParseError(f"{path} has no column {missing[0]}", "csv")
            arrivals = [
                _arrival(path, line, row)
                for line, row in enumerate(rows, start=2)
                if (not office or row.get("office") == office)
                and (not day or row["day"] == day)
            ]
    except OSError as error:
        raise ParseError(f"cannot read {path}: {error.strerror}", "csv") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise ParseError(f"{path} is no CSV file: {error}", "csv") from error
    if not arrivals:
        which = " ".join(filter(None, [office, day])) or "it"
        raise ParseError(f"{path} holds no arrivals for {which}", "csv")
    return sorted(arrivals, key=lambda arrival: arrival.seconds)


def _arrival(path: Path, line: int, row: dict[str, str]) -> Arrival:
    try:
        seconds = float(row["arrive"])
    except (TypeError, ValueError) as error:
        why = f"{path} line {line}: arrive is no number of seconds: {row['arrive']!r}"
        raise ParseError(why, "csv") from error
    if not 0 <= seconds < DAY_SECONDS:
        raise ParseError(f"{path} line {line}: arrive is outside the day", "csv")
    return Arrival(row["service_type"] or "", seconds)


def map_services(arrivals: list[Arrival], queues: list[str]) -> dict[str, str]:
    """Give services to queues in turn, the most frequent first."""
    frequency = Counter(arrival.service for arrival in arrivals)
    ordered = sorted(frequency, key=lambda s: (-frequency[s], s))
    return {service: queues[n % len(queues)] for n, service in enumerate(ordered)}


def served_queues(profile: HallProfile) -> list[str]:
    """Return the queues that a staffed window serves as its own and an item needs."""
    staffed = set(staffed_windows(profile))
    primary = {
        skill.queue
        for window in profile.windows
        if window.window in staffed
        for skill in window.skills
        if skill.level == "primary"
    }
    wanted = {item.queue for item in profile.items}
    return [q.queue for q in profile.queues if q.queue in primary & wanted]


def recorded_day(
    profile: HallProfile, date: str, arrivals: list[Arrival], seed: int | None = None
) -> RehearsedDay:
    """Play recorded arrivals on a date of this hall."""
    hours = day_hours(profile, date)
    queues = map_services(arrivals, served_queues(profile))
    midnight = local_midnight(profile, date)
    late = 0
    instants: list[int] = []
    wanted: list[str] = []
    for place, arrival in enumerate(arrivals):
        at = midnight + round(arrival.seconds * 1000)
        at = max(at, hours.doors_at + place * EARLY_AT_THE_DOOR_MS)
        if at >= hours.cut_off_at:
            late += 1
            continue
        instants.append(at)
        wanted.append(queues[arrival.service])
    streams = streams_of(profile.hall, date, seed)
    factors = item_factors(profile, streams)
    people = DrawnPeople(profile, hours, streams, instants, factors)
    visitors = [people.visitor(n, queue) for n, queue in enumerate(wanted)]
    visitors.sort(key=lambda v: (v.arrives_at, v.name))
    notes = _notes(arrivals, queues, late)
    pace = clerk_pace(profile, streams)
    return RehearsedDay(date, visitors, pace, people.absent, notes)


def _notes(arrivals: list[Arrival], queues: dict[str, str], late: int) -> list[str]:
    frequency = Counter(arrival.service for arrival in arrivals)
    notes = [
        f"{n:5} × {s or '(no name)'} → queue {queues[s]}"
        for s, n in frequency.most_common()
    ]
    if late:
        notes.append(f"{late} of {len(arrivals)} came after the cut-off: left out")
    return notes
