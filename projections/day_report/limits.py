"""What makes a point: the limits of the day's spot check, as plain numbers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """The limits of one report. Assumptions of ours; a hall may set its own."""

    idle_seconds: int = 180
    """A free window leaves a ticket it may serve in line for this long."""
    punctual_seconds: int = 120
    """Grace for being at the window at the start and the end of a session."""
    pause_seconds: int = 900
    """A pause inside a session is long from here (patrol sheet P06: 15 minutes)."""
    pauses: int = 3
    """More pauses than this inside the day's sessions are many."""
    hasty_seconds: int = 30
    """A call given up sooner than this left no time to walk."""
    short_share: float = 0.2
    """A service below this share of the item's expected minutes may be short."""
    long_share: float = 3.0
    """A service above this multiple of the item's expected minutes may be long."""
    deviation: float = 2.5
    """… and only if it lies this many robust deviations off the day's services."""
    compared: int = 8
    """Services needed before a day's distribution says anything."""
    rated_share: float = 0.5
    """Fewer evaluated services than this share of at least ``rated_from`` stand out."""
    rated_from: int = 10
