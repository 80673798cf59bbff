"""The report as one HTML file: it needs nothing beside it and prints on A4."""

from __future__ import annotations

from queue_core.values import BAD_GRADES

from .document import document_head, html_document, statement
from .report import DayReport
from .sections import (
    evaluations_section,
    method_section,
    points_section,
    volumes_section,
    waits_section,
)
from .sentences import conclusions, day_name, percent, word
from .timelines import timeline_section


def html_page(report: DayReport) -> str:
    """Return the whole document, conclusions first."""
    labels = report.labels
    title = f"{labels.hall} {report.facts.date} {word('title', labels)}"
    sections = [
        ("conclusion", _conclusion(report)),
        ("points", points_section(report)),
        ("volumes", volumes_section(report)),
        ("waits", waits_section(report)),
        ("timeline", timeline_section(report)),
        ("evaluations", evaluations_section(report)),
        ("method", method_section(report)),
    ]
    named = [(word(key, labels), content) for key, content in sections]
    return html_document(title, _head(report), named, labels)


def _head(report: DayReport) -> str:
    labels, facts = report.labels, report.facts
    time = labels.local(report.generated_at).strftime("%Y-%m-%d %H:%M")
    lines = [
        day_name(facts.date, labels),
        word("covers", labels, version=f"{facts.last_version:,}"),
        word("generated", labels, time=time),
    ]
    notes = []
    if not facts.closed_version:
        time = labels.clock_seconds(facts.last_at)
        notes.append(word("day-running", labels, time=time))
    if facts.overdue:
        notes.append(word("day-overdue", labels))
    return document_head(labels.hall, word("title", labels), lines, notes)


def _conclusion(report: DayReport) -> str:
    labels = report.labels
    signatures = [word(key, labels) for key in ("inspector", "leader", "date")]
    return statement(conclusions(report), _keys(report), signatures)


def _keys(report: DayReport) -> list[tuple[str, str]]:
    labels, figures = report.labels, report.figures
    given = sum(figures.grades.values())
    bad = sum(figures.grades.get(grade, 0) for grade in BAD_GRADES)
    minutes = f" <small>{word('minutes', labels)}</small>"
    keys = [
        ("issued", f"{figures.total.issued:,}"),
        ("served", f"{figures.total.served:,}"),
        ("key-mean", f"{figures.waits.mean / 60:.1f}{minutes}"),
        ("key-p90", f"{figures.waits.p90 / 60:.1f}{minutes}"),
        ("key-good", percent(1 - bad / given) if given else "–"),
        ("key-points", str(report.points_count)),
    ]
    return [(word(key, labels), value) for key, value in keys]
