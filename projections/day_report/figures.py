"""The figures of a day: volumes, waits, windows at work, evaluations.

A wait runs from the moment the number was taken (for an appointment: the booked time,
if that is later) to the first call. Percentiles are by nearest rank.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from math import ceil
from typing import TypeVar

from projections.day_facts import DayFacts
from projections.labels import Labels
from projections.service_facts import Visit
from queue_core.events import EvaluationGiven
from queue_core.values import BAD_GRADES


K = TypeVar("K")
S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Volume:
    """How many numbers were taken and how each of them ended."""

    issued: int
    called: int
    served: int
    no_show: int
    cancelled: int
    expired: int
    live: int


@dataclass(frozen=True, slots=True)
class Waits:
    """Waiting times in seconds; all 0 where nobody was called."""

    count: int
    mean: float
    p50: float
    p90: float
    longest: float


@dataclass(slots=True)
class WindowDay:
    """One window's day in seconds and counts."""

    window: str
    zone: str
    clerks: list[str] = field(default_factory=list)
    on_duty: float = 0
    serving: float = 0
    called: float = 0
    idle: float = 0
    paused: float = 0
    calls: int = 0
    missed: int = 0
    served: int = 0
    service_seconds: float = 0
    grades: dict[str, int] = field(default_factory=dict)

    @property
    def evaluations(self) -> int:
        """How many of its finished services were evaluated."""
        return sum(self.grades.values())

    @property
    def bad(self) -> int:
        """How many of its evaluations were bad."""
        return sum(self.grades.get(grade, 0) for grade in BAD_GRADES)


@dataclass(frozen=True)
class Figures:
    """All figures of one day, ready to be written down."""

    total: Volume
    by_zone: dict[str, Volume]
    by_class: dict[str, Volume]
    by_channel: dict[str, Volume]
    issued_per_half: dict[int, int]
    called_per_half: dict[int, int]
    halves: range
    waits: Waits
    waits_by_zone: dict[str, Waits]
    waits_by_class: dict[str, Waits]
    waits_per_half: dict[str, dict[int, Waits]]
    """Zone → half hour of issue → waits."""
    windows: list[WindowDay]
    services: int
    service_mean: float
    grades: dict[str, int]


def figures_of(
    facts: DayFacts, evaluations: list[EvaluationGiven], labels: Labels
) -> Figures:
    """Compute every figure of the day."""
    visits = list(facts.visits.values())
    half = {v.ticket: labels.half_hour(v.issued_at) for v in visits}
    called = [labels.half_hour(v.called_at) for v in visits if v.called_at]
    windows = windows_of(facts, evaluations)
    served = sum(w.served for w in windows)
    spent = sum(w.service_seconds for w in windows)
    zone_order = [*dict.fromkeys([*labels.zones, *(v.zone for v in visits)])]

    def zone(visit: Visit) -> str:
        return visit.zone

    return Figures(
        total=volume_of(visits),
        by_zone=_grouped(visits, zone, volume_of, zone_order),
        by_class=_grouped(visits, lambda v: v.ticket_class, volume_of),
        by_channel=_grouped(visits, lambda v: v.channel, volume_of),
        issued_per_half=_counted(half.values()),
        called_per_half=_counted(called),
        halves=_range_of([*half.values(), *called]),
        waits=waits_of(visits),
        waits_by_zone=_grouped(visits, zone, waits_of, zone_order),
        waits_by_class=_grouped(visits, lambda v: v.ticket_class, waits_of),
        waits_per_half={
            name: _grouped(members, lambda v: half[v.ticket], waits_of)
            for name, members in _sorted_groups(visits, zone, zone_order).items()
        },
        windows=windows,
        services=served,
        service_mean=spent / served if served else 0.0,
        grades=_counted(e.grade for e in evaluations),
    )


def volume_of(visits: Iterable[Visit]) -> Volume:
    """Count numbers by how they ended."""
    ended: dict[str, int] = defaultdict(int)
    issued = called = 0
    for visit in visits:
        issued += 1
        called += bool(visit.called_at)
        ended[visit.end_reason] += 1
    return Volume(
        issued=issued,
        called=called,
        served=ended["served"],
        no_show=ended["no-show"],
        cancelled=ended["cancelled"],
        expired=ended["expired"],
        live=ended[""],
    )


def waits_of(visits: Iterable[Visit]) -> Waits:
    """Summarise the waits of those who were called."""
    seconds = sorted(w for v in visits if (w := v.wait_seconds) is not None)
    if not seconds:
        return Waits(0, 0.0, 0.0, 0.0, 0.0)
    return Waits(
        count=len(seconds),
        mean=sum(seconds) / len(seconds),
        p50=percentile(seconds, 0.5),
        p90=percentile(seconds, 0.9),
        longest=seconds[-1],
    )


def percentile(ordered: list[float], share: float) -> float:
    """Return the value at nearest rank ``share`` of an ordered, non-empty list."""
    return ordered[max(1, ceil(share * len(ordered))) - 1]


def windows_of(
    facts: DayFacts, evaluations: Iterable[EvaluationGiven]
) -> list[WindowDay]:
    """Sum up every window that was on duty, in the hall's order of windows."""
    days: dict[str, WindowDay] = {}
    for duty in facts.windows.duties:
        zone = facts.zone_of_window.get(duty.window, "")
        day = days.setdefault(duty.window, WindowDay(duty.window, zone))
        if duty.clerk not in day.clerks:
            day.clerks.append(duty.clerk)
        day.on_duty += ((duty.closed_at or facts.last_at) - duty.opened_at) / 1000
    for span in facts.windows.spans:
        day = days[span.window]
        seconds = (span.until_at - span.since_at) / 1000
        setattr(day, span.state, getattr(day, span.state) + seconds)
    for call in facts.calls:
        days[call.window].calls += 1
        days[call.window].missed += bool(call.missed_at)
    for service in facts.services.values():
        if service.finished_at:
            days[service.window].served += 1
            days[service.window].service_seconds += service.seconds
    for given in evaluations:
        if given.window in days:
            grades = days[given.window].grades
            grades[given.grade] = grades.get(given.grade, 0) + 1
    order = {window: n for n, window in enumerate(facts.zone_of_window)}
    return sorted(days.values(), key=lambda d: order.get(d.window, len(order)))


# Grouping.


def _sorted_groups(
    visits: Iterable[Visit], key: Callable[[Visit], K], order: Iterable[K] = ()
) -> dict[K, list[Visit]]:
    groups: dict[K, list[Visit]] = defaultdict(list)
    for visit in visits:
        groups[key(visit)].append(visit)
    first = [k for k in order if k in groups]
    return {k: groups[k] for k in dict.fromkeys([*first, *groups])}


def _grouped(
    visits: Iterable[Visit],
    key: Callable[[Visit], K],
    summary: Callable[[list[Visit]], S],
    order: Iterable[K] = (),
) -> dict[K, S]:
    groups = _sorted_groups(visits, key, order)
    return {name: summary(members) for name, members in groups.items()}


def _counted(keys: Iterable[K]) -> dict[K, int]:
    counts: dict[K, int] = defaultdict(int)
    for key in keys:
        counts[key] += 1
    return dict(counts)


def _range_of(halves: list[int]) -> range:
    return range(min(halves), max(halves) + 1) if halves else range(0)
