"""Points and conclusions as sentences that an inspector could sign."""

from __future__ import annotations

from datetime import date

from projections.history_words import PHRASES
from projections.labels import Labels
from queue_core.values import BAD_GRADES

from .points import Point
from .report import DayReport
from .words import CONCLUSIONS, KIND_NAMES, METHOD, SENTENCES, WORDS


def word(key: str, labels: Labels, **values: object) -> str:
    """Return one of the report's words in its language."""
    return WORDS[key][labels.language].format(**values)


def in_minutes(key: str, labels: Labels) -> str:
    """Return the name of a column of minutes."""
    unit = word("minutes", labels)
    name = word(key, labels)
    return f"{name}（{unit}）" if labels.language == "zh" else f"{name}, {unit}"


def phrase(code: str, labels: Labels) -> str:
    """Return the words for a code of the record, or the code itself."""
    return PHRASES[code][labels.language] if code in PHRASES else code


def kind_name(kind: str, labels: Labels) -> str:
    """Return what a kind of point is called, as a heading."""
    name = KIND_NAMES[kind][labels.language]
    return name[0].upper() + name[1:]


def point_sentence(point: Point, labels: Labels) -> str:
    """Say what the record shows, with the values in words."""
    said = {key: _spoken(key, value, labels) for key, value in point.values.items()}
    short = {
        key.removesuffix("_at").removesuffix("_seconds"): v for key, v in said.items()
    }
    if point.kind == "bad-evaluation":
        short["said"] = _because(labels, short["indicators"], short["text"])
    return SENTENCES[point.kind][labels.language].format(**short)


def point_records(point: Point) -> str:
    """Name the versions in the log, as ``#12 #15``; long runs as a range."""
    if len(point.versions) <= 12:
        return " ".join(f"#{version}" for version in point.versions)
    first = " ".join(f"#{version}" for version in point.versions[:11])
    return f"{first} … #{point.versions[-1]}"


def percent(share: float) -> str:
    """Return a share as ``98.5 %`` without a trailing zero."""
    return f"{share * 100:.2f}".rstrip("0").rstrip(".") + "%"


def day_name(iso: str, labels: Labels) -> str:
    """Return the date in words."""
    day = date.fromisoformat(iso)
    if labels.language == "zh":
        weekday = "一二三四五六日"[day.weekday()]
        return f"{day.year}年{day.month}月{day.day}日（星期{weekday}）"
    return day.strftime("%A, ") + f"{day.day} {day.strftime('%B %Y')}"


def conclusions(report: DayReport) -> list[str]:
    """Return the report's first sentences: what happened, and what to look at."""
    labels, figures = report.labels, report.figures
    total = figures.total
    lines = [
        _conclude(
            "volume",
            labels,
            date=day_name(report.facts.date, labels),
            hall=labels.hall,
            issued=f"{total.issued:,}",
            served=f"{total.served:,}",
            cancelled=total.cancelled,
            no_show=total.no_show,
            expired=total.expired,
            windows=len(figures.windows),
            services=f"{figures.services:,}",
            service=labels.duration(figures.service_mean),
        ),
        _waits_conclusion(report),
        _evaluations_conclusion(report),
    ]
    return lines + _points_conclusions(report)


def method_lines(report: DayReport) -> list[str]:
    """Return how the figures and points are made, with the limits in force."""
    labels, limits = report.labels, report.limits
    values = {
        "idle": labels.duration(limits.idle_seconds),
        "punctual": labels.duration(limits.punctual_seconds),
        "pause": labels.duration(limits.pause_seconds),
        "pauses": limits.pauses,
        "hasty": labels.duration(limits.hasty_seconds),
        "short": percent(limits.short_share),
        "long": f"{limits.long_share:g}",
        "deviation": f"{limits.deviation:g}",
        "rated_from": limits.rated_from,
        "rated": percent(limits.rated_share),
    }
    return [line.format(**values) for line in METHOD[labels.language]]


# The parts of the conclusions.


def _waits_conclusion(report: DayReport) -> str:
    labels, waits = report.labels, report.figures.waits
    if not waits.count:
        return _conclude("waits-none", labels)
    zone, worst = max(report.figures.waits_by_zone.items(), key=lambda z: z[1].mean)
    return _conclude(
        "waits",
        labels,
        mean=labels.duration(waits.mean),
        p90=labels.duration(waits.p90),
        longest=labels.duration(waits.longest),
        zone=labels.zone(zone),
        zone_mean=labels.duration(worst.mean),
    )


def _evaluations_conclusion(report: DayReport) -> str:
    grades, services = report.figures.grades, report.figures.services
    given = sum(grades.values())
    if not given:
        return _conclude("evaluations-none", report.labels)
    bad = sum(grades.get(grade, 0) for grade in BAD_GRADES)
    return _conclude(
        "evaluations",
        report.labels,
        given=f"{given:,}",
        rate=percent(given / services if services else 0),
        good=percent(1 - bad / given),
        bad=bad,
    )


def _points_conclusions(report: DayReport) -> list[str]:
    labels = report.labels
    if not report.points_count:
        return [_conclude("points-none", labels)]
    names = {kind: KIND_NAMES[kind][labels.language] for kind in report.points}
    zh = labels.language == "zh"
    comma, stop = ("、", "，") if zh else (", ", ", ")
    found = stop.join(
        f"{names[kind]} {len(points)}{' 处' * zh}"
        for kind, points in report.points.items()
        if points
    )
    clear = [names[kind] for kind, points in report.points.items() if not points]
    lines = [_conclude("points", labels, count=report.points_count, kinds=found)]
    if clear:
        lines.append(_conclude("clear", labels, kinds=comma.join(clear)))
    return lines


def _conclude(key: str, labels: Labels, **values: object) -> str:
    return CONCLUSIONS[key][labels.language].format(**values)


# Values in words.


def _spoken(key: str, value: object, labels: Labels) -> str:
    if key.endswith("_at") and isinstance(value, int):
        return labels.clock(value)
    if key.endswith("_seconds") and isinstance(value, (int, float)):
        return labels.duration(value)
    if isinstance(value, list):
        return _spoken_list(key, value, labels)
    if key == "queue":
        return labels.queue(str(value))
    coded = key in {"outcome", "grade", "channel"}
    return phrase(str(value), labels) if coded else str(value)


def _spoken_list(key: str, values: list[object], labels: Labels) -> str:
    naming = {"items": labels.item, "indicators": labels.indicator}.get(key, str)
    return ("、" if labels.language == "zh" else ", ").join(
        naming(str(value)) for value in values
    )


def _because(labels: Labels, *reasons: str) -> str:
    said = [reason for reason in reasons if reason]
    if not said:
        return ""
    colon, joint = ("：", "；") if labels.language == "zh" else (": ", "; ")
    return colon + joint.join(said)
