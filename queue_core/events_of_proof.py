"""What is recorded to prove the record: the stream ``proof/<hall>``."""

from __future__ import annotations

from .events import Event
from .values import Seal


class DaySealed(Event, frozen=True, kw_only=True, array_like=True):
    """A day that is over was signed (stream ``proof/<hall>``)."""

    hall: str
    date: str
    seal: Seal
