"""What an event takes over from the command that caused it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict


if TYPE_CHECKING:
    from queue_core.commands import Command


class Cause(TypedDict):
    """The fields that every event has."""

    at: int
    by: str
    command_id: str


def caused_by(command: Command) -> Cause:
    """Return when, by whom and by which command an event came to be."""
    return {"at": command.at, "by": command.by, "command_id": command.command_id}
