"""Events to bytes and back: MessagePack arrays under a stable name and version.

A topic is the stored name and version of an event, ``ticket-called.1``. The link from
topics to classes is ``EVENT_NAMES``; no class path is ever stored. When the meaning of
an event changes, a class with the next version is added and the old topic gets an
entry in ``UPCASTS``, which turns the old fields into those of the next version.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from queue_core.errors import ParseError
from queue_core.events import Event

from .event_names import EVENT_NAMES


Fields = list[Any]
Upcast = tuple[str, Callable[[Fields], Fields]]
"""The next topic, and what makes its fields out of the older ones."""

UPCASTS: Mapping[str, Upcast] = {}
"""Older topics that are still in logs, and how each becomes the next version."""


class Codec:
    """Encodes the classes of ``names`` and decodes every topic it has ever had."""

    def __init__(
        self,
        names: Mapping[type[Event], tuple[str, int]],
        upcasts: Mapping[str, Upcast],
    ) -> None:
        self._topics = {
            cls: f"{name}.{number}" for cls, (name, number) in names.items()
        }
        self._classes = {topic: cls for cls, topic in self._topics.items()}
        self._upcasts = upcasts
        self._encoder = msgspec.msgpack.Encoder()
        self._decoders = {
            topic: msgspec.msgpack.Decoder(cls) for topic, cls in self._classes.items()
        }

    def encode(self, event: Event) -> tuple[str, bytes]:
        """Return the topic and the bytes under which an event is stored."""
        return self._topics[type(event)], self._encoder.encode(event)

    def decode(self, topic: str, body: bytes) -> Event:
        """Return the event that is stored as ``body`` under ``topic``.

        Raises:
            ParseError: no event has the topic, or the bytes are not such an event.
        """
        decoder = self._decoders.get(topic)
        try:
            if decoder is not None:
                return decoder.decode(body)
            return self._decode_older(topic, body)
        except (msgspec.MsgspecError, UnicodeDecodeError, TypeError) as error:
            # A damaged file may even give back something that is no bytes.
            raise ParseError(f"no {topic} can be read: {error}") from error

    def _decode_older(self, topic: str, body: bytes) -> Event:
        if topic not in self._upcasts:
            raise ParseError(f"no event is stored as {topic!r}")
        fields = msgspec.msgpack.decode(body, type=Fields)
        while topic in self._upcasts:
            topic, upcast = self._upcasts[topic]
            fields = upcast(fields)
        return msgspec.convert(fields, self._classes[topic])


EVENTS = Codec(EVENT_NAMES, UPCASTS)
"""The codec of the house."""

encode = EVENTS.encode
decode = EVENTS.decode
