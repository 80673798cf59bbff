"""What was done about the persons of a hall: erased, held, released.

The store of persons decides whether it may be done, and does it; here it only becomes
an event of the stream ``persons/<hall>``, once.
"""

from __future__ import annotations

from typing import Any

from queue_core.commands import (
    PersonsCommand,
    RecordErasure,
    RecordHold,
    RecordRelease,
)
from queue_core.events import Event
from queue_core.events_of_persons import PersonsErased, PersonsHeld, PersonsReleased


class Erasures:
    """The state of the stream: how far it is, and which commands it has answered."""

    def __init__(self) -> None:
        self.version = 0
        self.answered: dict[str, tuple[int, int]] = {}
        """Command id → first and last version of the events it caused."""


def decide(state: Erasures, command: PersonsCommand) -> list[Event]:
    """Return what was done, as an event; nothing if it was done to nobody."""
    if not command.subjects:
        return []
    said: dict[str, Any] = {
        "at": command.at,
        "by": command.by,
        "command_id": command.command_id,
        "hall": command.hall,
        "subjects": command.subjects,
    }
    match command:
        case RecordErasure(ground=ground):
            return [PersonsErased(**said, ground=ground)]
        case RecordHold(reason=reason):
            return [PersonsHeld(**said, reason=reason)]
        case RecordRelease():
            return [PersonsReleased(**said)]
        case _:
            raise TypeError(f"{type(command).__name__} is about no persons")


def evolve(state: Erasures, event: Event) -> None:
    """Change ``state`` by what has happened; its version grows by one."""
    state.version += 1
    state.answered[event.command_id] = (state.version, state.version)
