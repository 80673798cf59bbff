"""The Merkle tree of RFC 9162, section 2.1, that grows at its end.

A tree keeps the hashes of all its whole subtrees, 64 bytes for each leaf. A leaf more
costs one hash and on average one further; a head or a proof of any earlier size costs
as many as the tree is high.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256


HASH_BYTES = 32
PAIR_BYTES = 2 * HASH_BYTES

EMPTY_ROOT = sha256(b"").digest()
"""The head of a tree without leaves."""


def leaf_hash(leaf: bytes) -> bytes:
    """Return the hash of a leaf's data."""
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of two subtrees that stand beside each other."""
    return sha256(b"\x01" + left + right).digest()


class MerkleTree:
    """A tree of leaf hashes; it knows its heads and proofs at every size it had."""

    __slots__ = ("_levels",)

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        """Begin with the hashes of some leaves."""
        self._levels = [bytearray()]
        """Per height the hashes of the whole subtrees, one after another."""
        self.extend(leaves)

    def __len__(self) -> int:
        return len(self._levels[0]) // HASH_BYTES

    def append(self, leaf: bytes) -> None:
        """Add a leaf by its hash."""
        self.extend([leaf])

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Add leaves by their hashes."""
        added, height = b"".join(leaves), 0
        while added:
            level = self._levels[height]
            done = len(level) - len(level) % PAIR_BYTES
            level += added
            whole = bytes(level[done : len(level) - len(level) % PAIR_BYTES])
            pairs = range(0, len(whole), PAIR_BYTES)
            added = b"".join(
                [sha256(b"\x01" + whole[at : at + PAIR_BYTES]).digest() for at in pairs]
            )
            height += 1
            if height == len(self._levels):
                self._levels.append(bytearray())

    def leaf(self, index: int) -> bytes:
        """Return the hash of a leaf, counted from 0."""
        return self._subtree(0, index)

    def root(self, size: int | None = None) -> bytes:
        """Return the head of the tree, or the one it had with ``size`` leaves.

        Raises:
            ValueError: it never had so many.
        """
        size = self._checked(size)
        return self._hash(0, size) if size else EMPTY_ROOT

    def inclusion(self, index: int, size: int | None = None) -> list[bytes]:
        """Return the audit path of a leaf (2.1.3.1), from the leaf upwards.

        Raises:
            ValueError: the tree of that size has no such leaf.
        """
        size = self._checked(size)
        if not 0 <= index < size:
            raise ValueError(f"there is no leaf {index} in a tree of {size}")
        path: list[bytes] = []
        start, end = 0, size
        while end - start > 1:
            middle = start + split(end - start)
            if index < middle:
                path.append(self._hash(middle, end))
                end = middle
            else:
                path.append(self._hash(start, middle))
                start = middle
        return path[::-1]

    def consistency(self, first: int, second: int | None = None) -> list[bytes]:
        """Return the proof that a tree is the beginning of a later one (2.1.4.1).

        Raises:
            ValueError: the tree never had these sizes, or not in this order.
        """
        second = self._checked(second)
        if not 0 < first <= second:
            raise ValueError(f"a tree of {first} is no beginning of one of {second}")
        proof: list[bytes] = []
        start, end = 0, second
        while first < end:
            middle = start + split(end - start)
            if first <= middle:
                proof.append(self._hash(middle, end))
                end = middle
            else:
                proof.append(self._hash(start, middle))
                start = middle
        if start:
            proof.append(self._hash(start, end))
        return proof[::-1]

    def _checked(self, size: int | None) -> int:
        if size is None:
            return len(self)
        if not 0 <= size <= len(self):
            raise ValueError(f"the tree has {len(self)} leaves, not {size}")
        return size

    def _hash(self, start: int, end: int) -> bytes:
        """Return the hash of some leaves; ``start`` is where such a subtree begins."""
        width = end - start
        if width & (width - 1) == 0:
            height = width.bit_length() - 1
            return self._subtree(height, start >> height)
        middle = start + split(width)
        return node_hash(self._hash(start, middle), self._hash(middle, end))

    def _subtree(self, height: int, index: int) -> bytes:
        at = index * HASH_BYTES
        return bytes(self._levels[height][at : at + HASH_BYTES])


def split(width: int) -> int:
    """Return the largest power of two that is less than ``width``."""
    return 1 << (width - 1).bit_length() - 1
