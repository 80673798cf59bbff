"""The sections of the page, one function each, in the order of the document."""

from __future__ import annotations

from html import escape

from .document import figure, half_hour_name
from .figures import Figures, Volume, Waits, WindowDay
from .plots import Bar, marked_bars, pair_bars
from .points import Point
from .report import DayReport
from .sentences import (
    in_minutes,
    kind_name,
    method_lines,
    percent,
    phrase,
    point_records,
    point_sentence,
    word,
)
from .tables import Cell, minutes, table


LISTED = 40
"""Points of one kind that the page lists; the workbook has them all."""
HEAT_FULL_SECONDS = 2400
"""A mean wait of this length has the deepest shade."""
VOLUME_COLUMNS = (
    "issued",
    "called",
    "served",
    "no-show",
    "cancelled",
    "expired",
    "live",
)
GRADES = (
    "very-satisfied",
    "satisfied",
    "basically-satisfied",
    "dissatisfied",
    "very-dissatisfied",
)


# Points to look at.


def points_section(report: DayReport) -> str:
    """Write an overview of the kinds found, then every kind with its points."""
    if not report.points_count:
        return f"<p>{word('none', report.labels)}</p>"
    labels = report.labels
    overview = [
        (kind_name(kind, labels), len(points), _place(points[0], report), said)
        for kind, points in report.points.items()
        if points and (said := point_sentence(points[0], labels))
    ]
    head = [word(key, labels) for key in ("kind", "found", "window", "foremost")]
    parts = [table(head, overview, styles=("t", "n", "t"))]
    for kind, points in report.points.items():
        if points:
            parts.append(f"<h3>{kind_name(kind, labels)} ({len(points)})</h3>")
            parts.append(_points_table(points, report))
    return "".join(parts)


def _points_table(points: list[Point], report: DayReport) -> str:
    labels = report.labels
    head = [word(key, labels) for key in ("window", "time", "fact", "records")]
    rows = [
        (
            _place(point, report),
            labels.clock(point.at),
            point_sentence(point, labels),
            point_records(point),
        )
        for point in points[:LISTED]
    ]
    written = table(head, rows, styles=("t", "t", "", "records"))
    if len(points) > LISTED:
        note = word("more", labels, all=len(points), shown=LISTED)
        written += f'<p class="note">{escape(note)}</p>'
    return written


def _place(point: Point, report: DayReport) -> str:
    return report.labels.window(point.window) if point.window else "–"


# Volumes and waits.


def volumes_section(report: DayReport) -> str:
    """Write how many numbers were taken, by zone, class and channel."""
    labels, figures = report.labels, report.figures
    bars = [
        Bar(
            half_hour_name(half),
            figures.issued_per_half.get(half, 0),
            figures.called_per_half.get(half, 0),
        )
        for half in figures.halves
    ]
    caption = word("plot-flow", labels)
    plot = pair_bars(bars, 174, 46, caption)
    tables = (
        _volume_table("zone", figures, report),
        _volume_table("class", figures, report),
        _volume_table("channel", figures, report),
    )
    return f"{figure(plot, caption)}{''.join(tables)}"


def _volume_table(key: str, figures: Figures, report: DayReport) -> str:
    labels = report.labels
    groups: dict[str, Volume] = {
        "zone": figures.by_zone,
        "class": figures.by_class,
        "channel": figures.by_channel,
    }[key]
    head = [word(key, labels), *(word(c, labels) for c in VOLUME_COLUMNS)]
    name = labels.zone if key == "zone" else lambda code: phrase(code, labels)
    rows = [_volume_row(name(code), volume) for code, volume in groups.items()]
    total = _volume_row(word("total", labels), figures.total)
    numeric = ("", *["n"] * len(VOLUME_COLUMNS))
    return table(head, rows, styles=numeric, total=total if key == "zone" else ())


def _volume_row(name: str, volume: Volume) -> list[Cell]:
    counts = (getattr(volume, c.replace("-", "_")) for c in VOLUME_COLUMNS)
    return [name, *counts]


