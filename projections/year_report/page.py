"""The year's report as one HTML file, in the look of the day's."""

from __future__ import annotations

from typing import get_args

from projections.day_report.document import document_head, html_document, statement
from projections.day_report.sentences import percent
from projections.kept.tallies import percentile_seconds

from .groups import GroupKey
from .measures import measures
from .report import YearReport
from .sections import (
    busy_section,
    evaluations_section,
    group_section,
    method_section,
    months_section,
)
from .sentences import conclusions, word


def html_page(report: YearReport) -> str:
    """Return the whole document, conclusions first."""
    labels = report.labels
    title = word("title", report, year=report.year)
    sections = [
        ("conclusion", _conclusion(report)),
        ("months", months_section(report)),
        ("busy", busy_section(report)),
        *((key, group_section(key, report)) for key in get_args(GroupKey)),
        ("evaluations", evaluations_section(report)),
        ("method", method_section(report)),
    ]
    named = [(word(key, report), content) for key, content in sections]
    return html_document(f"{labels.hall} {title}", _head(title, report), named, labels)


def _head(title: str, report: YearReport) -> str:
    labels, figures = report.labels, report.figures
    made = labels.local(report.generated_at).strftime("%Y-%m-%d %H:%M")
    lines = [
        word(
            "days",
            report,
            first=figures.first_date,
            last=figures.last_date,
            days=figures.days,
        ),
        word("covers", report, position=f"{report.position:,}"),
        word("generated", report, time=made),
    ]
    notes = []
    if figures.is_last_open:
        time = labels.clock(figures.last_at)
        notes.append(word("year-running", report, date=figures.last_date, time=time))
    return document_head(labels.hall, title, lines, notes)


def _conclusion(report: YearReport) -> str:
    signatures = [word(key, report) for key in ("inspector", "leader", "date")]
    return statement(conclusions(report), _keys(report), signatures)


def _keys(report: YearReport) -> list[tuple[str, str]]:
    whole = report.figures.whole
    unit = f" <small>{word('minutes', report)}</small>"
    known = measures(report.target_seconds)
    shares = {key: known[key].value(whole) for key in ("within", "good")}
    told = {key: "–" if v is None else percent(v) for key, v in shares.items()}
    return [
        (word("issued", report), f"{whole.issued:,}"),
        (word("services", report), f"{whole.services:,}"),
        (word("wait-mean", report), f"{whole.mean_wait_seconds / 60:.1f}{unit}"),
        (
            word("wait-p90", report),
            f"{percentile_seconds(whole.waits, 0.9) / 60:.1f}{unit}",
        ),
        (word("within", report), told["within"]),
        (word("key-good", report), told["good"]),
    ]
