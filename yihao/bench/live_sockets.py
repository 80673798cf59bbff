"""Many sockets in one process that count the frames they are sent, at little cost.

One thread waits in ``epoll`` and notes when frames come; another gives the orders. A
socket opens a link as a browser does, or only connects, for the raw side. Heartbeats
are not counted. Instants are nanoseconds of the machine's one monotonic clock, which
every process reads alike.
"""

from __future__ import annotations

import errno
import os
import select
import socket
import struct
import threading
import time
from collections.abc import Sequence

from displays.link.frames import (
    DELTA,
    HELLO,
    SNAPSHOT,
    SUBSCRIBE,
    Frame,
    encode,
)


REQUEST = (
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
    b"Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    b"Sec-WebSocket-Version: 13\r\n\r\n"
)
COUNTED = frozenset({SNAPSHOT, DELTA})
PATIENCE_SECONDS = 60.0
EVENTS_AT_ONCE = 256


def masked(frame: Frame) -> bytes:
    """Return a client's message, with a mask of zeros that costs the client nothing."""
    body = encode(frame)
    assert len(body) < 126
    return bytes([0x82, 0x80 | len(body), 0, 0, 0, 0]) + body


HELLO_MESSAGE = masked(Frame(HELLO, "", "", 0, 0, {}))


def subscription(topic: str) -> bytes:
    """Return the message that asks for a topic from its beginning."""
    return masked(Frame(SUBSCRIBE, topic, "", 0, 0, {}))


class Screen:
    """One socket: what it has still to say, and the beginning of a frame."""

    __slots__ = ("frames", "is_open", "rest", "sock", "topic")

    def __init__(self, sock: socket.socket, topic: str) -> None:
        self.sock = sock
        self.topic = topic
        self.is_open = False
        """The answer to its request has come, or none is due."""
        self.rest = b""
        self.frames = 0


class Sockets:
    """All sockets of this process."""

    def __init__(self) -> None:
        self.screens: dict[int, Screen] = {}
        self.arrivals: list[int] = []
        """When frames came since the last mark."""
        self.bytes = 0
        """What came since the last mark, headers included."""
        self.lost = 0
        """Sockets that the other side has closed."""
        self._expected = 0
        self._all_here = threading.Event()
        self._epoll = select.epoll()

    # Orders, given by another thread.

    def connect(self, port: int, topics: Sequence[str], *, raw: bool) -> None:
        """Begin to open a socket for each topic; every one is to be sent one frame.

        Raises:
            OSError: this machine has no more sockets to give.
        """
        self.mark(len(topics))
        for topic in topics:
            sock = socket.socket()
            sock.setblocking(False)
            # A port that lingers after its socket could not be used by the next run.
            linger = struct.pack("ii", 1, 0)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            code = sock.connect_ex(("127.0.0.1", port))
            if code not in (0, errno.EINPROGRESS):
                raise OSError(code, os.strerror(code))
            screen = self.screens[sock.fileno()] = Screen(sock, topic)
            screen.is_open = raw
            wants = select.EPOLLIN if raw else select.EPOLLOUT
            self._epoll.register(sock.fileno(), wants)

    def mark(self, frames: int) -> None:
        """Count anew; ``wait`` returns when so many frames have come."""
        self._all_here.clear()
        self.arrivals = []
        self.bytes = 0
        self._expected = frames

    def wait(self) -> list[int]:
        """Return when each frame came, as soon as all that are expected are here.

        Raises:
            TimeoutError: they do not come.
        """
        if not self._all_here.wait(PATIENCE_SECONDS):
            came = f"{len(self.arrivals)} of {self._expected} frames came"
            raise TimeoutError(f"{came}, {self.lost} sockets were closed")
        return self.arrivals

    def close(self) -> None:
        """Cut all sockets."""
        screens, self.screens = self.screens, {}
        for screen in screens.values():
            self._epoll.unregister(screen.sock.fileno())
            screen.sock.close()

    # In its own thread.

    def run(self) -> None:
        """Take in what comes, for ever."""
        poll = self._epoll.poll
        while True:
            for descriptor, event in poll(-1, EVENTS_AT_ONCE):
                screen = self.screens.get(descriptor)
                if screen is None:
                    continue
                if event & select.EPOLLOUT:
                    screen.sock.send(REQUEST)
                    self._epoll.modify(descriptor, select.EPOLLIN)
                else:
                    self._read(screen)

    def _read(self, screen: Screen) -> None:
        try:
            data = screen.sock.recv(4096)
        except OSError:
            data = b""
        if not data:
            self.lost += 1
            self._epoll.unregister(screen.sock.fileno())
            return
        screen.rest += data
        if not screen.is_open:
            self._open(screen)
        if screen.is_open:
            self._count(screen)

    def _open(self, screen: Screen) -> None:
        head, separator, rest = screen.rest.partition(b"\r\n\r\n")
        if separator:
            if not head.startswith(b"HTTP/1.1 101"):
                raise ConnectionError(head.decode(errors="replace"))
            screen.is_open, screen.rest = True, rest
            screen.sock.send(HELLO_MESSAGE + subscription(screen.topic))

    def _count(self, screen: Screen) -> None:
        rest = screen.rest
        while len(rest) > 4:
            length, start = rest[1], 2
            if length == 126:
                length, start = int.from_bytes(rest[2:4], "big"), 4
            if len(rest) < start + length:
                break
            # Behind the header comes an array of six, and its first is the kind.
            if rest[start + 1] in COUNTED:
                screen.frames += 1
                self.arrivals.append(time.monotonic_ns())
                self.bytes += start + length
                if len(self.arrivals) == self._expected:
                    self._all_here.set()
            rest = rest[start + length :]
        screen.rest = rest
