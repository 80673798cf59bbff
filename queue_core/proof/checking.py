"""Checking what is proven, knowing heads alone (RFC 9162, 2.1.3.2 and 2.1.4.2)."""

from __future__ import annotations

from collections.abc import Sequence

from .merkle import node_hash


def is_included(
    leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes
) -> bool:
    """Tell whether a leaf's hash stands at an index of the tree with this head."""
    if not 0 <= index < size:
        return False
    at, last, made = index, size - 1, leaf
    for beside in path:
        if not last:
            return False
        if at & 1 or at == last:
            made = node_hash(beside, made)
            while not at & 1 and at:
                at >>= 1
                last >>= 1
        else:
            made = node_hash(made, beside)
        at >>= 1
        last >>= 1
    return not last and made == root


def is_beginning(
    first: int,
    first_root: bytes,
    second: int,
    second_root: bytes,
    proof: Sequence[bytes],
) -> bool:
    """Tell whether the tree with the first head is the beginning of the second."""
    if first == second:
        return not proof and first_root == second_root
    if not 0 < first < second or not proof:
        return False
    # A whole subtree as the beginning is its own first step, and not sent.
    steps = [first_root, *proof] if first & (first - 1) == 0 else [*proof]
    at, last = first - 1, second - 1
    while at & 1:
        at >>= 1
        last >>= 1
    old = new = steps[0]
    for beside in steps[1:]:
        if not last:
            return False
        if at & 1 or at == last:
            old, new = node_hash(beside, old), node_hash(beside, new)
            while not at & 1 and at:
                at >>= 1
                last >>= 1
        else:
            new = node_hash(new, beside)
        at >>= 1
        last >>= 1
    return not last and old == first_root and new == second_root
