"""What the store of persons refuses."""

from __future__ import annotations

from dataclasses import dataclass

from queue_core.errors import Refused


@dataclass(eq=False)
class PersonUnknown(Refused):
    """Nobody whom the store knows belongs to what was given; or no longer."""

    code = "person-unknown"
    sentence = "nobody is kept under what was given"


@dataclass(eq=False)
class PersonHeld(Refused):
    """The person must not be erased while something holds his identifiers."""

    reason: str
    code = "person-held"
    sentence = "the person is held: {reason}"
