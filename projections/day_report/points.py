"""The points an inspector looks at, each with the versions that show it.

A point is a reason to look, not a verdict. The limits stand in the report's last
section, so that whoever reads a point knows what made it one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


PointKind = Literal[
    "bad-evaluation",
    "idle",
    "late",
    "early",
    "pause-long",
    "pauses-many",
    "missed-hasty",
    "missed-unrecalled",
    "service-short",
    "service-long",
    "unrated",
    "expired",
]

KINDS: tuple[PointKind, ...] = (
    "bad-evaluation",
    "idle",
    "late",
    "early",
    "pause-long",
    "pauses-many",
    "missed-hasty",
    "missed-unrecalled",
    "service-short",
    "service-long",
    "unrated",
    "expired",
)
"""The order in which the report tells them."""


@dataclass(frozen=True, slots=True)
class Point:
    """One thing worth a look."""

    kind: PointKind
    window: str
    clerk: str
    at: int
    weight: float
    """What orders the points of a kind, gravest first: seconds, counts, shares."""
    versions: tuple[int, ...]
    values: dict[str, object]
    """What the sentence says; keys end in ``_at``, ``_seconds``, ``_share``."""
