"""The leaf of an event: its stream, version, topic and bytes, exactly as stored.

A leaf is the length of the stream's name, the name, the version, the length of the
topic, the topic and the body. Names are UTF-8; lengths are unsigned 32-bit numbers and
the version an unsigned 64-bit one, all big-endian. The body goes to the end. So two
events that differ in anything have different leaves.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from struct import Struct


VERSION_AND_LENGTH = Struct(">QI")


def leaf_of(stream: str, version: int, topic: str, body: bytes) -> bytes:
    """Return the leaf of a stored event."""
    return prefix_of(stream) + _rest(version, topic, body)


def leaf_hash_of(stream: str, version: int, topic: str, body: bytes) -> bytes:
    """Return the hash of a stored event's leaf."""
    return sha256(b"\x00" + prefix_of(stream) + _rest(version, topic, body)).digest()


@lru_cache(maxsize=64)
def prefix_of(stream: str) -> bytes:
    """Return what all leaves of a stream begin with."""
    name = stream.encode("utf-8", "surrogatepass")
    return len(name).to_bytes(4, "big") + name


def _rest(version: int, topic: str, body: bytes) -> bytes:
    name = topic.encode("utf-8", "surrogatepass")
    return VERSION_AND_LENGTH.pack(version, len(name)) + name + body
