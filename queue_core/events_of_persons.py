"""What was done about the persons of a hall: the stream ``persons/<hall>``.

Persons are named by their subject keys alone. That of whoever was erased leads to
nobody any longer: it stays in the record as a mark of tickets that belong together.
"""

from __future__ import annotations

from .events import Event
from .values import ErasureGround


class PersonsErased(Event, frozen=True, kw_only=True, array_like=True):
    """Who stood behind subject keys is known to nobody any longer."""

    hall: str
    subjects: list[str]
    ground: ErasureGround


class PersonsHeld(Event, frozen=True, kw_only=True, array_like=True):
    """Persons are not erased while something is open, such as a complaint."""

    hall: str
    subjects: list[str]
    reason: str


class PersonsReleased(Event, frozen=True, kw_only=True, array_like=True):
    """Nothing holds these persons any longer."""

    hall: str
    subjects: list[str]
