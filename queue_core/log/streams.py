"""The names of the streams: of days, evaluations, profiles, persons and proofs."""

from __future__ import annotations

from collections.abc import Iterable

from queue_core.events import Event


HALL_DAY = "hall-day/"
EVALUATION = "evaluation/"
PROFILE = "profile/"
PERSONS = "persons/"
PROOF = "proof/"
AUDIT = "audit/"

HOUSE = "house"
"""Stands in the audit where a hall would: what concerns the whole house."""


def hall_day_stream(hall: str, date: str) -> str:
    """Return the stream of one hall's business day (date: YYYY-MM-DD)."""
    return f"{hall_day_prefix(hall)}{_part(date)}"


def hall_day_prefix(hall: str) -> str:
    """Return what the streams of all days of a hall begin with."""
    return f"{HALL_DAY}{_part(hall)}/"


def date_of(stream: str) -> str:
    """Return the date of a hall-day stream."""
    return stream.rpartition("/")[2]


def hall_of(stream: str, event: Event) -> str:
    """Return the hall in which an event happened; empty if it belongs to none."""
    if stream.startswith(HALL_DAY):
        return stream.split("/", 2)[1]
    # Streams that live longer than a day name their hall in every event.
    hall: str = getattr(event, "hall", "")
    return hall


def halls_written(streams: Iterable[str]) -> list[str]:
    """Return the halls in whose days somebody writes, in a fixed order."""
    days = {stream for stream in streams if stream.startswith(HALL_DAY)}
    return sorted({stream.split("/", 2)[1] for stream in days})


def evaluation_stream(service: str) -> str:
    """Return the stream of the evaluation of one service."""
    return f"{EVALUATION}{_part(service)}"


def profile_stream(hall: str) -> str:
    """Return the stream of the profiles by which a hall has worked."""
    return f"{PROFILE}{_part(hall)}"


def persons_stream(hall: str) -> str:
    """Return the stream of what was done about the persons of a hall."""
    return f"{PERSONS}{_part(hall)}"


def audit_stream(hall: str, date: str) -> str:
    """Return the stream of what was noted about a hall, or the house, on a date."""
    return f"{AUDIT}{_part(hall or HOUSE)}/{_part(date)}"


def proof_stream(hall: str) -> str:
    """Return the stream of the signed heads of a hall's days."""
    return f"{PROOF}{_part(hall)}"


def is_beside(stream: str) -> bool:
    """Tell whether a stream is neither a day's nor that of the signed heads."""
    return not stream.startswith((HALL_DAY, PROOF))


def audited(stream: str) -> str:
    """Return the hall, or the house, about which a stream of the audit is.

    It is empty for all other streams.
    """
    return stream.split("/", 2)[1] if stream.startswith(AUDIT) else ""


def _part(name: str) -> str:
    # A slash inside a name would let one hall's stream stand among another's.
    if not name or "/" in name:
        raise ValueError(f"{name!r} cannot be part of a stream's name")
    return name
