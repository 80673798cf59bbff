"""What every store of the kept tables promises, whatever it is built on.

The tables of one reading of the log are a *generation*. Readers see the newest that is
whole; another one may be in the making, and takes its place when it has caught up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol

from queue_core.errors import LogError

from .open_day import KeptHall
from .service_rows import ServiceKey, ServiceRow


SCHEMA = 2
"""Changes with anything that makes kept tables say something else, or otherwise."""


class Standing(NamedTuple):
    """How far a generation is."""

    generation: int
    position: int
    """The last position of the log that was read."""
    mark: str
    """What stands there: stream, version and command; another log has another."""
    whole: bool
    """It has caught up with the log once, and readers see it."""


class DayRow(NamedTuple):
    """A hall-day, folded up to a version."""

    hall: str
    date: str
    version: int
    last_at: int
    closed: bool
    figures: bytes
    """``DayFigures`` as MessagePack."""
    open_day: bytes
    """``OpenDay`` as MessagePack; empty when the day is over."""


class Evaluated(NamedTuple):
    """The evaluation of a service that was kept before."""

    hall: str
    date: str
    service: str
    grade: str
    evaluated_at: int
    channel: str


class Changes(NamedTuple):
    """What one page of the log changes."""

    halls: dict[str, KeptHall]
    days: list[DayRow]
    services: list[ServiceRow]
    evaluated: list[Evaluated]
    reopened: Sequence[ServiceKey] = ()
    """Services that are not finished after all."""


class KeptDays(NamedTuple):
    """Days of a hall as they stood at one position of the log."""

    position: int
    days: list[DayRow]


class PenTaken(LogError):
    """Another process, or another thread, writes the tables just now."""


class NotKept(LogError):
    """There are no whole tables to read: they are still being made, or a newer
    program has made them."""


class Pen(Protocol):
    """The right to write, which one process at a time has. Every method blocks."""

    @property
    def standing(self) -> Standing:
        """The generation that is written."""

    @property
    def earlier(self) -> Standing | None:
        """The whole one that it will replace, if it has the same schema."""

    def begin_anew(self) -> None:
        """Give up what was being made, and begin another generation."""

    def day(self, hall: str, date: str) -> DayRow | None:
        """Return what is kept of a day; None if nothing is."""

    def hall(self, hall: str) -> KeptHall | None:
        """Return what is kept of a hall's profile; None if nothing is."""

    def services_of(self, wanted: Iterable[ServiceKey]) -> dict[str, ServiceRow]:
        """Return some rows, by service; those that are not there are left out."""

    def write(self, changes: Changes, after: int, upto: int, mark: str) -> None:
        """Keep what a page changes, and that it was read, in one transaction.

        Raises:
            LogError: the store failed, or has not been read up to ``after`` exactly:
                a page is never kept twice.
        """

    def finish(self, *, carry_over: bool) -> int:
        """Let readers see this generation, and drop all others.

        With ``carry_over`` days that only the earlier one has are taken over: they
        were archived and removed from the log since. Return how many those were.
        """


class KeptStore(Protocol):
    """The kept tables. Every method blocks, and raises ``LogError`` if it fails."""

    def standing(self) -> Standing | None:
        """Return how far the tables are that readers see; None if there are none.

        Raises:
            LogError: the store cannot be read.
        """

    def days(self, hall: str, first: str, last: str) -> KeptDays:
        """Return the days of a hall between two dates, both included, in order.

        Raises:
            NotKept: there is nothing to read.
        """

    def services(self, hall: str, first: str, last: str) -> Iterator[ServiceRow]:
        """Yield the services of a hall between two dates, as they were finished.

        Raises:
            NotKept: there is nothing to read.
        """

    def all_days(self) -> Sequence[tuple[str, str]]:
        """Return hall and date of every kept day, in order.

        Raises:
            NotKept: there is nothing to read.
        """

    def pen(self) -> AbstractContextManager[Pen]:
        """Take the right to write, at once or not at all.

        A generation that was left half made is gone on with.

        Raises:
            PenTaken: somebody else has it.
            NotKept: a newer program has made the tables.
        """

    def close(self) -> None:
        """Give the store back."""
