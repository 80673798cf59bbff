"""The tree and its proofs: the RFC's definition, known heads, and what is no proof."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from queue_core.proof.checking import is_beginning, is_included
from queue_core.proof.merkle import EMPTY_ROOT, MerkleTree, leaf_hash

from . import naive


ENTRIES = [
    bytes.fromhex(entry)
    for entry in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
"""The entries with which logs of Certificate Transparency are tested."""

HEADS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
"""Their heads from none to all, as every such log must give them."""

MANY = st.lists(st.binary(max_size=6), min_size=1, max_size=70)


def tree_of(entries: list[bytes]) -> MerkleTree:
    """Return the tree of some leaves."""
    return MerkleTree(map(leaf_hash, entries))


def test_the_heads_of_the_well_known_log_are_ours() -> None:
    tree = tree_of(ENTRIES)

    assert [tree.root(size).hex() for size in range(9)] == HEADS
    assert tree_of([]).root() == EMPTY_ROOT


@settings(max_examples=60, deadline=None)
@given(MANY, st.data())
def test_heads_and_proofs_are_those_of_the_definition(
    entries: list[bytes], data: st.DataObject
) -> None:
    tree = tree_of(entries)
    size = data.draw(st.integers(1, len(entries)))
    index = data.draw(st.integers(0, size - 1))
    first = data.draw(st.integers(1, size))

    path, proof = tree.inclusion(index, size), tree.consistency(first, size)

    known = entries[:size]
    assert tree.root(size) == naive.root(known)
    assert path == naive.path(index, known)
    assert proof == naive.proof(first, known)
    assert is_included(leaf_hash(entries[index]), index, size, path, tree.root(size))
    assert is_beginning(first, tree.root(first), size, tree.root(size), proof)


@settings(max_examples=60, deadline=None)
@given(MANY, st.data())
def test_a_proof_with_anything_wrong_in_it_proves_nothing(
    entries: list[bytes], data: st.DataObject
) -> None:
    tree, size = tree_of(entries), len(entries)
    index = data.draw(st.integers(0, size - 1))
    leaf, path, root = tree.leaf(index), tree.inclusion(index), tree.root()
    other = leaf_hash(b"another leaf")

    assert not is_included(other, index, size, path, root)
    assert not is_included(leaf, index, size, path, other)
    assert not is_included(leaf, index, size, [*path, other], root)
    assert not is_included(leaf, size, size, path, root)
    assert not is_included(leaf, -1, size, path, root)
    if path:
        at = data.draw(st.integers(0, len(path) - 1))
        assert not is_included(leaf, index, size, path[:-1], root)
        changed = [*path[:at], other, *path[at + 1 :]]
        assert not is_included(leaf, index, size, changed, root)


@settings(max_examples=60, deadline=None)
@given(MANY, st.data())
def test_a_record_that_was_rewritten_is_not_the_beginning_of_the_later_one(
    entries: list[bytes], data: st.DataObject
) -> None:
    first = data.draw(st.integers(1, len(entries)))
    at = data.draw(st.integers(0, first - 1))
    tree = tree_of(entries)
    rewritten = tree_of([*entries[:at], entries[at] + b"!", *entries[at + 1 :]])

    proof = rewritten.consistency(first)

    size = len(entries)
    assert not is_beginning(first, tree.root(first), size, rewritten.root(), proof)
    assert not is_beginning(first, tree.root(first), size, tree.root(), [*proof, b""])
    assert not is_beginning(size + 1, tree.root(), size, tree.root(), proof)
    assert not is_beginning(0, EMPTY_ROOT, size, tree.root(), proof)


@pytest.mark.parametrize("batch", [1, 2, 3, 7, 64])
def test_the_tree_is_the_same_however_its_leaves_arrive(batch: int) -> None:
    leaves = [leaf_hash(bytes([n])) for n in range(130)]
    tree = MerkleTree()

    for at in range(0, len(leaves), batch):
        tree.extend(leaves[at : at + batch])

    assert len(tree) == 130
    assert tree.leaf(77) == leaves[77]
    assert [tree.root(n) for n in (1, 64, 129, 130)] == [
        MerkleTree(leaves[:n]).root() for n in (1, 64, 129, 130)
    ]


def test_another_library_gives_the_same_heads_and_paths() -> None:
    other = InmemoryTree(algorithm="sha256")
    for entry in ENTRIES:
        other.append_entry(entry)
    tree = tree_of(ENTRIES)

    assert [other.get_root(n) for n in range(1, 9)] == [
        tree.root(n) for n in range(1, 9)
    ]
    for index in range(8):
        theirs = other.prove_inclusion(index + 1, 8).serialize()["path"]
        # Theirs begins with the leaf itself, and goes on with what stands beside it.
        assert sorted(theirs[1:]) == sorted(h.hex() for h in tree.inclusion(index))


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 4), (0, 0)], ids=str)
def test_there_is_no_path_of_a_leaf_that_is_not_there(index: int, size: int) -> None:
    with pytest.raises(ValueError, match=r"leaves|leaf"):
        tree_of(ENTRIES[:3]).inclusion(index, size)


@pytest.mark.parametrize(("first", "second"), [(0, 3), (3, 2), (1, 4)], ids=str)
def test_there_is_no_proof_of_a_size_the_tree_never_had(
    first: int, second: int
) -> None:
    with pytest.raises(ValueError, match=r"leaves|beginning"):
        tree_of(ENTRIES[:3]).consistency(first, second)
