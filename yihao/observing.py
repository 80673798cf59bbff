"""What an operator sees: figures for Prometheus, and a line for every answer.

Figures are counted where things happen and only gathered here, when somebody asks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from prometheus_client import (
    CollectorRegistry,
    GCCollector,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from displays.link.server import LinkServer
from projections.halls import Hall
from queue_core.clock import HallClock

from .bookkeeping import Bookkeeping
from .logs import note_answer
from .request_figures import RequestFigures


CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Figures:
    """All figures of one house, in a registry of their own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)
        GCCollector(registry=self._registry)
        self._requests = RequestFigures()
        self._registry.register(self._requests)

    def watch(
        self,
        halls: Iterable[Hall],
        link: LinkServer,
        bookkeeping: Bookkeeping,
        clock: HallClock,
    ) -> None:
        """Gather the figures of halls, link, tables and clock when somebody asks."""
        self._registry.register(HallFigures(list(halls)))
        self._registry.register(LinkFigures(link))
        self._registry.register(KeptFigures(bookkeeping))
        self._registry.register(ClockFigures(clock))

    def answered(
        self, method: str, route: str, status: int, seconds: float, kind: str
    ) -> None:
        """Count one answer and write its line: never what was in the request."""
        self._requests.answered((method, route, status, kind), seconds)
        note_answer(method, route, status, seconds, kind)

    def text(self) -> bytes:
        """Return all figures as Prometheus reads them."""
        return generate_latest(self._registry)


class HallFigures(Collector):
    """What desks and live pictures count."""

    def __init__(self, halls: list[Hall]) -> None:
        self._halls = halls

    def collect(self) -> Iterator[Metric]:
        """Yield the figures as they stand now."""
        yield self._commands()
        yield from self._desks()
        yield from self._zones()
        slips = CounterMetricFamily(
            "yihao_slips", "Slips by what became of them.", labels=("hall", "outcome")
        )
        for hall in self._halls:
            for outcome, count in hall.slips.items():
                slips.add_metric((hall.hall, outcome), count)
        yield slips

    def _commands(self) -> Metric:
        commands = CounterMetricFamily(
            "yihao_commands",
            "Commands by kind and by what became of them.",
            labels=("hall", "kind", "outcome"),
        )
        for hall in self._halls:
            for (kind, outcome), count in hall.outcomes.items():
                commands.add_metric((hall.hall, kind, outcome), count)
        return commands

    def _desks(self) -> Iterator[Metric]:
        for name, words, value in DESK_COUNTERS:
            counted = CounterMetricFamily(name, words, labels=("hall",))
            for hall in self._halls:
                counted.add_metric((hall.hall,), value(hall))
            yield counted
        for name, words, value in DESK_GAUGES:
            measured = GaugeMetricFamily(name, words, labels=("hall",))
            for hall in self._halls:
                measured.add_metric((hall.hall,), value(hall))
            yield measured

    def _zones(self) -> Iterator[Metric]:
        for name, words, value in ZONE_GAUGES:
            measured = GaugeMetricFamily(name, words, labels=("hall", "zone"))
            for hall in self._halls:
                for zone in hall.live.zone_rows():
                    measured.add_metric((hall.hall, zone.zone), value(zone))
            yield measured


Measure = tuple[str, str, Callable[[Any], float]]

DESK_COUNTERS: list[Measure] = [
    (
        "yihao_desk_batches",
        "Batches of commands that were committed.",
        lambda hall: hall.desk.figures.batches,
    ),
    (
        "yihao_desk_events",
        "Events that were committed.",
        lambda hall: hall.desk.figures.events,
    ),
    (
        "yihao_desk_commit_seconds",
        "Time spent in committed transactions.",
        lambda hall: hall.desk.figures.commit_seconds,
    ),
    (
        "yihao_desk_conflicts",
        "Rounds repeated because another process was first.",
        lambda hall: hall.desk.figures.conflicts,
    ),
    (
        "yihao_desk_turns",
        "Rounds that were decided in turn with other processes.",
        lambda hall: hall.desk.figures.turns,
    ),
    (
        "yihao_desk_read_on",
        "Events of other processes that were taken over.",
        lambda hall: hall.desk.figures.read_on,
    ),
    (
        "yihao_desk_refolds",
        "Times the whole day was folded anew, the first time included.",
        lambda hall: hall.desk.figures.refolds,
    ),
    (
        "yihao_desk_failures",
        "Rounds that the log could not record or read.",
        lambda hall: hall.desk.figures.failures,
    ),
    (
        "yihao_desk_overloads",
        "Commands turned away because too many waited.",
        lambda hall: hall.desk.figures.overloads,
    ),
]

