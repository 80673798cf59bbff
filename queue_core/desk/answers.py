"""What the desk answers: the events that a command caused, and where they stand."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from queue_core.events import Event


EventType = TypeVar("EventType", bound=Event)


class Answer(msgspec.Struct, frozen=True, gc=False):
    """The outcome of a command. When it is given, its events are on disk."""

    stream: str
    events: list[Event]
    """Empty where there was nothing to do, as when nobody waits to be called."""
    first_version: int
    version: int
    """The last version of the command's events in ``stream``; without events both
    are the version at which the command was decided."""
    state_version: int
    """The version of the hall-day after the command."""
    repeated: bool = False
    """The command was answered before, and this is that answer again."""

    def find(self, kind: type[EventType]) -> EventType | None:
        """Return the first event of a class, or None if there is none."""
        for event in self.events:
            if isinstance(event, kind):
                return event
        return None


class Repeat(msgspec.Struct, frozen=True, gc=False):
    """Where the first answer of a repeated command stands in the log."""

    stream: str
    first_version: int
    version: int
    state_version: int
