"""The server's side of one connection, without I/O: messages in, wishes out.

A client says hello once and first, then subscribes, unsubscribes and reports what it
has drawn. What it may follow is decided elsewhere; what is malformed ends the link.
"""

from __future__ import annotations

from typing import NamedTuple

from projections.topics.names import Topic, parse_topic
from queue_core.errors import ParseError

from .frames import (
    DRAWN,
    FROM_CLIENT,
    HELLO,
    POLICY,
    SUBSCRIBE,
    UNSUBSCRIBE,
    Frame,
    decode,
    hello_body,
    subscribe_body,
)


TOPICS_LIMIT = 256
"""How many topics one connection may follow."""


LONGEST_REASON = 123
"""A close frame has 125 bytes, two of them for the code (RFC 6455, 5.5)."""


class Refusal(NamedTuple):
    """Why a topic is not served to a client."""

    code: str
    message: str


TOPIC_UNKNOWN = Refusal("topic-unknown", "there is no such topic")
TOO_MANY_TOPICS = Refusal(
    "too-many-topics", f"a connection follows {TOPICS_LIMIT} topics at most"
)


class Greeted(NamedTuple):
    """The client said hello, with the token of a session or device, or without."""

    token: str


class Asked(NamedTuple):
    """The client wants to follow a topic from the (epoch, seq) it has."""

    topic: Topic
    epoch: str
    seq: int
    secret: str


class Left(NamedTuple):
    """The client does not want to follow the topic any longer."""

    topic: Topic


class Drew(NamedTuple):
    """The client has drawn a topic as of (epoch, seq)."""

    topic: Topic
    epoch: str
    seq: int


class Refused(NamedTuple):
    """The client asked for something by this name that it cannot have."""

    name: str
    refusal: Refusal


class Failed(NamedTuple):
    """The client broke the protocol; the link ends with this close code."""

    code: int
    reason: str


Wish = Greeted | Asked | Left | Drew | Refused | Failed


class ServerSide:
    """What one client has said so far."""

    def __init__(self) -> None:
        self.is_greeted = False
        self.topics: set[Topic] = set()

    def receive(self, message: bytes | str) -> Wish:
        """Return what the client wishes with one message."""
        if isinstance(message, str):
            return Failed(POLICY, "frames are binary")
        try:
            return self._understand(decode(message, FROM_CLIENT))
        except ParseError as error:
            return Failed(POLICY, as_reason(str(error)))

    def forget(self, topic: Topic) -> None:
        """Note that the client does not follow the topic: it was refused or ended."""
        self.topics.discard(topic)

    def _understand(self, frame: Frame) -> Wish:
        if (frame.kind == HELLO) == self.is_greeted:
            return Failed(POLICY, "hello comes once and first")
        if frame.kind == HELLO:
            token = hello_body(frame).token
            self.is_greeted = True
            return Greeted(token)
        try:
            topic = parse_topic(frame.topic)
        except ParseError:
            return Refused(frame.topic, TOPIC_UNKNOWN)
        if frame.kind == SUBSCRIBE:
            return self._subscribe(topic, frame)
        if frame.kind == UNSUBSCRIBE:
            self.topics.discard(topic)
            return Left(topic)
        assert frame.kind == DRAWN
        return Drew(topic, frame.epoch, frame.seq)

    def _subscribe(self, topic: Topic, frame: Frame) -> Wish:
        secret = subscribe_body(frame).secret
        if topic not in self.topics and len(self.topics) >= TOPICS_LIMIT:
            return Refused(topic.name, TOO_MANY_TOPICS)
        self.topics.add(topic)
        return Asked(topic, frame.epoch, frame.seq, secret)


def as_reason(text: str) -> str:
    """Return what of a text a close frame can carry; a character may be four bytes."""
    return text.encode("utf-8", "replace")[:LONGEST_REASON].decode("utf-8", "ignore")
