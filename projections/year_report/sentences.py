"""The year's words and conclusions in the report's language."""

from __future__ import annotations

from projections.day_report.document import half_hour_name
from projections.day_report.sentences import percent
from projections.day_report.sentences import word as day_word
from projections.day_report.words import CONCLUSIONS as DAY_CONCLUSIONS
from projections.kept.tallies import Tally, percentile_seconds, within

from .measures import Measure
from .report import YearReport
from .words import CONCLUSIONS, METHOD, MONTHS, WEEKDAYS, WORDS


def word(key: str, report: YearReport, **values: object) -> str:
    """Return one of the report's words, its own or one it shares with the day's."""
    if key in WORDS:
        return WORDS[key][report.labels.language].format(**values)
    return day_word(key, report.labels, **values)


def column(measure: Measure, report: YearReport) -> str:
    """Return the name of a column, with its unit."""
    name = word(measure.key, report)
    if measure.unit not in ("minutes", "hours"):
        return name
    unit = word(measure.unit, report)
    return f"{name}（{unit}）" if report.labels.language == "zh" else f"{name}, {unit}"


def month_name(month: str, report: YearReport) -> str:
    """Return the name of a month such as ``2026-11``."""
    return MONTHS[report.labels.language][int(month[5:]) - 1]


def weekday_name(weekday: int, report: YearReport) -> str:
    """Return the name of a weekday; 0 is Monday."""
    return WEEKDAYS[report.labels.language][weekday]


def as_of(report: YearReport) -> str:
    """Return up to where the record was read."""
    return word("as-of", report, position=f"{report.position:,}")


def conclusions(report: YearReport) -> list[str]:
    """Return the report's first sentences."""
    lines = [_volume(report), _waits(report), _busy(report), _evaluations(report)]
    return [line for line in lines if line]


def method_lines(report: YearReport) -> list[str]:
    """Return how the figures are made."""
    values = {
        "position": f"{report.position:,}",
        "target": report.labels.duration(report.target_seconds),
    }
    return [line.format(**values) for line in METHOD[report.labels.language]]


def busiest_half_hours(report: YearReport) -> list[tuple[int, int, float, Tally]]:
    """Return weekday, half hour, numbers a day and tally, the busiest first."""
    found = [
        (weekday, half, tally.issued / week.days, tally)
        for weekday, week in report.figures.weekdays.items()
        for half, tally in week.half_hours.items()
        if tally.issued
    ]
    return sorted(found, key=lambda one: (-one[2], one[0], one[1]))


def _volume(report: YearReport) -> str:
    figures, whole = report.figures, report.figures.whole
    return _conclude(
        "volume",
        report,
        year=report.year,
        hall=report.labels.hall,
        days=figures.days,
        issued=f"{whole.issued:,}",
        per_day=f"{whole.issued / figures.days:,.0f}",
        served=f"{whole.served:,}",
        cancelled=f"{whole.cancelled:,}",
        no_show=f"{whole.no_shows:,}",
        expired=f"{whole.expired:,}",
        services=f"{whole.services:,}",
        service=report.labels.duration(whole.mean_service_seconds),
    )


def _waits(report: YearReport) -> str:
    whole, labels = report.figures.whole, report.labels
    if not whole.called:
        return _conclude("waits-none", report)
    zones = report.figures.zones
    zone = max(zones, key=lambda name: zones[name].mean_wait_seconds)
    return _conclude(
        "waits",
        report,
        mean=labels.duration(whole.mean_wait_seconds),
        p90=labels.duration(percentile_seconds(whole.waits, 0.9)),
        longest=labels.duration(whole.longest_wait_ms / 1000),
        within=percent(within(whole.waits, report.target_seconds) / whole.called),
        target=labels.duration(report.target_seconds),
        zone=labels.zone(zone),
        zone_mean=labels.duration(zones[zone].mean_wait_seconds),
    )


def _busy(report: YearReport) -> str:
    busiest = busiest_half_hours(report)
    if not busiest:
        return ""
    months = report.figures.months
    month = max(months, key=lambda name: months[name].whole.issued / months[name].days)
    weekday, half, taken, _ = busiest[0]
    return _conclude(
        "busy",
        report,
        month=month_name(month, report),
        per_day=f"{months[month].whole.issued / months[month].days:,.0f}",
        weekday=weekday_name(weekday, report),
        time=half_hour_name(half),
        taken=f"{taken:.1f}",
    )


def _evaluations(report: YearReport) -> str:
    whole = report.figures.whole
    given = whole.evaluations
    if not given:
        return _conclude("evaluations-none", report)
    return DAY_CONCLUSIONS["evaluations"][report.labels.language].format(
        given=f"{given:,}",
        rate=percent(given / whole.services),
        good=percent(1 - whole.bad / given),
        bad=f"{whole.bad:,}",
    )


def _conclude(key: str, report: YearReport, **values: object) -> str:
    return CONCLUSIONS[key][report.labels.language].format(**values)
