"""What a verification finds: faults, marks, and how much has been looked at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from .places import Place


FaultKind = Literal[
    "store",
    "position",
    "version",
    "unreadable",
    "fold",
    "rule",
    "projection",
    "archive",
    "proof",
]
"""What is wrong: the file or database itself; the order of the log; the order of a
stream; the bytes of an event; an event that its stream cannot go on with; events that
the rules would never have made; a projection that differs; an archived day; what was
signed and is no longer so."""


class Fault(NamedTuple):
    """Something in the log that must not be so."""

    kind: FaultKind
    stream: str
    """Empty where no stream is concerned, or it cannot be told which."""
    version: int
    position: int
    text: str

    def __str__(self) -> str:
        place = f"{self.stream} version {self.version}" if self.stream else "the log"
        where = f" (position {self.position})" if self.position else ""
        return f"{place}{where}: {self.text}"


class Mark(NamedTuple):
    """Something that may be so, and that a reader should know."""

    stream: str
    version: int
    position: int
    text: str

    def __str__(self) -> str:
        return f"{self.stream} version {self.version}: {self.text}"


@dataclass(slots=True)
class Verdict:
    """The outcome of a verification."""

    place: Place
    last_position: int = 0
    events: int = 0
    """Events that stand in the log."""
    streams: int = 0
    days: int = 0
    """Hall-days among the streams."""
    archived_days: int = 0
    archived_rows: int = 0
    faults: list[Fault] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Tell whether nothing is wrong. Marks are no faults."""
        return not self.faults
