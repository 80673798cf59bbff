"""One frame goes to many: whole, in order, and past nobody but who is paused."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager

from displays.link.channel import BUSY, NOTHING, Channel
from displays.link.fan_out import deliver
from displays.link.halls import LinkedHall
from projections.topics.names import Topic, parse_topic


FRAME = bytes(range(200)) * 50


class Slow:
    """A reader whose socket takes only so much; the rest is left to others."""

    def __init__(self, descriptor: int = BUSY) -> None:
        self.descriptor = descriptor
        self.is_paused = False
        self.left: list[bytes] = []

    def write(self, data: bytes) -> None:
        self.left.append(data)

    def leave(self, data: bytes) -> None:
        self.descriptor = BUSY
        self.left.append(data)

    def ended(self, topic: Topic) -> None:
        raise AssertionError("the topic goes on")


@contextmanager
def narrow_way() -> Iterator[tuple[int, socket.socket]]:
    """Yield a socket that takes a few kilobytes, and its far end."""
    near, far = socket.socketpair()
    with near, far:
        near.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        near.setblocking(False)
        yield near.fileno(), far


def channel_at(seq: int) -> Channel:
    hall = LinkedHall("city", "ab12")
    return Channel(hall, parse_topic("board/city"), hall.epoch, seq)


def test_what_a_socket_does_not_take_is_left_and_what_follows_stays_behind_it() -> None:
    channel = channel_at(7)
    with narrow_way() as (descriptor, far):
        reader = Slow(descriptor)
        channel.place(reader, 7)
        deliver([(channel, FRAME)])
        came = far.recv(65_536)
        deliver([(channel, b"and on")])

    assert 0 < len(came) < len(FRAME)
    assert came + b"".join(reader.left) == FRAME + b"and on"


def test_a_broken_socket_takes_nothing_and_disturbs_nobody() -> None:
    channel = channel_at(7)
    with narrow_way() as (descriptor, far), narrow_way() as (well, well_far):
        broken, reader = Slow(descriptor), Slow(well)
        far.close()
        channel.place(broken, 7)
        channel.place(reader, 7)

        written = deliver([(channel, b"frame")])

        assert well_far.recv(100) == b"frame"
    assert written == 2
    assert broken.left == [b"frame"]


def test_who_is_paused_is_behind_and_is_sent_nothing_until_he_is_brought_up() -> None:
    channel = channel_at(7)
    paused, well, new = Slow(), Slow(), Slow()
    paused.is_paused = True
    for reader in (paused, well):
        channel.place(reader, 7)
    channel.place(new, NOTHING)

    channel.seq = 8
    written = deliver([(channel, b"eight")])
    paused.is_paused = False
    channel.seq = 9
    written += deliver([(channel, b"nine")])

    assert (paused.left, well.left, new.left) == ([], [b"eight", b"nine"], [])
    assert written == 2
    assert [channel.sent_to(one) for one in (paused, well, new)] == [7, 9, NOTHING]
