"""The vectors that the phone's page is tested with as well."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from queue_core.proof.checking import is_beginning, is_included
from queue_core.proof.merkle import MerkleTree, leaf_hash
from queue_core.proof.signing import is_signed


FILE = Path(__file__).parents[2] / "proof_vectors" / "proofs.json"
VECTORS: dict[str, Any] = json.loads(FILE.read_text())


def hashes(path: list[str]) -> list[bytes]:
    """Return a path as bytes."""
    return [bytes.fromhex(one) for one in path]


def test_trees_and_proofs_are_those_of_the_vectors() -> None:
    tree = MerkleTree(leaf_hash(entry) for entry in hashes(VECTORS["entries"]))

    assert [tree.root(size).hex() for size in range(9)] == VECTORS["roots"]
    for one in VECTORS["inclusion"]:
        path = tree.inclusion(one["index"], one["size"])
        leaf, root = leaf_hash(bytes.fromhex(one["leaf"])), bytes.fromhex(one["root"])
        assert hashes(one["path"]) == path
        assert is_included(leaf, one["index"], one["size"], path, root)
    for one in VECTORS["beginning"]:
        path = tree.consistency(one["first"], one["second"])
        roots = hashes([one["first_root"], one["second_root"]])
        assert hashes(one["path"]) == path
        assert is_beginning(one["first"], roots[0], one["second"], roots[1], path)


def test_the_ticket_of_the_vectors_is_proven() -> None:
    proof = VECTORS["ticket"]["proof"]
    leaf, root = leaf_hash(bytes.fromhex(proof["leaf"])), bytes.fromhex(proof["root"])

    assert is_included(leaf, proof["index"], proof["size"], hashes(proof["path"]), root)
    for signed in (proof["signed"], VECTORS["ticket"]["signed_by_sm2"]):
        assert f"day {proof['size']} {proof['root']}\n" in signed["text"]
        assert is_signed(
            signed["algorithm"],
            bytes.fromhex(signed["public_key"]),
            signed["text"].encode(),
            bytes.fromhex(signed["signature"]),
        )
