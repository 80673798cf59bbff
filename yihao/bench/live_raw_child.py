"""The raw side of the link: accepted sockets, and a loop of ``send`` over them.

It knows no protocol: whoever connects is sent some bytes, and on order each is sent
some more. No server that sends one message to each socket can do less.
"""

from __future__ import annotations

import socket
import time
from typing import Any

from yihao.listening import raise_file_limit

from .children import asked, be_ready


BACKLOG = 4096


class RawServer:
    """Accepts sockets, and sends."""

    def __init__(self, greeting: bytes) -> None:
        self._greeting = greeting
        self._sockets: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=BACKLOG)
        self.port: int = self._listener.getsockname()[1]

    def run(self) -> None:
        """Accept for ever."""
        while True:
            sock, _ = self._listener.accept()
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._sockets.append(sock)
            sock.send(self._greeting)

    def send(self, size: int) -> dict[str, Any]:
        """Send so many bytes to each socket: one message of the link."""
        data = message(size)
        began, cpu = time.monotonic_ns(), time.thread_time()
        for sock in self._sockets:
            sock.send(data)
        return {
            "began": began,
            "seconds": (time.monotonic_ns() - began) / 1e9,
            "cpu_seconds": time.thread_time() - cpu,
        }

    def drop(self) -> None:
        """Forget all sockets."""
        sockets, self._sockets = self._sockets, []
        for sock in sockets:
            sock.close()


def message(size: int) -> bytes:
    """Return a message that a screen counts, of so many bytes with its header."""
    if size < 128:
        return b"\x82" + bytes([size - 2]) + b"\x96\x02" + bytes(size - 4)
    return b"\x82\x7e" + (size - 4).to_bytes(2, "big") + b"\x96\x02" + bytes(size - 6)


def main() -> None:
    """Serve until terminated."""
    raise_file_limit()
    server = RawServer(message(asked()["greeting"]))
    be_ready({"send": server.send, "drop": server.drop}, port=server.port)
    server.run()


if __name__ == "__main__":
    main()
