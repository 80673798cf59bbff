"""What is told of a month, a zone, a window and so on: one figure from one tally."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from projections.kept.tallies import Tally, percentile_seconds, within


Unit = Literal["count", "minutes", "hours", "share"]
Counted = Literal["numbers", "desks", "both"]


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure: seconds where the unit is minutes or hours; None: nothing to tell."""

    key: str
    unit: Unit
    value: Callable[[Tally], float | None]
    of: Counted = "both"
    """Whether it is counted for zones, items and so on, or for windows and clerks."""


def measures(target_seconds: float) -> dict[str, Measure]:
    """Return all measures by their key, in the order of a workbook."""
    found = [*_numbers(), *_waits(target_seconds), *_services()]
    return {one.key: one for one in found}


def _numbers() -> list[Measure]:
    return [
        Measure("issued", "count", lambda t: t.issued, "numbers"),
        Measure("served", "count", lambda t: t.served, "numbers"),
        Measure("cancelled", "count", lambda t: t.cancelled, "numbers"),
        Measure("no-show", "count", lambda t: t.no_shows, "numbers"),
        Measure("expired", "count", lambda t: t.expired, "numbers"),
        Measure("on-duty", "hours", lambda t: t.on_duty_ms / 1000, "desks"),
        Measure("calls", "count", lambda t: t.calls),
        Measure("missed", "count", lambda t: t.missed),
    ]


def _waits(target_seconds: float) -> list[Measure]:
    return [
        Measure("count", "count", lambda t: t.called),
        Measure(
            "wait-mean", "minutes", lambda t: t.mean_wait_seconds if t.called else None
        ),
        Measure("wait-p50", "minutes", lambda t: _percentile(t.waits, 0.5)),
        Measure("wait-p90", "minutes", lambda t: _percentile(t.waits, 0.9)),
        Measure(
            "wait-longest",
            "minutes",
            lambda t: t.longest_wait_ms / 1000 if t.called else None,
        ),
        Measure(
            "within",
            "share",
            lambda t: within(t.waits, target_seconds) / t.called if t.called else None,
        ),
    ]


def _services() -> list[Measure]:
    return [
        Measure("services", "count", lambda t: t.services),
        Measure(
            "service-mean",
            "minutes",
            lambda t: t.mean_service_seconds if t.services else None,
        ),
        Measure("service-p90", "minutes", lambda t: _percentile(t.durations, 0.9)),
        Measure("evaluated", "count", lambda t: t.evaluations),
        Measure(
            "rated",
            "share",
            lambda t: t.evaluations / t.services if t.services else None,
        ),
        Measure(
            "good",
            "share",
            lambda t: 1 - t.bad / t.evaluations if t.evaluations else None,
        ),
        Measure("bad", "count", lambda t: t.bad),
    ]


def _percentile(buckets: dict[int, int], share: float) -> float | None:
    return percentile_seconds(buckets, share) if buckets else None
