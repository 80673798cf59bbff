"""The report as a workbook: every figure, point, service and ticket in rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from .figures import Waits
from .report import DayReport
from .sentences import (
    conclusions,
    kind_name,
    method_lines,
    phrase,
    point_sentence,
    word,
)
from .workbook import Sheet, Value, write_workbook


Rows = Iterable[Sequence[Value]]

HEADS = {
    "points": "kind window clerk time fact records",
    "waits": "zone half-hour count mean p50 p90 longest",
    "windows": "zone window clerk on-duty serving awaiting idle paused calls missed "
    "services mean evaluated bad",
    "services": "service number window clerk item started ended duration expected "
    "outcome records",
    "tickets": "number zone class channel issued called wait calls misses ended "
    "end-reason records",
    "evaluations": "service number window clerk time grade channel said records",
}


def workbook_bytes(report: DayReport, more: Sequence[Sheet] = ()) -> bytes:
    """Return the workbook, with ``more`` sheets, as the bytes of an .xlsx file."""
    own = [
        Sheet(word(f"sheet-{key}", report.labels), head, rows)
        for key, head, rows in _sheets(report)
    ]
    return write_workbook([*own, *more])


def _sheets(report: DayReport) -> Iterator[tuple[str, list[str], Rows]]:
    labels = report.labels
    rows: dict[str, Rows] = {
        "points": _point_rows(report),
        "waits": _wait_rows(report),
        "windows": _window_rows(report),
        "services": _service_rows(report),
        "tickets": _ticket_rows(report),
        "evaluations": _evaluation_rows(report),
    }
    yield "summary", [labels.hall, report.facts.date], _summary_rows(report)
    for key, heads in HEADS.items():
        yield key, [word(name, labels) for name in heads.split()], rows[key]


# The rows of every sheet.


def _summary_rows(report: DayReport) -> Iterator[Sequence[Value]]:
    labels, facts = report.labels, report.facts
    yield [word("covers", labels, version=facts.last_version)]
    time = labels.local(report.generated_at).strftime("%Y-%m-%d %H:%M")
    yield [word("generated", labels, time=time)]
    for line in conclusions(report):
        yield [line]
    yield []
    yield [word("method", labels)]
    for line in method_lines(report):
        yield [line]


def _point_rows(report: DayReport) -> Iterator[Sequence[Value]]:
    labels = report.labels
    for kind, points in report.points.items():
        for point in points:
            yield (
                kind_name(kind, labels),
                labels.window(point.window) if point.window else "",
                labels.clerk(point.clerk),
                labels.clock_seconds(point.at),
                point_sentence(point, labels),
                " ".join(f"#{version}" for version in point.versions),
            )


def _wait_rows(report: DayReport) -> Iterator[Sequence[Value]]:
    labels, figures = report.labels, report.figures
    for zone, halves in figures.waits_per_half.items():
        name = labels.zone(zone)
        yield [name, word("total", labels), *_wait_cells(figures.waits_by_zone[zone])]
        for half in sorted(halves):
            clock = f"{half // 2:02}:{'30' if half % 2 else '00'}"
            yield [name, clock, *_wait_cells(halves[half])]
    yield ["", word("total", labels), *_wait_cells(figures.waits)]


def _wait_cells(waits: Waits) -> list[Value]:
    if not waits.count:
        return [0, None, None, None, None]
    lengths = (waits.mean, waits.p50, waits.p90, waits.longest)
    return [waits.count, *map(_minutes, lengths)]


def _window_rows(report: DayReport) -> Iterator[Sequence[Value]]:
    labels = report.labels
    for day in report.figures.windows:
        states = (day.on_duty, day.serving, day.called, day.idle, day.paused)
        mean = _minutes(day.service_seconds / day.served) if day.served else None
        yield (
            labels.zone(day.zone),
            labels.window(day.window),
            "、".join(labels.clerk(clerk) for clerk in day.clerks),
            *map(_minutes, states),
            day.calls,
            day.missed,
            day.served,
            mean,
            day.evaluations,
            day.bad,
        )


def _service_rows(report: DayReport) -> Iterator[Sequence[Value]]:
    labels = report.labels
    for service in report.facts.services.values():
        finished = bool(service.finished_at)
        yield (
            service.service,
            service.number,
            labels.window(service.window),
            labels.clerk(service.clerk),
            labels.item_list(service.items),
            labels.clock_seconds(service.started_at),
            labels.clock_seconds(service.finished_at) if finished else None,
            _minutes(service.seconds) if finished else None,
            sum(labels.item_minutes.get(item, 0) for item in service.items) or None,
            phrase(service.outcome, labels),
            _records(service.started_version, service.finished_version),
        )


def _ticket_rows(report: DayReport) -> Iterator[Sequence[Value]]:
    labels = report.labels
    for visit in report.facts.visits.values():
        wait = visit.wait_seconds
        yield (
            visit.number,
            labels.zone(visit.zone),
            phrase(visit.ticket_class, labels),
            phrase(visit.channel, labels),
            labels.clock_seconds(visit.issued_at),
            labels.clock_seconds(visit.called_at) if visit.called_at else None,
            None if wait is None else _minutes(wait),
            visit.calls,
            visit.misses,
            labels.clock_seconds(visit.ended_at) if visit.ended_at else None,
            phrase(visit.end_reason or "live", labels),
            _records(visit.issued_version, visit.called_version, visit.ended_version),
        )


def _evaluation_rows(report: DayReport) -> Iterator[Sequence[Value]]:
    labels = report.labels
    for given in report.evaluations:
        said = [*map(labels.indicator, given.indicators), given.text]
        yield (
            given.service,
            given.number,
            labels.window(given.window),
            labels.clerk(given.clerk),
            labels.clock_seconds(given.at),
            phrase(given.grade, labels),
            phrase(given.channel, labels),
            "；".join(part for part in said if part),
            _records(given.hall_version),
        )


def _minutes(seconds: float) -> float:
    return round(seconds / 60, 2)


def _records(*versions: int) -> str:
    return " ".join(f"#{version}" for version in versions if version)
