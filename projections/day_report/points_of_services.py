"""Points about services, calls, evaluations and numbers that ended unserved."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from math import log
from statistics import median

from projections.day_facts import DayFacts
from projections.labels import Labels
from projections.service_facts import Service
from queue_core.events import EvaluationGiven
from queue_core.values import BAD_GRADES

from .figures import WindowDay
from .limits import Limits
from .points import Point


SHORT_BY_NATURE = {"left", "wrong-item", "consulted"}
"""Outcomes after which a quick end is no surprise."""


def duration_points(facts: DayFacts, labels: Labels, limits: Limits) -> Iterator[Point]:
    """Find services far off both the item's expected minutes and the day's own.

    The day's distribution is that of the same item where it was served often enough,
    otherwise that of the same queue, in ratios to the expected minutes; a deviation is
    robust (median and median absolute deviation of logs).
    """
    alike: dict[str, list[tuple[Service, float]]] = defaultdict(list)
    times = Counter(i for s in facts.services.values() for i in s.items)
    for service in facts.services.values():
        expected = sum(labels.item_minutes.get(i, 0) for i in service.items) * 60
        if service.finished_at and expected:
            ratio = max(service.seconds, 1) / expected
            is_common = times[service.items[0]] >= limits.compared
            kind = f"item {service.items[0]}" if is_common else service.queue
            alike[kind].append((service, ratio))
    for found in alike.values():
        if len(found) < limits.compared:
            continue
        logs = [log(ratio) for _, ratio in found]
        middle = median(logs)
        spread = 1.4826 * median(abs(x - middle) for x in logs) or 1e-9
        for service, ratio in found:
            off = (log(ratio) - middle) / spread
            short = ratio < limits.short_share and off < -limits.deviation
            if short and service.outcome not in SHORT_BY_NATURE:
                yield _duration_point(service, ratio, short=True)
            if ratio > limits.long_share and off > limits.deviation:
                yield _duration_point(service, ratio, short=False)


def call_points(facts: DayFacts, limits: Limits) -> Iterator[Point]:
    """Find missed calls that were never repeated, and those given up at once."""
    for call in facts.calls:
        if not call.missed_at:
            continue
        waited = (call.missed_at - call.called_at) / 1000
        values: dict[str, object] = {
            "number": call.number,
            "called_at": call.called_at,
            "waited_seconds": waited,
            "times": 1 + len(call.recalls),
            "reason": call.reason,
        }
        shown = (call.version, *call.recalls, call.missed_version)
        head = (call.window, call.clerk, call.called_at, -waited, shown, values)
        if waited < limits.hasty_seconds:
            yield Point("missed-hasty", *head)
        elif not call.recalls:
            yield Point("missed-unrecalled", *head)


def evaluation_points(
    facts: DayFacts,
    evaluations: Iterable[EvaluationGiven],
    windows: Iterable[WindowDay],
    limits: Limits,
) -> Iterator[Point]:
    """Find bad evaluations, and windows where few services were evaluated."""
    for given in evaluations:
        if given.grade in BAD_GRADES:
            yield _bad_evaluation(facts, given)
    finished: dict[str, list[int]] = defaultdict(list)
    for service in facts.services.values():
        if service.finished_version:
            finished[service.window].append(service.finished_version)
    for day in windows:
        enough = day.served >= limits.rated_from
        if enough and day.evaluations < limits.rated_share * day.served:
            versions = sorted(finished[day.window])
            yield Point(
                "unrated",
                day.window,
                day.clerks[0],
                facts.last_at,
                1 - day.evaluations / day.served,
                (versions[0], versions[-1]),
                {"given": day.evaluations, "served": day.served},
            )


def expired_points(facts: DayFacts) -> Iterator[Point]:
    """Find numbers that ended unserved because the day closed."""
    for visit in facts.visits.values():
        if visit.end_reason == "expired":
            waited = (visit.ended_at - visit.issued_at) / 1000
            shown = [visit.issued_version, visit.called_version, visit.ended_version]
            yield Point(
                "expired",
                "",
                "",
                visit.issued_at,
                waited,
                tuple(v for v in shown if v),
                {
                    "number": visit.number,
                    "issued_at": visit.issued_at,
                    "queue": visit.queue,
                    "calls": visit.calls,
                },
            )


def _duration_point(service: Service, ratio: float, *, short: bool) -> Point:
    return Point(
        "service-short" if short else "service-long",
        service.window,
        service.clerk,
        service.started_at,
        1 / ratio if short else ratio,
        (service.started_version, service.finished_version),
        {
            "number": service.number,
            "items": service.items,
            "service_seconds": service.seconds,
            "expected_seconds": service.seconds / ratio,
            "ratio_share": ratio,
            "outcome": service.outcome,
        },
    )


def _bad_evaluation(facts: DayFacts, given: EvaluationGiven) -> Point:
    service = facts.services.get(given.service)
    shown = (
        (service.started_version, service.finished_version)
        if service
        else (given.hall_version,)
    )
    return Point(
        "bad-evaluation",
        given.window,
        given.clerk,
        given.at,
        2 if given.grade == "very-dissatisfied" else 1,
        shown,
        {
            "number": given.number,
            "service": given.service,
            "grade": given.grade,
            "channel": given.channel,
            "indicators": given.indicators,
            "text": given.text,
            "given_at": given.at,
        },
    )
