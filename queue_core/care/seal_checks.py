"""The chain of signed heads: whole, in order, and signed by whom one trusts."""

from __future__ import annotations

from collections.abc import Container
from typing import NamedTuple

from queue_core.errors import ParseError
from queue_core.events_of_proof import DaySealed
from queue_core.log import codec
from queue_core.log.streams import PROOF, proof_stream
from queue_core.proof.heads import head_hash, head_of, key_id
from queue_core.proof.signing import is_signed

from .rows import Row, Rows
from .verdict import Fault, Verdict


class Link(NamedTuple):
    """A signed head in the log."""

    position: int
    sealed: DaySealed


def links_in(
    rows: Rows, verdict: Verdict, trusted: Container[str] | None
) -> list[Link]:
    """Return the signed heads that hold, and put into words what does not.

    Raises:
        LogError: the store cannot be read.
    """
    links: list[Link] = []
    for stream in rows.streams(PROOF):
        previous, date = "", ""
        for number, row in enumerate(rows.of_streams([stream]), start=1):
            sealed = _sealed(row)
            text = _wrong(row, sealed, number, trusted)
            if sealed is not None and not text:
                if sealed.seal.previous != previous or sealed.date <= date:
                    text = "the signed head before it is missing or another one"
                links.append(Link(row.position, sealed))
                previous, date = sealed.seal.head, sealed.date
            if text:
                place = (row.stream, row.version, row.position)
                verdict.faults.append(Fault("proof", *place, text))
    return links


def _sealed(row: Row) -> DaySealed | None:
    try:
        event = codec.decode(row.topic, row.state)
    except ParseError:
        return None
    return event if isinstance(event, DaySealed) else None


def _wrong(
    row: Row, sealed: DaySealed | None, number: int, trusted: Container[str] | None
) -> str:
    """Say what is wrong with a head by itself; nothing if it is sound."""
    if sealed is None:
        return "it is no signed head"
    if row.version != number or row.stream != proof_stream(sealed.hall or "-"):
        return "a signed head is missing before it, or it stands in a wrong place"
    seal, head = sealed.seal, head_of(sealed)
    try:
        signature = bytes.fromhex(seal.signature)
        public_key = bytes.fromhex(seal.public_key)
        if not is_signed(seal.algorithm, public_key, head.text(), signature):
            return "its signature is wrong"
    except (ValueError, ParseError) as error:
        return f"its signature cannot be checked: {error}"
    if key_id(public_key) != seal.key or head_hash(head, signature) != seal.head:
        return "it does not hold what it says of itself"
    if trusted is not None and seal.key not in trusted:
        return f"it was signed with a key that is not the hall's: {seal.key}"
    return ""
