"""The leaves of one stream of events as found and as noted, and where they part."""

from __future__ import annotations

from collections.abc import Sequence

from queue_core.proof.leaves import leaf_hash_of
from queue_core.proof.merkle import HASH_BYTES, MerkleTree

from .rows import Row


class Leaves:
    """Hashes one after another, 32 bytes each."""

    __slots__ = ("_hashes",)

    def __init__(self) -> None:
        self._hashes = bytearray()

    def __len__(self) -> int:
        return len(self._hashes) // HASH_BYTES

    def __getitem__(self, index: int) -> bytes:
        """Return one of them; empty beyond the end."""
        at = index * HASH_BYTES
        return bytes(self._hashes[at : at + HASH_BYTES])

    def add(self, leaf: bytes) -> None:
        """Add one at the end."""
        self._hashes += leaf

    def come_to(self, size: int, root: str) -> bool:
        """Tell whether they are the leaves of a tree of this size with this head."""
        return len(self) == size and self.root() == root

    def root(self) -> str:
        """Return the head of their tree."""
        return MerkleTree(self[n] for n in range(len(self))).root().hex()

    def parting(self, other: Leaves) -> int | None:
        """Return the first index at which they differ; None if they are the same."""
        if self._hashes == other._hashes:
            return None
        shorter = min(len(self), len(other))
        differing = (n for n in range(shorter) if self[n] != other[n])
        return next(differing, shorter)


def what_happened(rows: Sequence[Row], noted: Leaves, index: int) -> str:
    """Say what was done to a stream whose leaves part from the noted ones at an index.

    ``rows`` are those that are found now, in the order of their versions.
    """
    if index >= len(rows):
        left = len(noted) - index
        return "it is missing" if left == 1 else f"it and {left - 1} more are missing"
    if index >= len(noted):
        return "it was inserted after the last"
    was = _version_noted(rows[index], noted)
    is_later = any(
        _would_be(row, index + 1) == noted[index] for row in rows[index + 1 :]
    )
    if is_later and not was:
        return "it was inserted; the event of this version stands after it"
    if was == index + 2 and not is_later:
        return "it is missing; what stands here now is the event after it"
    return f"what stands here now was version {was}" if was else "it was changed"


def _version_noted(row: Row, noted: Leaves) -> int:
    """Return the version under which a row was noted; 0 if it never was."""
    versions = range(1, len(noted) + 1)
    return next((v for v in versions if _would_be(row, v) == noted[v - 1]), 0)


def _would_be(row: Row, version: int) -> bytes:
    """Return the leaf that a row would have with another version."""
    return leaf_hash_of(row.stream, version, row.topic, row.state)
