"""Points about windows: idle while somebody waited, late, early, long away."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator

from projections.day_facts import DayFacts
from projections.service_facts import Span, Wait
from queue_core.values import Session

from .limits import Limits
from .points import Point


class Lines:
    """Who stood in line when: answers whom a free window could have called."""

    def __init__(self, waits: Iterable[Wait]) -> None:
        self._waits: dict[tuple[str, str, bool], list[Wait]] = defaultdict(list)
        for wait in waits:
            key = ("", wait.window) if wait.window else (wait.queue, "")
            self._waits[(*key, wait.extended)].append(wait)
        self._since: dict[tuple[str, str, bool], list[int]] = {}
        self._longest: dict[tuple[str, str, bool], int] = {}
        for line, members in self._waits.items():
            members.sort(key=lambda w: w.since_at)
            self._since[line] = [w.since_at for w in members]
            self._longest[line] = max(w.until_at - w.since_at for w in members)

    def waiting_for(self, span: Span) -> Iterator[tuple[int, int, Wait]]:
        """Yield (from, to, wait) for whoever waited while the window stood free.

        A window that only helps out is expected to call after its offset, not before.
        """
        for extended in (False, True) if span.duty.extended else (False,):
            yield from self._overlaps(("", span.window, extended), 0, span)
            for skill in span.duty.skills:
                line = (skill.queue, "", extended)
                yield from self._overlaps(line, skill.offset_seconds * 1000, span)

    def _overlaps(
        self, line: tuple[str, str, bool], offset: int, span: Span
    ) -> Iterator[tuple[int, int, Wait]]:
        members = self._waits.get(line)
        if not members:
            return
        starts = self._since[line]
        first = bisect_right(starts, span.since_at - self._longest[line] - 1)
        last = bisect_right(starts, span.until_at - offset)
        for wait in members[first:last]:
            since = max(wait.since_at + offset, span.since_at)
            until = min(wait.until_at, span.until_at)
            if until > since:
                yield since, until, wait


def idle_points(facts: DayFacts, limits: Limits) -> Iterator[Point]:
    """Find free windows that left a ticket they may serve in line."""
    lines = Lines(facts.waits)
    for span in facts.windows.spans:
        long = span.until_at - span.since_at >= limits.idle_seconds * 1000
        if span.state != "idle" or not long:
            continue
        waited = sorted(lines.waiting_for(span), key=lambda w: (w[0], w[1]))
        for group in _touching(waited):
            since, until = group[0][0], max(g[1] for g in group)
            if until - since < limits.idle_seconds * 1000:
                continue
            first = group[0][2]
            shown = [span.since_version, *_versions_of_waits(group), span.until_version]
            yield Point(
                "idle",
                span.window,
                span.duty.clerk,
                since,
                (until - since) / 1000,
                tuple(dict.fromkeys(v for v in shown if v)),
                {
                    "since_at": since,
                    "until_at": until,
                    "idle_seconds": (until - since) / 1000,
                    "number": first.number,
                    "tickets": len({g[2].ticket for g in group}),
                },
            )


def punctuality_points(facts: DayFacts, limits: Limits) -> Iterator[Point]:
    """Compare the first and last presence at a window with the hall's sessions."""
    grace = limits.punctual_seconds * 1000
    over = facts.last_at if not facts.closed_version else None
    present: dict[str, list[Span]] = defaultdict(list)
    for span in facts.windows.spans:
        if span.state != "paused" and span.until_at > span.since_at:
            present[span.window].append(span)
    for window, spans in present.items():
        for session in facts.hours.sessions:
            inside = [s for s in spans if _inside(s, session)]
            if not inside:
                continue
            first = min(inside, key=lambda s: s.since_at)
            last = max(inside, key=lambda s: s.until_at)
            if first.since_at > session.opens_at + grace:
                yield _late(window, first, session)
            ended = over is None or over >= session.closes_at
            if ended and last.until_at < session.closes_at - grace:
                yield _early(window, last, session)


def pause_points(facts: DayFacts, limits: Limits) -> Iterator[Point]:
    """Find long pauses inside a session, and windows with many of them."""
    by_window: dict[str, list[tuple[float, Point]]] = defaultdict(list)
    for pause in facts.windows.pauses:
        seconds = (
            sum(
                max(
                    0,
                    min(pause.until_at, s.closes_at) - max(pause.since_at, s.opens_at),
                )
                for s in facts.hours.sessions
            )
            / 1000
        )
        if not seconds:
            continue
        shown = tuple(v for v in (pause.since_version, pause.until_version) if v)
        point = Point(
            "pause-long",
            pause.window,
            pause.clerk,
            pause.since_at,
            seconds,
            shown,
            {
                "since_at": pause.since_at,
                "until_at": pause.until_at,
                "pause_seconds": seconds,
                "reason": pause.reason,
            },
        )
        by_window[pause.window].append((seconds, point))
        if seconds >= limits.pause_seconds:
            yield point
    for window, found in by_window.items():
        if len(found) > limits.pauses:
            yield _many(window, [point for _, point in found])


def _many(window: str, pauses: list[Point]) -> Point:
    reasons = dict.fromkeys(str(p.values["reason"]) for p in pauses)
    return Point(
        "pauses-many",
        window,
        pauses[0].clerk,
        pauses[0].at,
        len(pauses),
        tuple(v for p in pauses for v in p.versions),
        {
            "times": len(pauses),
            "pause_seconds": sum(p.weight for p in pauses),
            "reasons": list(reasons),
        },
    )


def _late(window: str, first: Span, session: Session) -> Point:
    seconds = (first.since_at - session.opens_at) / 1000
    shown = tuple(dict.fromkeys((first.duty.opened_version, first.since_version)))
    values: dict[str, object] = {
        "late_seconds": seconds,
        "due_at": session.opens_at,
        "came_at": first.since_at,
    }
    clerk = first.duty.clerk
    return Point("late", window, clerk, first.since_at, seconds, shown, values)


def _early(window: str, last: Span, session: Session) -> Point:
    seconds = (session.closes_at - last.until_at) / 1000
    values: dict[str, object] = {
        "early_seconds": seconds,
        "due_at": session.closes_at,
        "left_at": last.until_at,
    }
    shown = (last.until_version,)
    clerk = last.duty.clerk
    return Point("early", window, clerk, last.until_at, seconds, shown, values)


def _inside(span: Span, session: Session) -> bool:
    return span.since_at < session.closes_at and span.until_at > session.opens_at


def _touching(
    waited: list[tuple[int, int, Wait]],
) -> Iterator[list[tuple[int, int, Wait]]]:
    group: list[tuple[int, int, Wait]] = []
    reach = 0
    for part in waited:
        if group and part[0] > reach:
            yield group
            group = []
        group.append(part)
        reach = max(reach, part[1]) if len(group) > 1 else part[1]
    if group:
        yield group


def _versions_of_waits(group: list[tuple[int, int, Wait]]) -> Iterator[int]:
    """Name the record of the first three who waited; the log has the others."""
    for _, _, wait in group[:3]:
        yield wait.since_version
