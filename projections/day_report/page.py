"""The report as one HTML file: it needs nothing beside it and prints on A4."""

from __future__ import annotations

from html import escape

from queue_core.values import BAD_GRADES

from .report import DayReport
from .sections import (
    evaluations_section,
    method_section,
    points_section,
    volumes_section,
    waits_section,
)
from .sentences import conclusions, day_name, percent, word
from .style import style_sheet
from .timelines import timeline_section


NUMERALS = "一二三四五六七八九"


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
    body = "".join(
        f"<section>{_heading(n, key, report)}{content}</section>"
        for n, (key, content) in enumerate(sections)
    )
    lang = "zh-CN" if labels.language == "zh" else "en"
    return (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title>"
        f"<style>{style_sheet(title, labels.language)}</style></head>"
        f'<body class="{labels.language}"><main>{_head(report)}{body}</main>'
        f"</body></html>\n"
    )


def _head(report: DayReport) -> str:
    labels, facts = report.labels, report.facts
    lines = [
        day_name(facts.date, labels),
        word("covers", labels, version=f"{facts.last_version:,}"),
        word(
            "generated",
            labels,
            time=labels.local(report.generated_at).strftime("%Y-%m-%d %H:%M"),
        ),
    ]
    notes = []
    if not facts.closed_version:
        time = labels.clock_seconds(facts.last_at)
        notes.append(word("day-running", labels, time=time))
    if facts.overdue:
        notes.append(word("day-overdue", labels))
    said = " · ".join(escape(line) for line in lines)
    more = "".join(f"<br>{escape(note)}" for note in notes)
    return (
        f'<header><div class="issuer">{escape(labels.hall)}</div>'
        f"<h1>{word('title', labels)}</h1>"
        f'<div class="sub">{said}{more}</div></header>'
    )


def _heading(n: int, key: str, report: DayReport) -> str:
    labels = report.labels
    number = f"{NUMERALS[n]}、" if labels.language == "zh" else f"{n + 1}. "
    return f"<h2>{number}{word(key, labels)}</h2>"


def _conclusion(report: DayReport) -> str:
    labels = report.labels
    said = "".join(f"<p>{escape(line)}</p>" for line in conclusions(report))
    signed = "".join(
        f"<span>{word(key, labels)}</span>" for key in ("inspector", "leader", "date")
    )
    return (
        f'<div class="statement">{said}</div>{_keys(report)}'
        f'<div class="sign">{signed}</div>'
    )


def _keys(report: DayReport) -> str:
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
    cells = (f"<div><b>{value}</b>{word(key, labels)}</div>" for key, value in keys)
    return f'<div class="keys">{"".join(cells)}</div>'
