"""The Merkle tree of the newest day, which grows with every commit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from queue_core.log.event_log import Recorded
from queue_core.proof.merkle import MerkleTree


MOST_UNHASHED = 1_024
"""Hashing so many takes 2 ms: nobody in the event loop minds."""


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
        self._tree = MerkleTree(leaves)
        self._unhashed: list[bytes] = []
        """Leaves that are not in the tree yet: many at once cost half as much."""
        self.size = len(self._tree)
        """The version up to which the leaves are known."""

    @property
    def tree(self) -> MerkleTree:
        """Return the tree of all that is known."""
        self._tree.extend(self._unhashed)
        self._unhashed = []
        return self._tree

    @property
    def head(self) -> TreeHead:
        """Return the head of what is known."""
        return TreeHead(self.stream, self.size, self.tree.root())

    def add_recorded(
        self, recorded: Sequence[Recorded], leaves: Sequence[bytes]
    ) -> None:
        """Add the leaves of those events that belong to the day, in their order."""
        for one, leaf in zip(recorded, leaves, strict=True):
            if one.version > self.size and one.stream == self.stream:
                self._unhashed.append(leaf)
                self.size = one.version
        if len(self._unhashed) >= MOST_UNHASHED:
            self._tree.extend(self._unhashed)
            self._unhashed = []
