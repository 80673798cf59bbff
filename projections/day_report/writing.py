"""Writing the report's two files beside each other."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from projections.labels import Labels, labels_of
from queue_core.events import EvaluationGiven, HallDayEvent
from queue_core.profiles.profile import HallProfile
from queue_core.values import Language

from .page import html_page
from .report import day_report
from .sheets import workbook_bytes
from .workbook import Sheet


DayEvents = Iterable[tuple[int, HallDayEvent]]


def day_report_html(
    day_events: DayEvents,
    evaluations: Iterable[EvaluationGiven],
    labels: Labels,
    generated_at: int,
) -> bytes:
    """Return the report as one HTML file, in UTF-8.

    Raises:
        ValueError: the stream is empty, so there is no day to report.
    """
    report = day_report(day_events, evaluations, labels, generated_at)
    return html_page(report).encode()


def day_report_xlsx(
    day_events: DayEvents,
    evaluations: Iterable[EvaluationGiven],
    labels: Labels,
    generated_at: int,
    more: Sequence[Sheet] = (),
) -> bytes:
    """Return the report as a workbook, with ``more`` sheets at its end.

    Raises:
        ValueError: the stream is empty, so there is no day to report.
    """
    report = day_report(day_events, evaluations, labels, generated_at)
    return workbook_bytes(report, more)


def write_day_report(
    day_events: DayEvents,
    evaluations: Iterable[EvaluationGiven],
    profile: HallProfile,
    folder: Path,
    lang: Language = "zh",
    *,
    generated_at: int | None = None,
    clerks: Mapping[str, str] | None = None,
    finish: Callable[[bytes], bytes] = bytes,
    more: Sequence[Sheet] = (),
) -> list[Path]:
    """Write the HTML page and the workbook into ``folder``; return both paths.

    ``clerks`` tells the names of accounts, which the record does not know. ``finish``
    adds to the page what ``more`` adds to the workbook.

    Files are complete or not there: each is written under a temporary name first.

    Raises:
        ValueError: the stream is empty, so there is no day to report.
        OSError: the folder cannot be written.
    """
    at = int(time.time() * 1000) if generated_at is None else generated_at
    labels = replace(labels_of(profile, lang), clerks=clerks or {})
    report = day_report(day_events, evaluations, labels, at)
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{profile.hall}-{report.facts.date}-{lang}"
    return [
        write_file(folder / f"{name}.html", finish(html_page(report).encode())),
        write_file(folder / f"{name}.xlsx", workbook_bytes(report, more)),
    ]


def write_file(path: Path, content: bytes) -> Path:
    """Write a file that is complete or not there, and return its path.

    Raises:
        OSError: the folder cannot be written.
    """
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
    return path
