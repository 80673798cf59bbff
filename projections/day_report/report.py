"""One day's report as data: facts, figures and points, before any layout."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from projections.day_facts import DayFacts, facts_of
from projections.labels import Labels
from queue_core.events import EvaluationGiven, HallDayEvent

from .figures import Figures, figures_of
from .limits import Limits
from .points import KINDS, Point, PointKind
from .points_of_services import (
    call_points,
    duration_points,
    evaluation_points,
    expired_points,
)
from .points_of_windows import idle_points, pause_points, punctuality_points


@dataclass(frozen=True)
class DayReport:
    """Everything the report says, and the words of the hall to say it in."""

    facts: DayFacts
    figures: Figures
    points: dict[PointKind, list[Point]]
    """Every kind, in the order of telling; gravest first within a kind."""
    evaluations: list[EvaluationGiven]
    labels: Labels
    limits: Limits
    generated_at: int

    @property
    def points_count(self) -> int:
        """How many points there are in all."""
        return sum(len(found) for found in self.points.values())


def day_report(
    pairs: Iterable[tuple[int, HallDayEvent]],
    evaluations: Iterable[EvaluationGiven],
    labels: Labels,
    generated_at: int,
    limits: Limits | None = None,
) -> DayReport:
    """Read one hall-day from version 1 and say what an inspector should know.

    Raises:
        ValueError: the stream is empty, so there is no day to report.
    """
    facts = facts_of(pairs)
    if not facts.last_version:
        raise ValueError("the stream of the day is empty")
    limits = limits or Limits()
    given = sorted(evaluations, key=lambda e: e.at)
    figures = figures_of(facts, given, labels)
    points = [
        *evaluation_points(facts, given, figures.windows, limits),
        *idle_points(facts, limits),
        *punctuality_points(facts, limits),
        *pause_points(facts, limits),
        *call_points(facts, limits),
        *duration_points(facts, labels, limits),
        *expired_points(facts),
    ]
    by_kind: dict[PointKind, list[Point]] = {kind: [] for kind in KINDS}
    for point in sorted(points, key=lambda p: (-p.weight, p.at)):
        by_kind[point.kind].append(point)
    return DayReport(facts, figures, by_kind, given, labels, limits, generated_at)
