"""The tables of persons in SQL that both kinds of databases understand."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

from .identifiers import Field
from .tables import NoteRow, PersonRow, ReminderRow, Rows, Told


TABLES = """
CREATE TABLE IF NOT EXISTS persons (
    subject TEXT PRIMARY KEY, hall TEXT NOT NULL, cipher TEXT NOT NULL,
    wrapped {bytes} NOT NULL, seen_at BIGINT NOT NULL, held TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS persons_seen ON persons (hall, seen_at);
CREATE TABLE IF NOT EXISTS person_hashes (
    hall TEXT NOT NULL, field TEXT NOT NULL, hashed TEXT NOT NULL,
    subject TEXT NOT NULL, PRIMARY KEY (hall, field, hashed, subject)
);
CREATE INDEX IF NOT EXISTS person_hashes_of ON person_hashes (subject);
CREATE TABLE IF NOT EXISTS person_identifiers (
    subject TEXT NOT NULL, field TEXT NOT NULL, sealed {bytes} NOT NULL,
    PRIMARY KEY (subject, field)
);
CREATE TABLE IF NOT EXISTS person_reminders (
    ticket TEXT PRIMARY KEY, hall TEXT NOT NULL, subject TEXT NOT NULL,
    near_at BIGINT NOT NULL, turn_at BIGINT NOT NULL
);
CREATE INDEX IF NOT EXISTS person_reminders_of ON person_reminders (subject);
CREATE TABLE IF NOT EXISTS person_notes (
    note TEXT PRIMARY KEY, hall TEXT NOT NULL, what TEXT NOT NULL,
    subjects TEXT NOT NULL, reason TEXT NOT NULL, at BIGINT NOT NULL, by TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS person_master (fingerprint TEXT PRIMARY KEY)
"""

OF_A_PERSON = ("person_identifiers", "person_hashes", "person_reminders", "persons")
"""Every table that has a row of a person."""

EVERY_TABLE = (*OF_A_PERSON, "person_notes", "person_master")

PERSON = "subject, hall, cipher, wrapped, seen_at, held"
REMINDER = "ticket, hall, subject, near_at, turn_at"
NOTE = "note, hall, what, subjects, reason, at, by"


class SqlPersonTables(ABC):
    """``PersonTables`` but for the beginning, the end and what executes a statement."""

    @abstractmethod
    def _do(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Execute a statement with ``?`` for values, and return its rows.

        Raises:
            LogError: the database failed.
        """

    # Whole.

    def all_rows(self) -> Rows:
        """Return all that the store holds, sealed as it lies there."""
        return {name: self._do(f"SELECT * FROM {name}") for name in EVERY_TABLE}

    def put_rows(self, rows: Rows) -> None:
        """Put rows of another store into the tables."""
        for name in EVERY_TABLE:
            for row in rows[name]:
                marks = ", ".join("?" * len(row))
                self._do(f"INSERT INTO {name} VALUES ({marks})", row)

    def first_fingerprint(self, fingerprint: str) -> str:
        """Return the fingerprint of the store's master key; the first one stays."""
        for row in self._do("SELECT fingerprint FROM person_master"):
            return str(row[0])
        self._do("INSERT INTO person_master VALUES (?)", (fingerprint,))
        return fingerprint

    # Persons.

    def insert_person(self, person: PersonRow) -> None:
        """Add a person."""
        self._do(f"INSERT INTO persons ({PERSON}) VALUES (?, ?, ?, ?, ?, ?)", person)

    def select_person(self, hall: str, subject: str) -> PersonRow | None:
        """Return a person of a hall."""
        statement = f"SELECT {PERSON} FROM persons WHERE hall = ? AND subject = ?"
        for row in self._do(statement, (hall, subject)):
            return PersonRow(*row)
        return None

    def touch_person(self, subject: str, seen_at: int) -> None:
        """Note that a person was here."""
        self._do("UPDATE persons SET seen_at = ? WHERE subject = ?", (seen_at, subject))

    def hold_person(self, subject: str, reason: str) -> None:
        """Hold a person for a reason; an empty one releases it."""
        self._do("UPDATE persons SET held = ? WHERE subject = ?", (reason, subject))

    def delete_person(self, subject: str) -> None:
        """Delete a person's key, and everything that lies under it."""
        for table in OF_A_PERSON:
            self._do(f"DELETE FROM {table} WHERE subject = ?", (subject,))

    def select_due(self, hall: str, seen_before: int, limit: int) -> list[str]:
        """Return persons who were last here before an instant and are not held."""
        rows = self._do(
            "SELECT subject FROM persons WHERE hall = ? AND seen_at < ? "
            "AND held = '' ORDER BY seen_at, subject LIMIT ?",
            (hall, seen_before, limit),
        )
        return [row[0] for row in rows]

    # What they are found by, and what is known of them.

    def insert_hash(self, hall: str, field: Field, hashed: str, subject: str) -> None:
        """Let a person be found by the keyed hash of an identifier."""
        self._do(
            "INSERT INTO person_hashes (hall, field, hashed, subject) "
            "VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (hall, field, hashed, subject),
        )

    def select_subjects(self, hall: str, field: Field, hashed: str) -> list[str]:
        """Return the persons who have an identifier."""
        rows = self._do(
            "SELECT subject FROM person_hashes "
            "WHERE hall = ? AND field = ? AND hashed = ? ORDER BY subject",
            (hall, field, hashed),
        )
        return [row[0] for row in rows]

    def put_identifier(self, subject: str, field: Field, sealed: bytes) -> None:
        """Keep an identifier, instead of the one that was there."""
        self._do(
            "INSERT INTO person_identifiers (subject, field, sealed) VALUES (?, ?, ?) "
            "ON CONFLICT (subject, field) DO UPDATE SET sealed = excluded.sealed",
            (subject, field, sealed),
        )

    def select_identifiers(self, subject: str) -> dict[Field, bytes]:
        """Return what is kept of a person, sealed."""
        rows = self._do(
            "SELECT field, sealed FROM person_identifiers WHERE subject = ?", (subject,)
        )
        return {field: bytes(sealed) for field, sealed in rows}

    def delete_field(self, subject: str, field: Field) -> None:
        """Forget one identifier, and by what hash it was found."""
        for table in ("person_identifiers", "person_hashes"):
            statement = f"DELETE FROM {table} WHERE subject = ? AND field = ?"
            self._do(statement, (subject, field))

    def select_fields(self, subject: str) -> list[Field]:
        """Return by which identifiers a person is found."""
        rows = self._do(
            "SELECT DISTINCT field FROM person_hashes WHERE subject = ? ORDER BY field",
            (subject,),
        )
        return [row[0] for row in rows]

    # Reminders.

    def put_reminder(self, reminder: ReminderRow) -> None:
        """Keep a wish, instead of the one that the ticket had."""
        self.delete_reminder(reminder.ticket)
        self._do(
            f"INSERT INTO person_reminders ({REMINDER}) VALUES (?, ?, ?, ?, ?)",
            reminder,
        )

    def select_reminder(self, ticket: str) -> ReminderRow | None:
        """Return the wish of a ticket."""
        statement = f"SELECT {REMINDER} FROM person_reminders WHERE ticket = ?"
        for row in self._do(statement, (ticket,)):
            return ReminderRow(*row)
        return None

    def select_reminders(self, hall: str) -> list[ReminderRow]:
        """Return the wishes in a hall that are not all fulfilled."""
        rows = self._do(
            f"SELECT {REMINDER} FROM person_reminders WHERE hall = ? AND turn_at = 0",
            (hall,),
        )
        return [ReminderRow(*row) for row in rows]

    def claim_reminder(self, ticket: str, told: Told, at: int) -> bool:
        """Note that a ticket is told something; False if it has been told before."""
        column = f"{told}_at"
        return bool(
            self._do(
                f"UPDATE person_reminders SET {column} = ? "
                f"WHERE ticket = ? AND {column} = 0 RETURNING ticket",
                (at, ticket),
            )
        )

    def delete_reminder(self, ticket: str) -> None:
        """Forget a wish."""
        self._do("DELETE FROM person_reminders WHERE ticket = ?", (ticket,))

    def has_reminders(self, subject: str) -> bool:
        """Tell whether a person has wished anything that is kept still."""
        statement = "SELECT 1 FROM person_reminders WHERE subject = ? LIMIT 1"
        return bool(self._do(statement, (subject,)))

    # What is to be recorded.

    def insert_note(self, note: NoteRow) -> None:
        """Add to what is to be recorded."""
        # No subject key has a space in it.
        subjects = " ".join(note.subjects)
        values = (note.note, note.hall, note.what, subjects, note.reason)
        self._do(
            f"INSERT INTO person_notes ({NOTE}) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (*values, note.at, note.by),
        )

    def select_notes(self, hall: str) -> list[NoteRow]:
        """Return what is to be recorded of a hall, oldest first."""
        rows = self._do(
            f"SELECT {NOTE} FROM person_notes WHERE hall = ? ORDER BY at, note", (hall,)
        )
        return [
            NoteRow(note, of, what, subjects.split(), reason, at, by)
            for note, of, what, subjects, reason, at, by in rows
        ]

    def delete_notes(self, notes: Sequence[str]) -> None:
        """Forget what stands in the record by now."""
        for note in notes:
            self._do("DELETE FROM person_notes WHERE note = ?", (note,))
