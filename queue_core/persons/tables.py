"""What a database must keep of persons. Every method blocks."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any, Literal, NamedTuple, Protocol

from .identifiers import Field


Rows = dict[str, list[tuple[Any, ...]]]
"""All that a store holds: table → rows, in the columns' order."""

Told = Literal["near", "turn"]
"""What a citizen is reminded of: few are ahead, it is his turn."""

Happening = Literal["erased", "held", "released"]


class PersonRow(NamedTuple):
    """A person of a hall: nothing here says who it is."""

    subject: str
    """The random subject key that stands in the record."""
    hall: str
    cipher: str
    wrapped: bytes
    """The person's own key, under the master key. It is nowhere else."""
    seen_at: int
    held: str = ""
    """Why the person must not be erased now; empty: nothing holds it."""


class ReminderRow(NamedTuple):
    """A ticket whose holder wants to be reminded by phone."""

    ticket: str
    hall: str
    subject: str
    near_at: int = 0
    """When it was told that few are ahead; 0: not yet."""
    turn_at: int = 0
    """When it was told that it is its turn; 0: not yet."""


class NoteRow(NamedTuple):
    """What has been done here and does not stand in the record yet."""

    note: str
    """The id of the command that will record it: it is recorded once."""
    hall: str
    what: Happening
    subjects: list[str]
    reason: str
    at: int
    by: str


class PersonTables(Protocol):
    """Tables of persons, of what they are found by, of what was promised them.

    Called from one thread at a time. Every method raises ``LogError`` when the
    database fails.
    """

    def transaction(self) -> AbstractContextManager[None]:
        """Do all that is done inside, or nothing; one writer after another."""

    def all_rows(self) -> Rows:
        """Return all that the store holds, sealed as it lies there."""

    def put_rows(self, rows: Rows) -> None:
        """Put rows of another store into the tables."""

    def first_fingerprint(self, fingerprint: str) -> str:
        """Return the fingerprint of the store's master key; the first one stays."""

    # Persons.

    def insert_person(self, person: PersonRow) -> None:
        """Add a person."""

    def select_person(self, hall: str, subject: str) -> PersonRow | None:
        """Return a person of a hall."""

    def touch_person(self, subject: str, seen_at: int) -> None:
        """Note that a person was here."""

    def hold_person(self, subject: str, reason: str) -> None:
        """Hold a person for a reason; an empty one releases it."""

    def delete_person(self, subject: str) -> None:
        """Delete a person's key, and everything that lies under it."""

    def select_due(self, hall: str, seen_before: int, limit: int) -> list[str]:
        """Return persons who were last here before an instant and are not held."""

    # What they are found by, and what is known of them.

    def insert_hash(self, hall: str, field: Field, hashed: str, subject: str) -> None:
        """Let a person be found by the keyed hash of an identifier."""

    def select_subjects(self, hall: str, field: Field, hashed: str) -> list[str]:
        """Return the persons who have an identifier."""

    def put_identifier(self, subject: str, field: Field, sealed: bytes) -> None:
        """Keep an identifier, instead of the one that was there."""

    def select_identifiers(self, subject: str) -> dict[Field, bytes]:
        """Return what is kept of a person, sealed."""

    def delete_field(self, subject: str, field: Field) -> None:
        """Forget one identifier, and by what hash it was found."""

    def select_fields(self, subject: str) -> list[Field]:
        """Return by which identifiers a person is found."""

    # Reminders.

    def put_reminder(self, reminder: ReminderRow) -> None:
        """Keep a wish, instead of the one that the ticket had."""

    def select_reminder(self, ticket: str) -> ReminderRow | None:
        """Return the wish of a ticket."""

    def select_reminders(self, hall: str) -> list[ReminderRow]:
        """Return the wishes in a hall that are not all fulfilled."""

    def claim_reminder(self, ticket: str, told: Told, at: int) -> bool:
        """Note that a ticket is told something; False if it has been told before."""

    def delete_reminder(self, ticket: str) -> None:
        """Forget a wish."""

    def has_reminders(self, subject: str) -> bool:
        """Tell whether a person has wished anything that is kept still."""

    # What is to be recorded.

    def insert_note(self, note: NoteRow) -> None:
        """Add to what is to be recorded."""

    def select_notes(self, hall: str) -> list[NoteRow]:
        """Return what is to be recorded of a hall, oldest first."""

    def delete_notes(self, notes: Sequence[str]) -> None:
        """Forget what stands in the record by now."""

    # The end.

    def scrub(self) -> None:
        """Leave no byte of what was deleted where the database lies."""

    def close(self) -> None:
        """Give the database back."""
