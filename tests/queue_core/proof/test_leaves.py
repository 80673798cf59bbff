"""A leaf is exactly what is stored, and nothing else can look like it."""

from __future__ import annotations

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from queue_core.proof.leaves import leaf_hash_of, leaf_of


def test_a_leaf_has_its_parts_in_their_order() -> None:
    leaf = leaf_of("hall-day/city/2026-11-02", 258, "ticket-issued.1", b"\x93\x01")

    assert leaf == (
        b"\x00\x00\x00\x18hall-day/city/2026-11-02"
        b"\x00\x00\x00\x00\x00\x00\x01\x02"
        b"\x00\x00\x00\x0fticket-issued.1"
        b"\x93\x01"
    )


EVENTS = st.tuples(
    st.text(max_size=4), st.integers(1, 2**64 - 1), st.text(max_size=4), st.binary()
)


@given(EVENTS, EVENTS)
def test_only_the_same_event_has_the_same_leaf(
    one: tuple[str, int, str, bytes], other: tuple[str, int, str, bytes]
) -> None:
    assert (leaf_of(*one) == leaf_of(*other)) == (one == other)
    assert leaf_hash_of(*one) == sha256(b"\x00" + leaf_of(*one)).digest()
