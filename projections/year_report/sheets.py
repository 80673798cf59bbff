"""The year's report as a workbook: every measure of everything, in rows.

The last column of every sheet is the position up to which the record was read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import get_args

from projections.day_report.document import half_hour_name
from projections.day_report.sections import GRADES
from projections.day_report.sentences import phrase
from projections.day_report.workbook import Sheet, Value, write_workbook
from projections.kept.tallies import Tally

from .groups import Group, GroupKey, group_of
from .measures import Counted, Measure, measures
from .report import YearReport
from .sentences import column, conclusions, method_lines, weekday_name, word


def workbook_bytes(report: YearReport, more: Sequence[Sheet] = ()) -> bytes:
    """Return the workbook, with ``more`` sheets, as the bytes of an .xlsx file."""
    return write_workbook([_summary(report), *_sheets(report), *more])


def _sheets(report: YearReport) -> Iterator[Sheet]:
    yield _months(report)
    yield _busy(report)
    for key in get_args(GroupKey):
        yield _group(group_of(key, report), report)


def _months(report: YearReport) -> Sheet:
    chosen = _chosen("numbers", report)
    rows = (
        [name, month.days, *_cells(month.whole, chosen, report)]
        for name, month in report.figures.months.items()
    )
    head = _head(["month", "open-days"], chosen, report)
    return Sheet(word("months", report), head, rows)


def _group(group: Group, report: YearReport) -> Sheet:
    chosen = _chosen("desks" if group.of_desks else "numbers", report)
    heads, beside = [group.head], group.beside
    if beside is not None:
        heads.append(beside[0])

    def rows() -> Iterator[Sequence[Value]]:
        for name in group.names:
            also = [beside[1](name)] if beside is not None else []
            cells = _cells(group.tallies[name], chosen, report)
            yield [group.called(name), *also, *cells]

    return Sheet(word(group.key, report), _head(heads, chosen, report), rows())


def _chosen(of: Counted, report: YearReport) -> list[Measure]:
    known = measures(report.target_seconds).values()
    return [measure for measure in known if measure.of in (of, "both")]


def _head(
    heads: Iterable[str], chosen: Iterable[Measure], report: YearReport
) -> list[str]:
    return [
        *(word(one, report) for one in heads),
        *(column(measure, report) for measure in chosen),
        *(phrase(grade, report.labels) for grade in GRADES),
        word("position", report),
    ]


def _cells(tally: Tally, chosen: Iterable[Measure], report: YearReport) -> list[Value]:
    values = [_cell(measure, measure.value(tally)) for measure in chosen]
    return [*values, *tally.grades, report.position]


def _cell(measure: Measure, value: float | None) -> Value:
    if value is None:
        return None
    match measure.unit:
        case "count":
            return int(value)
        case "minutes":
            return round(value / 60, 2)
        case "hours":
            return round(value / 3600, 1)
        case "share":
            return round(value, 4)


def _busy(report: YearReport) -> Sheet:
    keys = ("weekday", "half-hour", "open-days", "issued", "per-day", "services")
    known = measures(report.target_seconds)
    waits = [known[key] for key in ("wait-mean", "wait-p90", "within")]
    head = [
        *(word(key, report) for key in keys),
        *(column(measure, report) for measure in waits),
        word("position", report),
    ]

    def rows() -> Iterator[Sequence[Value]]:
        for weekday, week in report.figures.weekdays.items():
            for half, tally in sorted(week.half_hours.items()):
                yield [
                    weekday_name(weekday, report),
                    half_hour_name(half),
                    week.days,
                    tally.issued,
                    round(tally.issued / week.days, 2),
                    tally.services,
                    *(_cell(one, one.value(tally)) for one in waits),
                    report.position,
                ]

    return Sheet(word("busy", report), head, rows())


def _summary(report: YearReport) -> Sheet:
    labels, figures = report.labels, report.figures
    made = labels.local(report.generated_at).strftime("%Y-%m-%d %H:%M")
    rows: list[Sequence[Value]] = [
        [word("covers", report, position=f"{report.position:,}")],
        [
            word(
                "days",
                report,
                first=figures.first_date,
                last=figures.last_date,
                days=figures.days,
            )
        ],
        [word("generated", report, time=made)],
        *([line] for line in conclusions(report)),
        [],
        [word("method", report)],
        *([line] for line in method_lines(report)),
    ]
    title = word("title", report, year=report.year)
    return Sheet(word("sheet-summary", report), [labels.hall, title], rows)
