"""The leaves of a commit, kept beside its events in the same transaction.

Whoever changes an event and not its witness is found out to the very event; whoever
changes both does not agree with the signed head of the day. One row stands for one
commit: the position of its first event, which halls, streams and versions there are,
and the hashes of their leaves one after another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from queue_core.errors import ParseError
from queue_core.proof.leaves import leaf_hash_of
from queue_core.proof.merkle import HASH_BYTES

from .event_log import Entry, Stored
from .streams import hall_of


Run = tuple[str, str, int, int]
"""A hall, a stream, the version of the first event, and how many follow each other."""

RUNS = msgspec.msgpack.Decoder(list[Run])


class Witness(NamedTuple):
    """The stored row of a commit."""

    position: int
    runs: bytes
    hashes: bytes


class Leaf(NamedTuple):
    """What was noted of an event when it was recorded."""

    position: int
    hall: str
    stream: str
    version: int
    hash: bytes


def leaves_of(rows: Iterable[Stored]) -> list[bytes]:
    """Return the leaf hashes of stored events."""
    return [leaf_hash_of(*row) for row in rows]


def witness_of(entries: Iterable[Entry], leaves: Sequence[bytes]) -> Witness:
    """Return the row of a commit, which has no position yet."""
    runs: list[Run] = []
    hall, stream, first, length = "", "", 0, 0
    for name, version, event in entries:
        of = hall_of(name, event)
        if name == stream and of == hall and version == first + length:
            length += 1
            runs[-1] = (hall, stream, first, length)
        else:
            hall, stream, first, length = of, name, version, 1
            runs.append((hall, stream, first, length))
    return Witness(0, msgspec.msgpack.encode(runs), b"".join(leaves))


def read_witness(row: Witness) -> Iterator[Leaf]:
    """Yield what a row notes, event by event.

    Raises:
        ParseError: the row is damaged.
    """
    position, runs, hashes = row
    try:
        known = RUNS.decode(runs)
    except (msgspec.MsgspecError, UnicodeDecodeError, TypeError) as error:
        raise ParseError(f"no leaves can be read: {error}") from error
    counts = [count for *_, count in known]
    if len(hashes) != sum(counts) * HASH_BYTES or min(counts, default=0) < 1:
        raise ParseError("it has not as many leaves as events")
    at = 0
    for hall, stream, first, count in known:
        for version in range(first, first + count):
            yield Leaf(position, hall, stream, version, hashes[at : at + HASH_BYTES])
            position += 1
            at += HASH_BYTES
