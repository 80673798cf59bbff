"""What every store of events promises, whatever it is built on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from queue_core.errors import Conflict, LogError
from queue_core.events import Event

from .streams import HOUSE, audited, hall_of


Entry = tuple[str, int, Event]
"""A stream, the version the event shall have in it, and the event."""


class Recorded(NamedTuple):
    """An event that stands in the log."""

    stream: str
    version: int
    event: Event
    position: int = 0
    """Its place in the whole log, from 1; 0 where the reader was not told."""


Stored = tuple[str, int, str, bytes]
"""Stream, version, topic and body of an event, as they stand in the store."""


Found = tuple[Recorded, bytes]
"""An event that was read, and the leaf hash of what is stored of it."""


class Page(NamedTuple):
    """A part of the log that was looked through for the events of one hall."""

    recorded: list[Recorded]
    upto: int
    """The last position that was looked at; up to here nothing is missing."""
    more: bool
    """Whether the log goes on behind it."""
    leaves: list[bytes]
    """The leaf hash of every event, made of what is stored."""


class Unreadable(LogError):
    """Bytes in the log that no code here understands; nothing is guessed."""

    def __init__(self, stream: str, version: int, reason: str) -> None:
        self.stream = stream
        self.version = version
        super().__init__(f"{stream} version {version} is unreadable: {reason}")


class Turn(Protocol):
    """The right to write next, among all writers of one hall. Every method blocks.

    While it is held nobody else can record anything in the hall's days.
    """

    @property
    def version(self) -> int:
        """Where the stream ended that the turn was taken for."""

    @property
    def over(self) -> bool:
        """Whether it has ended."""

    def append(self, entries: Sequence[Entry]) -> Sequence[int]:
        """Record all entries as ``EventLog.append`` does; the turn is over then.

        Raises:
            Conflict: a version is taken already.
            LogError: the store failed, or a version would leave a gap.
        """

    def give_back(self) -> None:
        """End the turn, if it is not over yet, and record nothing."""


class EventLog(Protocol):
    """An append-only log of streams. Every method blocks: call it in a thread.

    Versions in a stream and positions in the log are whole numbers from 1 without a
    gap. Whoever has read up to a position never finds anything new before it.
    """

    @property
    def exclusive(self) -> bool:
        """Whether no other process can write to the log while this one is open."""

    def append(self, entries: Sequence[Entry]) -> Sequence[int]:
        """Record all entries in one transaction, their leaves beside them.

        Returns the position of each.

        When it returns, the entries are on disk. When it raises ``Conflict``, none
        is. After any other ``LogError`` the caller reads again to learn which.

        Raises:
            Conflict: a version is taken already; read on and decide again.
            LogError: the store failed, or a version would leave a gap.
        """

    def read(
        self, stream: str, after: int = 0, upto: int | None = None
    ) -> list[Recorded]:
        """Return the events of a stream with after < version <= upto, in order.

        Raises:
            LogError: the store cannot be read.
            Unreadable: an event's bytes cannot.
        """

    def stored(
        self, stream: str, after: int = 0, upto: int | None = None
    ) -> list[Stored]:
        """Return what is stored of a stream, undecoded, in order.

        Raises:
            LogError: the store cannot be read.
        """

    def read_streams(self, streams: Sequence[str]) -> list[Recorded]:
        """Return the events of some streams, in the order of the log.

        Raises:
            LogError: the store cannot be read.
            Unreadable: an event's bytes cannot.
        """

    def read_all(self, after_position: int, limit: int) -> list[Recorded]:
        """Return at most ``limit`` events of all streams after a position, in order.

        Raises:
            LogError: the store cannot be read.
            Unreadable: an event's bytes cannot.
        """

    def read_hall(
        self, hall: str, after_position: int, limit: int, *, audit: bool = False
    ) -> Page:
        """Return the events of one hall after a position, whatever their streams.

        These are the events of its days, of its profile and of its services; with
        ``audit`` what was noted about the hall and about the house, too.

        Raises:
            LogError: the store cannot be read.
            Unreadable: an event's bytes cannot.
        """

    def last_position(self) -> int:
        """Return the position of the last event of all; 0 if there is none.

        Raises:
            LogError: the store cannot be read.
        """

    def take_turn(self, hall: str, stream: str) -> Turn:
        """Wait until it is our turn to write in a hall, and hold up all others.

        ``append`` needs no turn: whoever is too late there meets a ``Conflict``. A
        turn is for writers who often meet each other: it is given in the order of
        asking, and nothing that was decided in it was decided in vain.

        Raises:
            LogError: the store failed, or the turn did not come in time.
        """

    def streams(self, prefix: str) -> list[str]:
        """Return the names of the streams that begin with ``prefix``, sorted.

        Raises:
            LogError: the store cannot be read.
        """

    def last_version(self, stream: str) -> int:
        """Return the version of the last event of a stream; 0 if it is empty.

        Raises:
            LogError: the store cannot be read.
        """

    def close(self) -> None:
        """Give the store back. Nothing may be called afterwards."""


def first_versions(entries: Sequence[Entry]) -> dict[str, int]:
    """Return the version at which each stream of the entries goes on.

    Raises:
        LogError: the versions of a stream do not follow one another.
    """
    firsts: dict[str, int] = {}
    lasts: dict[str, int] = {}
    for stream, version, _ in entries:
        last = lasts.get(stream)
        if last is None:
            firsts[stream] = version
        elif version != last + 1:
            raise LogError(f"{stream} version {version} does not follow {last}")
        lasts[stream] = version
    return firsts


def require_next(stream: str, first: int, last: int) -> None:
    """Pass if ``first`` follows the last version that the stream has.

    Raises:
        Conflict: another writer has taken the version.
        LogError: versions before it are missing.
    """
    if first <= last:
        raise Conflict(f"{stream} has a version {first} already")
    if first > last + 1:
        raise LogError(f"{stream} ends at {last}: version {first} would leave a gap")


def page_of(
    hall: str, after_position: int, found: Sequence[Found], limit: int, *, audit: bool
) -> Page:
    """Return what belongs to a hall of up to ``limit`` events found in the log."""
    noted = {hall, HOUSE} if audit else set()
    own = [
        one
        for one in found
        if hall_of(one[0].stream, one[0].event) == hall
        or audited(one[0].stream) in noted
    ]
    return Page(
        recorded=[recorded for recorded, _ in own],
        upto=found[-1][0].position if found else after_position,
        more=len(found) == limit,
        leaves=[leaf for _, leaf in own],
    )
