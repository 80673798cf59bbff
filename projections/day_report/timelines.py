"""The section that shows every window's day as a row of states."""

from __future__ import annotations

from collections import defaultdict
from html import escape

from projections.drawing import AMBER, DARK, FAINT, LIGHT
from projections.labels import Labels
from projections.service_facts import Span

from .figures import WindowDay
from .plots import Row, Stretch, gutter_for, timeline
from .report import DayReport
from .sentences import in_minutes, word
from .tables import Cell, minutes, table


COLOURS = {"serving": DARK, "called": LIGHT, "idle": FAINT, "paused": AMBER}
STATE_WORDS = {
    "serving": "serving",
    "called": "awaiting",
    "idle": "idle",
    "paused": "paused",
}


def timeline_section(report: DayReport) -> str:
    """Draw every window that was on duty, zone by zone, with its sums."""
    labels = report.labels
    spans: dict[str, list[Span]] = defaultdict(list)
    for span in report.facts.windows.spans:
        spans[span.window].append(span)
    zones: dict[str, list[WindowDay]] = defaultdict(list)
    for day in report.figures.windows:
        zones[day.zone].append(day)
    parts = [_legend(labels)]
    # One width for all zones: their hours stand below each other.
    gutter = gutter_for(labels.window(day.window) for day in report.figures.windows)
    for zone, days in zones.items():
        name = escape(labels.zone(zone))
        rows = [_row(day.window, spans[day.window], labels) for day in days]
        drawn = timeline(
            rows, _reach(report), _sessions(report), name, width=174, gutter=gutter
        )
        parts.append(f"<h3>{name}</h3><figure>{drawn}</figure>")
    note = escape(word("plot-timeline", labels))
    parts.append(f'<p class="note">{note}</p>{_sums(report)}')
    return "".join(parts)


def _legend(labels: Labels) -> str:
    marks = "".join(
        f'<i style="background:{colour}"></i>{word(STATE_WORDS[state], labels)}'
        for state, colour in COLOURS.items()
    )
    return f'<div class="legend">{marks}</div>'


def _row(window: str, spans: list[Span], labels: Labels) -> Row:
    stretches = [
        Stretch(
            _minute(span.since_at, labels),
            _minute(span.until_at, labels),
            COLOURS[span.state],
        )
        for span in spans
        if span.until_at > span.since_at
    ]
    return Row(labels.window(window), stretches)


def _sums(report: DayReport) -> str:
    labels = report.labels
    keys = ("on-duty", "serving", "awaiting", "idle", "paused")
    counts = ("calls", "missed", "services")
    lengths = [in_minutes(key, labels) for key in keys]
    named = [word(key, labels) for key in counts]
    head = [word("window", labels), *lengths, *named, in_minutes("mean", labels)]
    rows = [_sum_row(day, labels) for day in report.figures.windows]
    return table(head, rows, styles=("t", *["n"] * 9))


def _sum_row(day: WindowDay, labels: Labels) -> list[Cell]:
    states = (day.on_duty, day.serving, day.called, day.idle, day.paused)
    mean = minutes(day.service_seconds / day.served) if day.served else "–"
    counts = (day.calls, day.missed, day.served)
    return [labels.window(day.window), *map(minutes, states), *counts, mean]


def _reach(report: DayReport) -> tuple[float, float]:
    labels, hours = report.labels, report.facts.hours
    ends = [span.until_at for span in report.facts.windows.spans]
    starts = [duty.opened_at for duty in report.facts.windows.duties]
    first = min([hours.doors_at, *starts])
    last = max([hours.closes_at, *ends])
    return _minute(first, labels), _minute(last, labels)


def _sessions(report: DayReport) -> list[tuple[float, float]]:
    labels = report.labels
    return [
        (_minute(s.opens_at, labels), _minute(s.closes_at, labels))
        for s in report.facts.hours.sessions
    ]


def _minute(at: int, labels: Labels) -> float:
    return labels.second_of_day(at) / 60
