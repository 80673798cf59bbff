"""Messages to the live link that mean no good."""

from __future__ import annotations

import random
import struct
from collections.abc import Sequence
from typing import Any

import msgspec

from displays.link.frames import DRAWN, HELLO, SUBSCRIBE, UNSUBSCRIBE

from . import texts


BOMBS = (
    b"\x96\x11\xdd\xff\xff\xff\xff",
    b"\x96\x11\xdf\xff\xff\xff\xff",
    b"\x96\x11\xdb\xff\xff\xff\xff",
    b"\x96\x11\xc6\xff\xff\xff\xff",
    b"\x96\x11\xc9\xff\xff\xff\xff\x01",
    b"\xdd\xff\xff\xff\xff" + b"\xc0" * 100,
    b"\x91" * 4_000,
    b"\x81\xa1a" * 1_300 + b"\xc0",
    b"\x96\x11\xa1a\xa0\x00\x00" + b"\x91" * 3_000 + b"\xc0",
    b"\xc1",
    b"",
)
"""Lengths that are not there, depths that no frame has (MessagePack: array 32, map 32,
str 32, bin 32, ext 32, and the byte that is never used)."""

KINDS = (HELLO, SUBSCRIBE, UNSUBSCRIBE, DRAWN)


class Frames:
    """Makes messages for a hall."""

    def __init__(self, hall: str, tickets: Sequence[str], shown: Sequence[str]) -> None:
        """``shown`` are tokens and secrets: of somebody, or of nobody."""
        self.topics = [
            *(f"board/{hall}", f"board/{hall}/services", f"window/{hall}/1"),
            *(f"console/{hall}/1", f"manager/{hall}"),
            *(f"ticket/{ticket}" for ticket in tickets),
        ]
        self.shown = list(shown)

    def hello(self, chance: random.Random) -> bytes:
        """Return a proper first frame, of somebody or of nobody."""
        token = chance.choice(["", *self.shown])
        return encoded([HELLO, "", "", 0, 0, {"token": token}])

    def draw(self, chance: random.Random) -> bytes | str:
        """Return the next message."""
        match chance.randrange(8):
            case 0:
                return chance.choice(BOMBS)
            case 1:
                return texts.text(chance)[:1_000]
            case 2:
                return chance.randbytes(chance.choice((1, 6, 60, 600)))
            case 3:
                return encoded(texts.value(chance))
            case 4:
                return texts.spoilt(encoded(self._frame(chance)), chance)
            case 5:
                frame = self._frame(chance)
                frame[chance.randrange(6)] = texts.value(chance)
                return encoded(frame)
            case _:
                return encoded(self._frame(chance))

    def _frame(self, chance: random.Random) -> list[Any]:
        kind = chance.choice(KINDS[1:])
        topic = chance.choice(self.topics)
        if chance.random() < 0.2:
            topic += chance.choice(("/", "/1", "x", "\0", "/../1"))
        body = {"secret": chance.choice(self.shown)} if kind == SUBSCRIBE else None
        epoch = chance.choice(("", "x", texts.text(chance)[:32]))
        return [kind, topic, epoch, chance.choice((0, 1, 2**53)), 0, body]


def encoded(value: Any) -> bytes:
    """Return a value as MessagePack; numbers that it cannot carry as texts."""
    try:
        return msgspec.msgpack.encode(value)
    except (OverflowError, RecursionError):
        return msgspec.msgpack.encode(str(value)[:100])
    except struct.error:
        return b"\xc1"
