"""One frame of the live link: ``[kind, topic, epoch, seq, sent_at, body]``.

Frames are MessagePack arrays of always six elements. A frame that cannot be understood
raises ``ParseError`` with the element at fault; nothing is guessed.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, TypeVar

import msgspec

from queue_core.errors import ParseError


SNAPSHOT: Final = 1
DELTA: Final = 2
HEARTBEAT: Final = 3
REFUSED: Final = 4
WELCOME: Final = 5
HELLO: Final = 16
SUBSCRIBE: Final = 17
UNSUBSCRIBE: Final = 18
DRAWN: Final = 19

FROM_SERVER: Final = frozenset({SNAPSHOT, DELTA, HEARTBEAT, REFUSED, WELCOME})
FROM_CLIENT: Final = frozenset({HELLO, SUBSCRIBE, UNSUBSCRIBE, DRAWN})

MESSAGE_LIMIT: Final = 4 * 1024
"""The largest message that a server takes, in bytes: none of a client is a quarter so
long, and as much may lie about of each of thousands that never end theirs."""

# Why a link was closed.
GOING_AWAY: Final = 1001
POLICY: Final = 1008
TRY_LATER: Final = 1013
TOO_SLOW: Final = 4000
SIGNED_OUT: Final = 4001

Count = Annotated[int, msgspec.Meta(ge=0, le=2**53)]


class Frame(
    msgspec.Struct,
    frozen=True,
    array_like=True,
    forbid_unknown_fields=True,
):
    """A frame in either direction."""

    kind: int
    topic: Annotated[str, msgspec.Meta(max_length=200)]
    epoch: Annotated[str, msgspec.Meta(max_length=32)]
    seq: Count
    sent_at: Count
    body: Any


class HelloBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a client says of itself: a session's or a device's token, or nothing."""

    token: Annotated[str, msgspec.Meta(max_length=400)] = ""


class SubscribeBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a client shows for a topic: the secret of a ticket."""

    secret: Annotated[str, msgspec.Meta(max_length=400)] = ""


Body = TypeVar("Body", HelloBody, SubscribeBody)


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Frame)


def encode(frame: Frame) -> bytes:
    """Return the frame's bytes."""
    return _encoder.encode(frame)


def decode(data: bytes, kinds: frozenset[int]) -> Frame:
    """Read a frame of one of ``kinds``.

    Raises:
        ParseError: the bytes are not such a frame.
    """
    try:
        frame = _decoder.decode(data)
    except (ValueError, RecursionError) as error:
        raise ParseError(f"not a frame of the link: {error}", field="frame") from error
    if frame.kind not in kinds:
        raise ParseError(f"there is no frame of kind {frame.kind} here", field="kind")
    return frame


def hello_body(frame: Frame) -> HelloBody:
    """Read the body of a hello.

    Raises:
        ParseError: it is not one.
    """
    return _convert(frame.body, HelloBody)


def subscribe_body(frame: Frame) -> SubscribeBody:
    """Read the body of a subscription.

    Raises:
        ParseError: it is not one.
    """
    return _convert(frame.body, SubscribeBody)


def _convert(body: Any, kind: type[Body]) -> Body:
    if body is None:
        return kind()
    try:
        return msgspec.convert(body, kind)
    except msgspec.ValidationError as error:
        raise ParseError(f"the body cannot be read: {error}", field="body") from error
