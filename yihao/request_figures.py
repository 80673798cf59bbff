"""Figures of the requests: how many were answered with what, and how fast.

Every request is counted here, so counting is two look-ups and an addition; the
families that Prometheus reads are made when somebody asks.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator

from prometheus_client.core import (
    CounterMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector


SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

LABELS = ("method", "route", "status", "caller")

Answered = tuple[str, str, int, str]
"""Method, route, status and kind of caller."""


class RequestFigures(Collector):
    """Counts answers and sorts their times into buckets."""

    def __init__(self) -> None:
        self._answered: Counter[Answered] = Counter()
        self._times: dict[str, Times] = {}

    def answered(self, answered: Answered, seconds: float) -> None:
        """Count one answer."""
        self._answered[answered] += 1
        times = self._times.get(answered[1])
        if times is None:
            times = self._times[answered[1]] = Times()
        times.buckets[bisect_left(SECONDS, seconds)] += 1
        times.total += seconds

    def collect(self) -> Iterator[Metric]:
        """Yield the figures as they stand now."""
        requests = CounterMetricFamily(
            "yihao_requests", "HTTP requests that were answered.", labels=LABELS
        )
        for (method, route, status, kind), count in self._answered.items():
            requests.add_metric((method, route, str(status), kind), count)
        yield requests
        seconds = HistogramMetricFamily(
            "yihao_request_seconds",
            "Time from a request's headers to its answer.",
            labels=("route",),
        )
        for route, times in self._times.items():
            seconds.add_metric((route,), times.cumulated(), times.total)
        yield seconds


class Times:
    """The times of one route."""

    __slots__ = ("buckets", "total")

    def __init__(self) -> None:
        self.buckets = [0] * (len(SECONDS) + 1)
        self.total = 0.0

    def cumulated(self) -> list[tuple[str, float]]:
        """Return (upper bound, how many took at most so long), as Prometheus has it."""
        upto, found = 0, list[tuple[str, float]]()
        bounds = [*map(str, map(float, SECONDS)), "+Inf"]
        for bound, count in zip(bounds, self.buckets, strict=True):
            upto += count
            found.append((bound, upto))
        return found
