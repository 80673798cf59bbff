"""Screens of a run, in a process of their own: sockets that only listen and count."""

from __future__ import annotations

import time
from typing import Any

from yihao.listening import raise_file_limit

from .children import Orders, be_ready
from .live_sockets import Sockets


class Audience:
    """What a run asks of the sockets."""

    def __init__(self, sockets: Sockets) -> None:
        self._sockets = sockets

    def connect(self, port: int, topics: list[str], raw: bool) -> dict[str, Any]:
        """Open a socket for each topic; return how long it took until all had a frame.

        What they are sent first is a snapshot.
        """
        began = time.monotonic_ns()
        self._sockets.connect(port, topics, raw=raw)
        last = max(self._sockets.wait(), default=began)
        return {"seconds": (last - began) / 1e9, "bytes": self._sockets.bytes}

    def mark(self, frames: int) -> None:
        """Count anew until so many frames have come."""
        self._sockets.mark(frames)

    def wait(self) -> dict[str, int]:
        """Return when the first and the last of the expected frames came."""
        came = self._sockets.wait()
        return {"first": min(came), "last": max(came), "bytes": self._sockets.bytes}

    def close(self) -> None:
        """Cut all sockets."""
        self._sockets.close()


def main() -> None:
    """Listen until terminated."""
    limit = raise_file_limit()
    sockets = Sockets()
    audience = Audience(sockets)
    orders: Orders = {
        "connect": audience.connect,
        "mark": audience.mark,
        "wait": audience.wait,
        "close": audience.close,
    }
    be_ready(orders, files=limit)
    sockets.run()


if __name__ == "__main__":
    main()
