"""Makes frames ready for the socket, each once for all who get it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from projections.topics.relative import turned

from .frames import DELTA, HEARTBEAT, REFUSED, SNAPSHOT, WELCOME, Frame, encode


if TYPE_CHECKING:
    from collections.abc import Callable

    from .channel import Channel
    from .protocol import Refusal

AHEAD = 1
"""The change of a ticket that tells how many people are ahead of it."""

packed = msgspec.msgpack.Encoder().encode
NUMBERS = [packed(number) for number in range(4096)]
"""Small numbers, packed once: most seqs, and how many people are ahead."""

SHORT = 300
"""What a phone is told of the people ahead is shorter, whatever its topic's name."""


class Clock(Protocol):
    """The hall's clock."""

    @property
    def speed(self) -> float:
        """How many seconds of the hall pass in one second."""

    def now(self) -> int:
        """Return the hall's time in milliseconds."""


class Press:
    """Encodes frames with the hall's time, and puts the socket's header before them."""

    def __init__(
        self,
        clock: Clock,
        framed: Callable[[bytes], bytes],
        *,
        heartbeat_seconds: float,
    ) -> None:
        self.clock = clock
        self.framed = framed
        """Puts the header of one binary message before the bytes."""
        self.heartbeat_seconds = heartbeat_seconds
        empty = [(framed(bytes(size)), size) for size in range(SHORT)]
        self.headers = [data[: len(data) - size] for data, size in empty]
        """The socket's header by the length of a short frame."""

    def welcome(self) -> bytes:
        """Return the answer to a hello."""
        body = [self.clock.now(), self.clock.speed, self.heartbeat_seconds]
        return self._frame(WELCOME, "", "", 0, body)

    def refusal(self, name: str, refusal: Refusal) -> bytes:
        """Return what tells a client that it is not served a topic."""
        return self._frame(REFUSED, name, "", 0, list(refusal))

    def delta(self, channel: Channel, changes: list[list[Any]]) -> bytes:
        """Return the changes that led to the channel's seq."""
        version, now = channel.version, self.clock.now()
        body = [version, turned(channel.name, changes, version, now)]
        frame = Frame(DELTA, channel.name, channel.epoch, channel.seq, now, body)
        return self.framed(encode(frame))

    def moved(self, version: int) -> bytes:
        """Return what stands between seq and number in every phone's people ahead.

        Thousands are told at once: what is alike in all their deltas is packed once.
        """
        body = b"\x92" + packed(version) + b"\x91\x92" + NUMBERS[AHEAD]
        return packed(self.clock.now()) + body

    def heartbeat(self, channel: Channel) -> bytes:
        """Return what tells where the channel stands; without a version in doubt."""
        version = None if channel.hall.in_doubt else channel.version
        return self._of(channel, HEARTBEAT, version)

    def snapshot(self, channel: Channel) -> bytes:
        """Return the state as of the channel's seq, made only once for it."""
        if channel.snapshot is None or channel.snapshot_seq != channel.seq:
            state = channel.hall.followed.state(channel.topic)
            channel.snapshot_seq = channel.seq
            channel.snapshot = self._of(channel, SNAPSHOT, [channel.version, state])
        return channel.snapshot

    def _of(self, channel: Channel, kind: int, body: Any) -> bytes:
        return self._frame(kind, channel.name, channel.epoch, channel.seq, body)

    def _frame(self, kind: int, name: str, epoch: str, seq: int, body: Any) -> bytes:
        frame = Frame(kind, name, epoch, seq, self.clock.now(), body)
        return self.framed(encode(frame))


def delta_head(channel: Channel) -> bytes:
    """Return how every delta of the channel begins, and keep it there."""
    channel.head = (
        b"\x96" + NUMBERS[DELTA] + packed(channel.name) + packed(channel.epoch)
    )
    return channel.head
