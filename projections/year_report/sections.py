"""The sections of the year's page, one function each, in the order of the document."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from projections.day_report.document import figure, half_hour_name
from projections.day_report.plots import Bar, marked_bars, pair_bars
from projections.day_report.sections import GRADES
from projections.day_report.sentences import percent, phrase
from projections.day_report.tables import Cell, minutes, table
from projections.kept.tallies import Tally, percentile_seconds

from .groups import GroupKey, group_of
from .measures import Measure, measures
from .report import YearReport
from .sentences import (
    as_of,
    busiest_half_hours,
    column,
    method_lines,
    month_name,
    weekday_name,
    word,
)


LISTED = 40
"""Items that the page lists; the workbook has them all."""
BUSIEST_LISTED = 10

VOLUMES = (
    *("issued", "services", "wait-mean", "wait-p90", "within"),
    *("service-mean", "missed", "evaluated", "good"),
)
"""What is told of a month, a zone, a department, an item."""
DESKS = (
    *("on-duty", "calls", "missed", "services", "wait-mean", "within"),
    *("service-mean", "evaluated", "good"),
)
"""What is told of a window and of a clerk."""


def months_section(report: YearReport) -> str:
    """Write every month, as figures and as plots."""
    months = report.figures.months
    names = {month: month_name(month, report) for month in months}
    taken = [
        Bar(names[key], month.whole.issued, month.whole.services)
        for key, month in months.items()
    ]
    waited = [
        Bar(
            names[key],
            month.whole.mean_wait_seconds / 60,
            percentile_seconds(month.whole.waits, 0.9) / 60,
        )
        for key, month in months.items()
    ]
    plots = (
        (pair_bars, taken, word("plot-months", report)),
        (marked_bars, waited, word("plot-waits", report)),
    )
    drawn = "".join(
        figure(draw(bars, 174, 42, says), says) for draw, bars, says in plots
    )
    chosen = _chosen(VOLUMES, report)
    heads = ["month", "open-days"]
    rows = [
        [names[key], month.days, *_cells(month.whole, chosen)]
        for key, month in months.items()
    ]
    total = [
        word("total", report),
        report.figures.days,
        *_cells(report.figures.whole, chosen),
    ]
    head = [*(word(key, report) for key in heads), *_heads(chosen, report)]
    styles = ("t", *["n"] * (len(head) - 1))
    return drawn + table(head, rows, styles=styles, total=total) + _note(report)


def busy_section(report: YearReport) -> str:
    """Write when most numbers are taken."""
    halves = report.figures.half_hours
    top = max((taken for _, _, taken, _ in busiest_half_hours(report)), default=1.0)
    head = "".join(f"<th>{half_hour_name(half)}</th>" for half in halves)
    rows = []
    for weekday, week in report.figures.weekdays.items():
        counts = [
            week.half_hours.get(half, Tally()).issued / week.days for half in halves
        ]
        cells = "".join(_heat_cell(count, top) for count in counts)
        rows.append(f"<tr><td>{weekday_name(weekday, report)}</td>{cells}</tr>")
    heat = (
        f'<table class="heat"><thead><tr><th></th>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )
    caption = word("plot-busy", report)
    title = f"<h3>{word('busiest', report)}</h3>"
    return figure(heat, caption) + title + _busiest_table(report) + _note(report)


def _heat_cell(count: float, top: float) -> str:
    if not count:
        return "<td></td>"
    shade = f"rgba(39,86,123,{count / top * 0.6:.2f})"
    return f'<td style="background:{shade}">{count:.0f}</td>'


def _busiest_table(report: YearReport) -> str:
    chosen = _chosen(("wait-mean", "wait-p90", "within"), report)
    keys = ("weekday", "half-hour", "per-day")
    head = [*(word(key, report) for key in keys), *_heads(chosen, report)]
    rows = [
        [
            weekday_name(weekday, report),
            half_hour_name(half),
            f"{taken:.1f}",
            *_cells(tally, chosen),
        ]
        for weekday, half, taken, tally in busiest_half_hours(report)[:BUSIEST_LISTED]
    ]
    return table(head, rows, styles=("t", "t", *["n"] * (len(head) - 2)))


def group_section(key: GroupKey, report: YearReport) -> str:
    """Write all zones, all windows and so on; of very many, the busiest."""
    group = group_of(key, report)
    chosen = _chosen(DESKS if group.of_desks else VOLUMES, report)
    listed = group.names[:LISTED] if key == "items" else group.names
    head = [word(group.head, report), *_heads(chosen, report)]
    rows = [
        [group.called(name), *_cells(group.tallies[name], chosen)] for name in listed
    ]
    total: list[Cell] = []
    if key == "zones":
        total = [word("total", report), *_cells(report.figures.whole, chosen)]
    # The names of items are long; they may go over several lines.
    styles = ("" if key == "items" else "t", *["n"] * len(chosen))
    written = table(head, rows, styles=styles, total=total)
    if len(listed) < len(group.names):
        counts = {"all": len(group.names), "shown": len(listed)}
        note = word("more", report, sheet=word(key, report), **counts)
        written += f'<p class="note">{escape(note)}</p>'
    return written + _note(report)


def evaluations_section(report: YearReport) -> str:
    """Write how many evaluations of each grade every month had."""
    keys = ("month", "services", "evaluated", "rated")
    labels = report.labels
    grades = [phrase(grade, labels) for grade in GRADES]
    head = [*(word(key, report) for key in keys), *grades]
    rows = [
        _grades(month_name(key, report), month.whole)
        for key, month in report.figures.months.items()
    ]
    total = _grades(word("total", report), report.figures.whole)
    styles = ("t", *["n"] * (len(head) - 1))
    return table(head, rows, styles=styles, total=total) + _note(report)


def _grades(name: str, tally: Tally) -> list[Cell]:
    given = tally.evaluations
    rate = percent(given / tally.services) if tally.services else "–"
    return [name, tally.services, given, rate, *tally.grades]


def method_section(report: YearReport) -> str:
    """Write how every figure is made."""
    lines = "".join(f"<li>{escape(line)}</li>" for line in method_lines(report))
    return f'<ol class="method">{lines}</ol>'


# Tables of measures.


def _chosen(keys: Sequence[str], report: YearReport) -> list[Measure]:
    known = measures(report.target_seconds)
    return [known[key] for key in keys]


def _heads(chosen: Sequence[Measure], report: YearReport) -> list[str]:
    return [column(measure, report) for measure in chosen]


def _cells(tally: Tally, chosen: Sequence[Measure]) -> list[Cell]:
    return [_cell(measure, measure.value(tally)) for measure in chosen]


def _cell(measure: Measure, value: float | None) -> Cell:
    if value is None:
        return "–"
    match measure.unit:
        case "count":
            return int(value)
        case "minutes":
            return minutes(value)
        case "hours":
            return f"{value / 3600:,.0f}"
        case "share":
            return percent(value)


def _note(report: YearReport) -> str:
    return f'<p class="note">{escape(as_of(report))}</p>'
