"""What the desk counts, for whoever watches over the house."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class DeskFigures:
    """Totals since the desk began."""

    commands: int = 0
    """Commands taken from the line, whatever came of them."""
    batches: int = 0
    """Transactions that were committed."""
    events: int = 0
    """Events that were committed."""
    commit_seconds: float = 0.0
    """Time spent in committed transactions."""
    largest_batch: int = 0
    """Most commands that were decided in one round."""
    conflicts: int = 0
    """Rounds that were repeated because another process was first."""
    failures: int = 0
    """Rounds that the log could not record or read."""
    overloads: int = 0
    """Commands that were turned away because too many waited."""
    turns: int = 0
    """Rounds that were decided in turn with other processes."""
    read_on: int = 0
    """Events of other processes that were taken over."""
    refolds: int = 0
    """Times the whole day was folded anew, the first time included."""
