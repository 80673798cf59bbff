"""The Merkle tree of the newest day, which grows with every commit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from queue_core.log.event_log import Recorded
from queue_core.proof.merkle import MerkleTree


class TreeHead(NamedTuple):
    """What the events of a day come to."""

    stream: str
    size: int
    """The version of the day: every event is a leaf."""
    root: bytes


class DayTree:
    """The tree of one day, with a leaf for every event that is known to be on disk."""

    def __init__(self, stream: str, leaves: Iterable[bytes] = ()) -> None:
        self.stream = stream
        self.tree = MerkleTree(leaves)

    @property
    def size(self) -> int:
        """Return the version up to which the leaves are known."""
        return len(self.tree)

    @property
    def head(self) -> TreeHead:
        """Return the head of what is known."""
        return TreeHead(self.stream, self.size, self.tree.root())

    def add_recorded(
        self, recorded: Sequence[Recorded], leaves: Sequence[bytes]
    ) -> None:
        """Add the leaves of those events that belong to the day, in their order."""
        own = [
            (one.version, leaf)
            for one, leaf in zip(recorded, leaves, strict=True)
            if one.stream == self.stream
        ]
        self.tree.extend([leaf for version, leaf in own if version > self.size])
