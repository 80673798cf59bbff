"""The signed heads of a hall's days: each day once, in their order, each on the last.

The stream ``proof/<hall>`` is a chain: every head holds the hash of the one before.
What a head says, and who may sign it, is decided by whoever has the key.
"""

from __future__ import annotations

from queue_core.commands import SealDay
from queue_core.events import Event
from queue_core.events_of_proof import DaySealed


class SealedDays:
    """The state of a hall's chain: its last link."""

    def __init__(self) -> None:
        self.version = 0
        self.answered: dict[str, tuple[int, int]] = {}
        """Command id → first and last version of the events it caused."""
        self.date = ""
        """The last day that was sealed; empty if none was."""
        self.head = ""
        """The hash of its signed head."""


def decide(state: SealedDays, command: SealDay) -> list[Event]:
    """Return the seal of a day; nothing if the chain has gone on without it.

    Another process may have sealed the day, or a day before it, in the meantime.
    """
    if command.date <= state.date or command.seal.previous != state.head:
        return []
    return [
        DaySealed(
            at=command.at,
            by=command.by,
            command_id=command.command_id,
            hall=command.hall,
            date=command.date,
            seal=command.seal,
        )
    ]


def evolve(state: SealedDays, event: Event) -> None:
    """Change ``state`` by what has happened; its version grows by one."""
    state.version += 1
    state.answered[event.command_id] = (state.version, state.version)
    if isinstance(event, DaySealed):
        state.date, state.head = event.date, event.seal.head
