"""The profiles by which a hall has worked: one event for every change.

The stream ``profile/<hall>`` holds each profile whole, so that any past day can be
read with the profile of that day.
"""

from __future__ import annotations

from queue_core.commands import AdoptProfile
from queue_core.events import Event, ProfileAdopted


class AdoptedProfile:
    """The state of a hall's profile: which revision is the newest."""

    def __init__(self) -> None:
        self.version = 0
        self.answered: dict[str, tuple[int, int]] = {}
        """Command id → first and last version of the events it caused."""
        self.revision = ""


def decide(state: AdoptedProfile, command: AdoptProfile) -> list[Event]:
    """Return the adoption of a profile; nothing if the hall works by it already."""
    if state.revision == command.revision:
        return []
    return [
        ProfileAdopted(
            at=command.at,
            by=command.by,
            command_id=command.command_id,
            hall=command.hall,
            revision=command.revision,
            content=command.content,
        )
    ]


def evolve(state: AdoptedProfile, event: Event) -> None:
    """Change ``state`` by what has happened; its version grows by one."""
    state.version += 1
    state.answered[event.command_id] = (state.version, state.version)
    if isinstance(event, ProfileAdopted):
        state.revision = event.revision
