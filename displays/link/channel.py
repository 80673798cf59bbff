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

BUSY = -1
"""In place of a socket that is not to be written to directly."""


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
    def descriptor(self) -> int:
        """Its socket, while that may be written to directly; else ``BUSY``."""

    @property
    def is_paused(self) -> bool:
        """Its buffer is full: it is sent nothing until it has drained."""

    def write(self, data: bytes) -> None:
        """Send a frame (several) that is ready for the socket."""

    def leave(self, data: bytes) -> None:
        """Send what its socket did not take when it was written to directly."""

    def ended(self, topic: Topic) -> None:
        """Be told that a topic it followed is no longer served."""


class Channel:
    """What the link keeps of one followed topic."""

    __slots__ = (
        "behind",
        "current",
        "epoch",
        "hall",
        "head",
        "idle_beats",
        "is_phone",
        "name",
        "pending",
        "recent",
        "recent_bytes",
        "seq",
        "snapshot",
        "snapshot_seq",
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
        self.current: dict[Reader, None] = {}
        """Readers that were sent everything up to ``seq``."""
        self.behind: dict[Reader, int] = {}
        """Any other reader → the last seq it was sent, or ``NOTHING``."""
        self.recent: deque[bytes] | None = None if self.is_phone else deque()
        """The deltas up to ``seq``, framed, the oldest first. None is kept for a phone:
        there are thousands, and the snapshot of one is hardly longer than a delta."""
        self.recent_bytes = 0
        self.snapshot: bytes | None = None
        """The newest snapshot, framed, once somebody has needed one."""
        self.snapshot_seq = seq
        """The seq at which it was made: at another it is an old one."""
        self.pending: list[list[Any]] = []
        """Changes that wait to be sent together, on a phone's channel."""
        self.idle_beats = 0

    @property
    def version(self) -> int:
        """The version of the hall-day that the channel stands at."""
        return self.hall.live.version

    @property
    def is_followed(self) -> bool:
        """Tell whether anybody follows the topic."""
        return bool(self.current or self.behind)

    def readers(self) -> list[Reader]:
        """Return all who follow the topic."""
        return [*self.current, *self.behind]

    def sent_to(self, reader: Reader) -> int:
        """Return the last seq that a reader was sent, or ``NOTHING``."""
        return self.seq if reader in self.current else self.behind[reader]

    def place(self, reader: Reader, sent: int) -> None:
        """Note what a reader was sent last."""
        self.remove(reader)
        if sent == self.seq:
            self.current[reader] = None
        else:
            self.behind[reader] = sent

    def remove(self, reader: Reader) -> None:
        """Forget a reader."""
        self.current.pop(reader, None)
        self.behind.pop(reader, None)

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
        self.behind = dict.fromkeys(self.readers(), NOTHING)
        self.current = {}

    def advance(self, press: Press, changes: list[list[Any]]) -> bytes:
        """Take changes in; return the delta that is to be delivered (``fan_out``).

        It is kept for readers that miss it.
        """
        self.seq += 1
        data = press.delta(self, changes)
        if self.recent is not None:
            self._remember(self.recent, data)
        return data

    def missed_since(self, epoch: str, seq: int) -> list[bytes] | None:
        """Return the deltas after (epoch, seq); None if only a snapshot will do."""
        recent = self.recent or ()
        missed = self.seq - seq
        if epoch != self.epoch or not 0 <= missed <= len(recent):
            return None
        return list(recent)[len(recent) - missed :]

    def _remember(self, recent: deque[bytes], delta: bytes) -> None:
        recent.append(delta)
        self.recent_bytes += len(delta)
        while len(recent) > RECENT_DELTAS or self.recent_bytes > RECENT_BYTES:
            self.recent_bytes -= len(recent.popleft())

    def beat(self, data: bytes) -> int:
        """Write a heartbeat to all who are up to date; return to how many."""
        told = [reader for reader in self.current if not reader.is_paused]
        for reader in told:
            reader.write(data)
        return len(told)


def add_pending(pending: list[list[Any]], changes: list[list[Any]]) -> None:
    """Add the changes of a ticket; of people ahead told twice the last word stays."""
    for change in changes:
        if pending and pending[-1][0] == 1 and change[0] == 1:
            pending[-1] = change
        else:
            pending.append(change)
