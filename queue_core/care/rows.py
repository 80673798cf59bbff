"""The rows of a log as they are stored: no event is decoded here, nothing is guessed.

A log has no gaps in its positions but those that archiving has left and noted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from queue_core.errors import LogError
from queue_core.log.witness import Witness


PAGE = 1_000
"""Rows that are read or written at once."""


class Row(NamedTuple):
    """One stored event, byte for byte."""

    position: int
    stream: str
    version: int
    topic: str
    state: bytes


class Removal(NamedTuple):
    """A business day whose rows are in an archive and no longer in the log."""

    stream: str
    rows: int
    """Rows of the day's stream and of the evaluations of its services."""
    archive: str
    """The name of the archive file."""
    digest: str
    """SHA-256 of the archive file, in hexadecimal."""
    removed_at: int


class Span(NamedTuple):
    """Positions from which rows have been removed, both ends included."""

    first: int
    last: int


class Removed(NamedTuple):
    """Everything that has been removed from a log."""

    days: list[Removal]
    spans: list[Span]


NOTHING_REMOVED = Removed([], [])


class NoLog(LogError):
    """There is no log where one is to be read."""


class Rows(Protocol):
    """The rows of a log as they stood at one instant, however long they are read.

    Every method blocks, and raises ``LogError`` when the store cannot be read.
    """

    @property
    def last_position(self) -> int:
        """The position of the newest row; 0 if there is none."""

    @property
    def count(self) -> int:
        """How many rows there are."""

    def page(self, after: int, limit: int = PAGE) -> list[Row]:
        """Return at most ``limit`` rows after a position, in order."""

    def at(self, position: int) -> Row | None:
        """Return the row at a position; None if there is none."""

    def page_upto(self, position: int, limit: int = PAGE) -> list[Row]:
        """Return the last ``limit`` rows up to a position, in order."""

    def count_upto(self, position: int) -> int:
        """Count the rows up to a position."""

    def of_streams(self, streams: Sequence[str]) -> list[Row]:
        """Return all rows of some streams, in the order of the log."""

    def streams(self, prefix: str) -> list[str]:
        """Return the names of the streams that begin with ``prefix``, sorted."""

    def witnesses(self, after: int, limit: int = PAGE) -> list[Witness]:
        """Return at most ``limit`` notes of leaves after a position, in order."""

    def removed(self) -> Removed:
        """Return what has been archived and removed."""

    def names(self, positions: Sequence[int]) -> dict[int, tuple[str, int]]:
        """Return stream and version of rows that cannot be read themselves."""

    def trouble(self) -> list[str]:
        """Return what the store finds wrong with itself; nothing if it is sound."""

    def close(self) -> None:
        """Give the store back."""


class RowWriter(Protocol):
    """Writes rows at the positions they have elsewhere, alone and all or nothing."""

    def rows(self) -> Rows:
        """Return what is there now, for reading. The caller closes it."""

    def require_alone(self) -> None:
        """Pass if no server uses the store.

        Raises:
            LogError: one does.
        """

    def write(self, rows: Sequence[Row], after: int) -> None:
        """Add rows in one transaction.

        Raises:
            LogError: the store failed, or its last position is not ``after``.
        """

    def witness(self, witnesses: Sequence[Witness]) -> None:
        """Add notes of leaves in one transaction; those that are there stay."""

    def note(self, removed: Removed) -> None:
        """Set down what has been removed from the log, in place of what was noted."""

    def remove(
        self, streams: Sequence[str], expected: Sequence[Row], removal: Removal
    ) -> None:
        """Take the rows of some streams out and note it, in one transaction.

        Raises:
            LogError: the store failed, the streams hold other rows than expected, or
                the newest row of the log is among them.
        """

    def close(self) -> None:
        """Give the store back."""


def require_removable(
    found: Sequence[Row], expected: Sequence[Row], last_position: int
) -> None:
    """Pass if the rows of a day are as they were archived, and none is the newest.

    The newest row must stay: the next one is given the position after it.

    Raises:
        LogError: they are not.
    """
    if list(found) != list(expected):
        raise LogError("the day has changed since it was archived; archive it again")
    if found and found[-1].position >= last_position:
        raise LogError("the newest row of the log is never removed")


def spans_with(spans: Iterable[Span], positions: Iterable[int]) -> list[Span]:
    """Return the spans with some more positions in them, joined where they touch."""
    joined: list[Span] = []
    for first, last in sorted([*spans, *(Span(p, p) for p in positions)]):
        if joined and first <= joined[-1].last + 1:
            joined[-1] = Span(joined[-1].first, max(last, joined[-1].last))
        else:
            joined.append(Span(first, last))
    return joined


def pages(rows: Rows, after: int = 0) -> Iterator[list[Row]]:
    """Yield the rows after a position, page by page.

    Raises:
        LogError: the store cannot be read.
    """
    while page := rows.page(after):
        yield page
        after = page[-1].position


def witness_pages(rows: Rows) -> Iterator[list[Witness]]:
    """Yield all notes of leaves, page by page.

    Raises:
        LogError: the store cannot be read.
    """
    # Rows that were never recorded by a server may have a position of their own.
    after = -(1 << 62)
    while page := rows.witnesses(after):
        yield page
        after = page[-1].position
