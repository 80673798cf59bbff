"""Deriving a report again from the record, and telling what differs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile

import msgspec

from projections.day_record import read_recorded_day
from projections.day_report.writing import day_report_html, day_report_xlsx
from projections.labels import labels_of
from queue_core.log.event_log import EventLog

from .sealing import seals
from .stamps import NAME, NoStamp, Stamp, head_of_day, proof_sheet, stamped


UNMARKED = ("style", "script")


class Figure(NamedTuple):
    """A text of a report, and what it is the value of."""

    place: str
    text: str


Made = Callable[[Stamp, bool], bytes]
"""Makes the report of a stamp again: as a workbook or as a page."""


def read_stamp(content: bytes) -> Stamp:
    """Return the stamp of a report.

    Raises:
        NoStamp: it has none, or a damaged one.
    """
    try:
        found = _stamp_in_book(content) if is_book(content) else _read(content).stamp
        return msgspec.json.decode(found, type=Stamp)
    except (ValueError, KeyError, BadZipFile, msgspec.MsgspecError) as error:
        raise NoStamp(f"it carries no stamp that can be read: {error}") from error


def is_book(content: bytes) -> bool:
    """Tell whether a file is a workbook and no page."""
    return content.startswith(b"PK")


def day_again(log: EventLog, archives: Path, stamp: Stamp, *, as_book: bool) -> bytes:
    """Make the report of a day again, as it was at its version.

    Raises:
        NoStamp: the record has no such day.
        LogError: the record cannot be read.
    """
    day = read_recorded_day(log, archives, stamp.hall, stamp.date)
    if day is None:
        raise NoStamp(f"{stamp.hall} was not open on {stamp.date}")
    labels = replace(labels_of(day.profile, stamp.language), clerks=stamp.clerks)
    events = [
        (version, event) for version, event in day.events if version <= stamp.upto
    ]
    given = [one for one in day.evaluations if one.at <= stamp.evaluated_at]
    if as_book:
        more = [proof_sheet(stamp)]
        return day_report_xlsx(events, given, labels, stamp.generated_at, more)
    return stamped(day_report_html(events, given, labels, stamp.generated_at), stamp)


def wrong_heads(log: EventLog, archives: Path, stamp: Stamp) -> Iterator[str]:
    """Yield every head of a report that the record does not come to.

    Raises:
        LogError: the record cannot be read.
    """
    signed = {one.date: one.seal.head for one in seals(log, stamp.hall)}
    for head in stamp.heads:
        now = head_of_day(log, archives, stamp.hall, head.date, head.size)
        if now.root != head.root:
            yield f"the record of {head.date} is not what it was: {head.root[:16]}…"
        elif head.signed and signed.get(head.date) != head.signed:
            yield f"the signed head of {head.date} is not what it was"


def differences(ours: bytes, theirs: bytes) -> list[str]:
    """Return where a report differs from the one that was derived again."""
    was, now = _figures(ours), _figures(theirs)
    told: list[str] = []
    matcher = SequenceMatcher(None, was, now, autojunk=False)
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            continue
        for here, there in _pairs(was[a:b], now[c:d]):
            place = (here or there or Figure("", "")).place
            said = f"{here.text!r}" if here else "nothing"
            shall = f"{there.text!r}" if there else "nothing"
            told.append(f"{place}: the file says {said}, the record {shall}")
    return told


def _pairs(
    was: Sequence[Figure], now: Sequence[Figure]
) -> Iterator[tuple[Figure | None, Figure | None]]:
    for n in range(max(len(was), len(now))):
        yield (was[n] if n < len(was) else None), (now[n] if n < len(now) else None)


def _figures(content: bytes) -> list[Figure]:
    if is_book(content):
        return list(_in_book(content))
    return _read(content).figures


# Workbooks.


def _in_book(content: bytes) -> Iterator[Figure]:
    for title, rows in _sheets(content):
        heads = rows[0] if rows else ()
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if value is not None:
                    head = heads[column] if column < len(heads) else ""
                    place = f"{title} row {number}, {row[0]}, {head or column + 1}"
                    yield Figure(place, str(value))


def _sheets(content: bytes) -> Iterator[tuple[str, list[tuple[object, ...]]]]:
    # Only who checks a workbook needs what reads it.
    from openpyxl import load_workbook  # noqa: PLC0415

    book = load_workbook(BytesIO(content), read_only=True)
    try:
        for sheet in book.worksheets:
            yield sheet.title, list(sheet.iter_rows(values_only=True))
    finally:
        book.close()


def _stamp_in_book(content: bytes) -> str:
    *_, (_, rows) = _sheets(content)
    return "".join(str(row[2]) for row in rows if row and row[0] == NAME)


# Pages.


class _Page(HTMLParser):
    """The texts of a page, each under its heading and beside what names it."""

    def __init__(self) -> None:
        super().__init__()
        self.figures: list[Figure] = []
        self.stamp = ""
        self._open: list[str] = []
        self._heading = ""
        self._row = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag == "meta":
            if known.get("name") == NAME:
                self.stamp = known.get("content") or ""
            return
        if tag == "tr":
            self._row = ""
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        text = data.strip()
        if not text or (self._open and self._open[-1] in UNMARKED):
            return
        if self._open and self._open[-1] in ("h1", "h2", "h3"):
            self._heading = text
        self._row = self._row or text
        self.figures.append(Figure(f"{self._heading}, {self._row}", text))


def _read(content: bytes) -> _Page:
    page = _Page()
    page.feed(content.decode())
    page.close()
    return page
