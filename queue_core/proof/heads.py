"""What is signed at the end of a day: a text that anybody can put together again.

Its lines have a fixed order and each ends with a line feed::

    yihao day head 2
    hall city
    date 2026-11-02
    day 1834 9f…
    beside 2001 120 0c…
    audit 35 d4…
    previous 77…
    at 1793581200000
    algorithm ed25519
    key 31…

``day`` has the number of the day's events and the head of their tree; ``beside`` the
last position that was looked through, and number and head of the hall's events beside
its days since the head before; ``audit`` number and head of the notes about the hall
and the house up to the same position, since the head before that has this line.
``previous`` is ``-`` in a hall's first head. Heads of format 1 have no ``audit``.
"""

from __future__ import annotations

from hashlib import sha256
from typing import NamedTuple

from queue_core.events_of_proof import DaySealed
from queue_core.values import Seal


FORMAT = "yihao day head 2"
WITHOUT_AUDIT = "yihao day head 1"


class DayHead(NamedTuple):
    """A head that is to be signed, or was."""

    hall: str
    date: str
    size: int
    root: str
    beside_upto: int
    beside_size: int
    beside_root: str
    previous: str
    at: int
    algorithm: str
    key: str
    audit_size: int = 0
    audit_root: str = ""

    def text(self) -> bytes:
        """Return what is signed."""
        lines = (
            FORMAT if self.audit_root else WITHOUT_AUDIT,
            f"hall {self.hall}",
            f"date {self.date}",
            f"day {self.size} {self.root}",
            f"beside {self.beside_upto} {self.beside_size} {self.beside_root}",
            *([f"audit {self.audit_size} {self.audit_root}"] * bool(self.audit_root)),
            f"previous {self.previous or '-'}",
            f"at {self.at}",
            f"algorithm {self.algorithm}",
            f"key {self.key}",
        )
        return "".join(f"{line}\n" for line in lines).encode()


def head_hash(head: DayHead, signature: bytes) -> str:
    """Return the hash by which the next head holds on to this one."""
    return sha256(head.text() + signature).hexdigest()


def key_id(public_key: bytes) -> str:
    """Return the id of a public key: the SHA-256 of its SubjectPublicKeyInfo."""
    return sha256(public_key).hexdigest()


def head_of(sealed: DaySealed) -> DayHead:
    """Return the head that an event holds."""
    seal = sealed.seal
    return DayHead(
        hall=sealed.hall,
        date=sealed.date,
        size=seal.size,
        root=seal.root,
        beside_upto=seal.beside_upto,
        beside_size=seal.beside_size,
        beside_root=seal.beside_root,
        previous=seal.previous,
        at=sealed.at,
        algorithm=seal.algorithm,
        key=seal.key,
        audit_size=seal.audit_size,
        audit_root=seal.audit_root,
    )


def seal_of(head: DayHead, public_key: bytes, signature: bytes) -> Seal:
    """Return what is recorded of a head that was signed."""
    return Seal(
        size=head.size,
        root=head.root,
        beside_upto=head.beside_upto,
        beside_size=head.beside_size,
        beside_root=head.beside_root,
        previous=head.previous,
        algorithm=head.algorithm,
        key=head.key,
        public_key=public_key.hex(),
        signature=signature.hex(),
        head=head_hash(head, signature),
        audit_size=head.audit_size,
        audit_root=head.audit_root,
    )