DESK_GAUGES: list[Measure] = [
    (
        "yihao_desk_largest_batch",
        "Most commands decided in one round.",
        lambda hall: hall.desk.figures.largest_batch,
    ),
    (
        "yihao_desk_waiting",
        "Commands that wait to be decided.",
        lambda hall: hall.desk.waiting,
    ),
    ("yihao_version", "Version of the hall-day.", lambda hall: hall.live.version),
    (
        "yihao_day_state",
        "0 not open, 1 open, 2 closed.",
        lambda hall: hall.live.day_state,
    ),
    (
        "yihao_ready",
        "1 if desk and store work.",
        lambda hall: float(hall.desk.ready),
    ),
]

ZONE_GAUGES: list[Measure] = [
    ("yihao_waiting", "Tickets that wait.", lambda zone: zone.waiting),
    ("yihao_parked", "Tickets set aside by the rules.", lambda zone: zone.parked),
    ("yihao_serving", "Tickets being served.", lambda zone: zone.serving),
    ("yihao_open_windows", "Windows that call.", lambda zone: zone.open_windows),
]


class KeptFigures(Collector):
    """How far the tables are of which reports are made."""

    def __init__(self, bookkeeping: Bookkeeping) -> None:
        self._bookkeeping = bookkeeping

    def collect(self) -> Iterator[Metric]:
        """Yield the figures as they stand now."""
        progress = self._bookkeeping.progress
        for name, words, value in (
            ("position", "Position up to which the log was read.", progress.position),
            ("gathered", "The same of what is in the making.", progress.gathered),
            ("behind", "Events that stand in the log beyond it.", progress.behind),
            ("failed", "1 if the reading does not go on.", bool(progress.failure)),
        ):
            yield GaugeMetricFamily(f"yihao_kept_{name}", words, value=float(value))


class LinkFigures(Collector):
    """What the live link counts."""

    def __init__(self, link: LinkServer) -> None:
        self._link = link

    def collect(self) -> Iterator[Metric]:
        """Yield the figures as they stand now."""
        link, counts = self._link, self._link.counts
        yield GaugeMetricFamily(
            "yihao_link_connections",
            "Screens and phones on the live link.",
            value=len(link.connections),
        )
        for name, words, value in (
            ("frames", "Frames written to readers.", counts.frames),
            ("snapshots", "Snapshots written to readers.", counts.snapshots),
            ("conflated", "Slow readers brought up to date.", counts.conflated),
            ("refused", "Topics refused.", counts.refused),
            ("cut", "Stalled readers cut off.", link.cut),
        ):
            yield CounterMetricFamily(f"yihao_link_{name}", words, value=value)


class ClockFigures(Collector):
    """Whether the machine's clock agrees with the hall's."""

    def __init__(self, clock: HallClock) -> None:
        self._clock = clock

    def collect(self) -> Iterator[Metric]:
        """Yield the figures as they stand now."""
        yield GaugeMetricFamily(
            "yihao_clock_set_ahead_seconds",
            "By how much the machine's clock leapt ahead and is not followed yet.",
            value=self._clock.set_ahead_ms() / 1000,
        )
        yield GaugeMetricFamily(
            "yihao_clock_set_back_seconds",
            "By how much the machine's clock is behind the hall's; it was set back.",
            value=self._clock.set_back_ms() / 1000,
        )