def waits_section(report: DayReport) -> str:
    """Write the waits per zone and half hour, as figures and as plots."""
    labels, figures = report.labels, report.figures
    keys = ("mean", "p50", "p90", "longest")
    lengths = [in_minutes(key, labels) for key in keys]
    head = [word("zone", labels), word("count", labels), *lengths]
    rows = [
        _waits_row(labels.zone(zone), waits)
        for zone, waits in figures.waits_by_zone.items()
    ]
    styles = ("", *["n"] * 5)
    total = _waits_row(word("total", labels), figures.waits)
    by_zone = table(head, rows, styles=styles, total=total)
    rows = [
        _waits_row(phrase(code, labels), waits)
        for code, waits in figures.waits_by_class.items()
    ]
    by_class = table([word("class", labels), *head[1:]], rows, styles=styles)
    return f"{by_zone}{by_class}{_heat(report)}{_small_plots(report)}"


def _waits_row(name: str, waits: Waits) -> list[Cell]:
    spans = (waits.mean, waits.p50, waits.p90, waits.longest)
    return [name, waits.count, *(minutes(s) if waits.count else "–" for s in spans)]


def _heat(report: DayReport) -> str:
    labels, figures = report.labels, report.figures
    head = "".join(f"<th>{half_hour_name(half)}</th>" for half in figures.halves)
    rows = []
    for zone, halves in figures.waits_per_half.items():
        cells = "".join(_heat_cell(halves.get(half)) for half in figures.halves)
        rows.append(f"<tr><td>{escape(labels.zone(zone))}</td>{cells}</tr>")
    caption = word("plot-heat", labels)
    return (
        f'<figure><table class="heat"><thead><tr><th></th>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
        f"<figcaption>{escape(caption)}</figcaption></figure>"
    )


def _heat_cell(waits: Waits | None) -> str:
    if waits is None or not waits.count:
        return "<td></td>"
    share = min(1.0, waits.mean / HEAT_FULL_SECONDS)
    shade = f"rgba(196,134,43,{share * 0.85:.2f})"
    return f'<td style="background:{shade}">{waits.mean / 60:.0f}</td>'


def _small_plots(report: DayReport) -> str:
    labels, figures = report.labels, report.figures
    everything = [
        w for halves in figures.waits_per_half.values() for w in halves.values()
    ]
    top = max((w.p90 / 60 for w in everything), default=1.0)
    parts = []
    for zone, halves in figures.waits_per_half.items():
        bars = [
            Bar(half_hour_name(half), w.mean / 60, w.p90 / 60)
            if (w := halves.get(half))
            else Bar(half_hour_name(half), 0)
            for half in figures.halves
        ]
        name = labels.zone(zone)
        plot = marked_bars(bars, 84, 30, name, top)
        parts.append(f"<figure><figcaption>{escape(name)}</figcaption>{plot}</figure>")
    note = escape(word("plot-waits", labels))
    return f'<p class="note">{note}</p><div class="small">{"".join(parts)}</div>'


# Evaluations and method.


def evaluations_section(report: DayReport) -> str:
    """Write the evaluations of every window, and every bad one in full."""
    labels, figures = report.labels, report.figures
    keys = ("window", "clerk", "services", "evaluated", "rated")
    head = [*(word(k, labels) for k in keys), *(phrase(g, labels) for g in GRADES)]
    rows = [_window_row(day, report) for day in figures.windows if day.served]
    given = sum(figures.grades.values())
    rate = percent(given / figures.services) if figures.services else "–"
    total: list[Cell] = [word("total", labels), "", figures.services, given, rate]
    grades: list[Cell] = [figures.grades.get(grade, 0) for grade in GRADES]
    # A window in two shifts has two clerks; their names stay whole.
    styles = ("", "names", *["n"] * 8)
    return table(head, rows, styles=styles, total=[*total, *grades])


def _window_row(day: WindowDay, report: DayReport) -> list[Cell]:
    labels = report.labels
    clerks = "、".join(labels.clerk(clerk) for clerk in day.clerks)
    rate = percent(day.evaluations / day.served)
    counts: list[Cell] = [day.grades.get(grade, 0) or "" for grade in GRADES]
    head: list[Cell] = [
        labels.window(day.window),
        clerks,
        day.served,
        day.evaluations,
        rate,
    ]
    return [*head, *counts]


def method_section(report: DayReport) -> str:
    """Write how every figure is made and what made a point."""
    lines = "".join(f"<li>{escape(line)}</li>" for line in method_lines(report))
    return f'<ol class="method">{lines}</ol>'
