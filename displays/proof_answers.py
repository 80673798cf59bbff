"""What everybody may ask to be proven, and what is answered.

All hashes, keys and signatures are in hexadecimal; ``docs/proof.md`` says what they
are of.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from projections.answers import Answer
from queue_core.interface.fields import CalendarDate


class DateQuery(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Of which day; without a date of the newest."""

    date: CalendarDate | None = None


class HeadsQuery(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """From which day to which."""

    from_date: CalendarDate | None = None
    to_date: CalendarDate | None = None


class BeginningQuery(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Of which day, and how many events it had then."""

    date: CalendarDate
    size: Annotated[int, msgspec.Meta(ge=1, le=1 << 40)]


class HallAnswer(Answer, frozen=True, kw_only=True):
    """Says of itself at which version the hall was when it was made."""

    version: int


class KeyAnswer(HallAnswer, frozen=True, kw_only=True):
    """The key with which the house signs the days of its halls."""

    algorithm: str
    key: str
    """The SHA-256 of the public key; it should also hang in the hall."""
    public_key: str
    """DER of a SubjectPublicKeyInfo."""


class SignedHead(Answer, frozen=True, kw_only=True):
    """The signed head of a day that is over."""

    text: str
    """What is signed, byte for byte in UTF-8."""
    signature: str
    algorithm: str
    public_key: str
    head: str
    """The hash of text and signature, which the next head names as its previous."""


class HeadAnswer(HallAnswer, frozen=True, kw_only=True):
    """What the events of a day come to: the head of their tree."""

    hall: str
    date: str
    size: int
    root: str
    signed: SignedHead | None
    """None while the day is not over: this head is of the moment, and unsigned."""


class HeadsAnswer(HallAnswer, frozen=True, kw_only=True):
    """The chain of signed heads, the oldest first."""

    hall: str
    heads: list[SignedHead]


class BeginningAnswer(HallAnswer, frozen=True, kw_only=True):
    """That a day as it stood earlier is the beginning of what it is now."""

    first_size: int
    first_root: str
    size: int
    root: str
    path: list[str]
    """The consistency proof of RFC 9162."""


class TicketProofAnswer(HallAnswer, frozen=True, kw_only=True):
    """That a ticket's number stands in the record of its day."""

    ticket: str
    hall: str
    date: str
    leaf: str
    """The stored event that issued it. No person stands in it."""
    index: int
    size: int
    root: str
    path: list[str]
    """The audit path of RFC 9162, from the leaf upwards."""
    signed: SignedHead | None
    """None while the day is not over: the head is of the moment, and unsigned."""
