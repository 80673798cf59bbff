"""One topic on the link: its seq, its recent deltas, its snapshot, its readers."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, Protocol

import msgspec


if TYPE_CHECKING:
    from projections.topics.names import Topic
    from projections.topics.ticket import TicketView

    from .halls import LinkedHall
    from .press import Press

RECENT_DELTAS = 128
"""How many deltas are kept for readers that were cut off."""

RECENT_BYTES = 64 * 1024

NOTHING = -1
"""A reader that has been sent nothing it can build on."""


class Counts(msgspec.Struct):
    """What the link has done so far."""

    frames: int = 0
    """Frames written to readers."""
    snapshots: int = 0
    """Snapshots written to readers."""
    conflated: int = 0
    """Times a slow reader was brought up to date after it had drained."""
    refused: int = 0


class Reader(Protocol):
    """Whoever is sent frames: a connection, or a fake in a test."""

    @property
    def is_paused(self) -> bool:
        """Its buffer is full: it is sent nothing until it has drained."""

    def write(self, data: bytes) -> None:
        """Send a frame (several) that is ready for the socket."""

    def ended(self, topic: Topic) -> None:
        """Be told that a topic it followed is no longer served."""


class Channel:
    """What the link keeps of one followed topic."""

    __slots__ = (
        "epoch",
        "hall",
        "head",
        "idle_beats",
        "is_phone",
        "name",
        "pending",
        "readers",
        "recent",
        "recent_bytes",
        "seq",
        "snapshot",
        "topic",
        "view",
    )

    def __init__(self, hall: LinkedHall, topic: Topic, epoch: str, seq: int) -> None:
        self.hall = hall
        self.topic = topic
        self.name = topic.name
        self.view: TicketView | None = None
        """What is followed, if this is a phone's channel."""
        self.is_phone = topic.kind == "ticket"
        self.epoch = epoch
        self.head = b""
        """How every delta begins, once somebody has needed it."""
        self.seq = seq
        self.readers: dict[Reader, int] = {}
        """Reader → the last seq it was sent."""
        self.recent: deque[bytes] | None = None if self.is_phone else deque()
        """The deltas up to ``seq``, framed, the oldest first. None is kept for a phone:
        there are thousands, and the snapshot of one is hardly longer than a delta."""
        self.recent_bytes = 0
        self.snapshot: bytes | None = None
        """The snapshot as of ``seq``, framed, once somebody has needed it."""
        self.pending: list[list[Any]] = []
        """Changes that wait to be sent together, on a phone's channel."""
        self.idle_beats = 0

    @property
    def version(self) -> int:
        """The version of the hall-day that the channel stands at."""
        return self.hall.live.version

    def restart(self, epoch: str, seq: int) -> None:
        """Begin anew: no reader can build on what it has."""
        self.epoch = epoch
        self.head = b""
        self.seq = seq
        if self.recent is not None:
            self.recent.clear()
        self.recent_bytes = 0
        self.snapshot = None
        self.pending = []
        for reader in self.readers:
            self.readers[reader] = NOTHING

    def tell(self, press: Press, changes: list[list[Any]]) -> int:
        """Write changes to all who are up to date; return to how many."""
        self.seq += 1
        return self.deliver(press.delta(self, changes))

    def missed_since(self, epoch: str, seq: int) -> list[bytes] | None:
        """Return the deltas after (epoch, seq); None if only a snapshot will do."""
        recent = self.recent or ()
        missed = self.seq - seq
        if epoch != self.epoch or not 0 <= missed <= len(recent):
            return None
        return list(recent)[len(recent) - missed :]

    def deliver(self, data: bytes) -> int:
        """Write the delta that led to ``seq`` to all who are up to date.

        It is kept for readers that miss it. Return to how many it was written.
        """
        self.snapshot = None
        if self.recent is not None:
            self._remember(self.recent, data)
        readers = self.readers
        seq = self.seq
        before = seq - 1
        written = 0
        for reader, sent in readers.items():
            if sent == before and not reader.is_paused:
                readers[reader] = seq
                reader.write(data)
                written += 1
        return written

    def _remember(self, recent: deque[bytes], delta: bytes) -> None:
        recent.append(delta)
        self.recent_bytes += len(delta)
        while len(recent) > RECENT_DELTAS or self.recent_bytes > RECENT_BYTES:
            self.recent_bytes -= len(recent.popleft())

    def beat(self, data: bytes) -> int:
        """Write a heartbeat to all who are up to date; return to how many."""
        written = 0
        for reader, sent in self.readers.items():
            if sent == self.seq and not reader.is_paused:
                reader.write(data)
                written += 1
        return written


def add_pending(pending: list[list[Any]], changes: list[list[Any]]) -> None:
    """Add the changes of a ticket; of people ahead told twice the last word stays."""
    for change in changes:
        if pending and pending[-1][0] == 1 and change[0] == 1:
            pending[-1] = change
        else:
            pending.append(change)
