"""A broken rule, as the referee writes it down."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Violation:
    """Which rule was broken, how, and at which version of the hall-day."""

    rule: str
    """A property of the dispatch page, such as ``P3``, or what else was promised."""
    text: str
    version: int = 0

    def __str__(self) -> str:
        """Return one line for the table."""
        where = f" at #{self.version}" if self.version else ""
        return f"{self.rule}{where}: {self.text}"
