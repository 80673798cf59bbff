"""Recording what was done about the persons of a hall, in ``persons/<hall>``.

The store of persons notes it in the transaction in which it is done; here a note
becomes a command under its own id, so that recorded twice it is the same event.
"""

from __future__ import annotations

from typing import Any

from queue_core.commands import (
    PersonsCommand,
    RecordErasure,
    RecordHold,
    RecordRelease,
)
from queue_core.persons.person_store import PersonStore
from queue_core.persons.persons import DAYS_OVER, Persons
from queue_core.persons.tables import NoteRow
from queue_core.values import ErasureGround

from .halls import Hall


async def record_notes(hall: Hall, persons: PersonStore) -> None:
    """Record what was done about the persons of a hall and is not recorded yet.

    Raises:
        LogError: The record or the store of persons failed.
    """
    notes = await persons.do(Persons.notes, hall.hall)
    for note in notes:
        await hall.submit(command_of(note))
    if notes:
        await persons.do(Persons.noted, [note.note for note in notes])


def command_of(note: NoteRow) -> PersonsCommand:
    """Return the command that records what was done."""
    said: dict[str, Any] = {
        "command_id": note.note,
        "at": note.at,
        "by": note.by,
        "hall": note.hall,
        "subjects": note.subjects,
    }
    if note.what == "held":
        return RecordHold(**said, reason=note.reason)
    if note.what == "released":
        return RecordRelease(**said)
    ground: ErasureGround = "days-over" if note.reason == DAYS_OVER else "asked"
    return RecordErasure(**said, ground=ground)
