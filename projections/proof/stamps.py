"""What a report carries so that it can be derived again: its range, and the heads.

The stamp stands in the file as JSON: an HTML page has it in a ``meta`` element, a
workbook in the last rows of its last sheet. The heads of the days of which the report
speaks can also be read by eye.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Literal

import msgspec

from projections.day_report.workbook import Sheet, Value
from queue_core.care.archive_log import log_of_day
from queue_core.log.event_log import EventLog
from queue_core.log.streams import hall_day_stream
from queue_core.log.witness import leaves_of
from queue_core.proof.merkle import MerkleTree
from queue_core.values import Language

from .sealing import seals


NAME = "yihao-stamp"
PIECE = 30_000
"""A cell of a workbook holds at most 32,767 characters."""

WORDS = {
    "zh": ("记录的证明", "日期", "事件数", "哈希树根", "签名头的哈希", "尚未签名"),
    "en": ("Proof", "Date", "Events", "Root", "Hash of the signed head", "not signed"),
}


class ReportHead(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a day's record came to when the report was made."""

    date: str
    size: int
    root: str
    signed: str
    """The hash of its signed head; empty if it was not signed, or not all of it."""


class Stamp(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of what a report was made."""

    kind: Literal["day", "year"]
    hall: str
    date: str
    """The day, or the year."""
    language: Language
    upto: int
    """The last version of the day, or the last position of the log for a year."""
    evaluated_at: int = 0
    """The time of the newest evaluation in the report of a day."""
    generated_at: int
    clerks: dict[str, str]
    """The names of accounts; no record has them."""
    heads: list[ReportHead]


class NoStamp(ValueError):
    """A file is no report that could be derived again."""


# Heads.


def head_of_day(
    log: EventLog, archives: Path, hall: str, date: str, size: int
) -> ReportHead:
    """Return what a day came to with so many events.

    Raises:
        LogError: the record cannot be read.
    """
    stored = log_of_day(log, archives, hall, date).stored(
        hall_day_stream(hall, date), 0, size
    )
    root = MerkleTree(leaves_of(stored)).root().hex()
    for sealed in seals(log, hall):
        if (sealed.date, sealed.seal.size) == (date, size):
            return ReportHead(date, size, root, sealed.seal.head)
    return ReportHead(date, size, root, "")


def heads_of_year(log: EventLog, hall: str, year: int) -> list[ReportHead]:
    """Return the signed heads of a year's days.

    Raises:
        LogError: the record cannot be read.
    """
    return [
        ReportHead(one.date, one.seal.size, one.seal.root, one.seal.head)
        for one in seals(log, hall)
        if one.date.startswith(f"{year:04}-")
    ]


# In a page.


def stamped(page: bytes, stamp: Stamp) -> bytes:
    """Return an HTML report with its stamp, and with the heads below it."""
    text = page.decode()
    content = escape(msgspec.json.encode(stamp).decode())
    text = text.replace(
        "<title>", f'<meta name="{NAME}" content="{content}"><title>', 1
    )
    before, end, after = text.rpartition("</main>")
    return f"{before}{_section(stamp)}{end}{after}".encode()


def _section(stamp: Stamp) -> str:
    title, *columns, unsigned = WORDS[stamp.language]
    head = "".join(f"<th>{name}</th>" for name in columns)
    rows = "".join(
        f"<tr><td>{one.date}</td><td>{one.size:,}</td><td><code>{one.root}</code></td>"
        f"<td><code>{one.signed or unsigned}</code></td></tr>"
        for one in _shown(stamp.heads)
    )
    return (
        f'<section class="proof"><h2>{title}</h2>'
        "<style>.proof code{font-size:6.5pt;overflow-wrap:anywhere}</style>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></section>"
    )


def _shown(heads: Sequence[ReportHead]) -> Sequence[ReportHead]:
    """Return the last head of each month: it holds all before it."""
    return [*{one.date[:7]: one for one in heads}.values()]


# In a workbook.


def proof_sheet(stamp: Stamp) -> Sheet:
    """Return the last sheet of a report."""
    title, *columns, unsigned = WORDS[stamp.language]

    def rows() -> Iterator[Sequence[Value]]:
        for one in stamp.heads:
            yield [one.date, one.size, one.root, one.signed or unsigned]
        text = msgspec.json.encode(stamp).decode()
        for at in range(0, len(text), PIECE):
            yield [NAME, None, text[at : at + PIECE]]

    return Sheet(title, columns, rows(), unseen=NAME)
