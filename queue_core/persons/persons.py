"""Persons recognised, kept, reminded, held and erased. Every method blocks.

A person is found by the keyed hash of an identifier and is known to the record by a
random subject key. Both stand in one row here and nowhere together outside: when the
row is gone, whoever has the house's key and guesses the right identity number learns
nothing from the record.

What is erased or held is noted in the same transaction, to be recorded afterwards; so
nobody is erased without the record saying so in the end.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from queue_core.errors import LogError

from .envelope import Envelope
from .identifiers import Field, plain_identity, plain_phone
from .refusals import PersonHeld, PersonUnknown
from .tables import Happening, NoteRow, PersonRow, PersonTables, ReminderRow, Told


logger = logging.getLogger(__name__)

SUBJECT_BYTES = 16
AT_ONCE = 500
"""So many persons are erased in one transaction, and recorded by one event."""

ASKED, DAYS_OVER = "asked", "days-over"
"""Why somebody is erased."""

KeyedHash = Callable[[str, str, str], str]
"""Hall, field and plain identifier → what it is found by, under the house's key."""


class MasterKeyForeign(LogError):
    """The master key is not the one with which the store was begun."""


class Cause(NamedTuple):
    """When and by whom something is done about persons, and why."""

    at: int
    by: str
    reason: str


class Persons:
    """The persons of all halls of the house. One thread at a time may call it."""

    def __init__(
        self, tables: PersonTables, envelope: Envelope, keyed_hash: KeyedHash
    ) -> None:
        """Use tables that this master key belongs to.

        Raises:
            MasterKeyForeign: another one belongs to them.
            LogError: they cannot be read.
        """
        self._tables = tables
        self._envelope = envelope
        self._keyed_hash = keyed_hash
        self._is_scrub_due = False
        with tables.transaction():
            first = tables.first_fingerprint(envelope.fingerprint)
        if first != envelope.fingerprint:
            raise MasterKeyForeign(
                "the master key of persons is not the one with which their store was "
                "begun: copy the key file from where it worked"
            )

    # Coming in.

    def recognise(self, hall: str, identity: str, at: int) -> str:
        """Return the subject key of whoever has an identity number; empty for none.

        Only its keyed hash is kept, until ``keep`` is called.
        """
        plain = plain_identity(identity)
        if not plain:
            return ""
        hashed = self._keyed_hash(hall, "identity", plain)
        found = self._tables.select_subjects(hall, "identity", hashed)
        if found:
            return found[0]
        with self._tables.transaction():
            # Another process may have met the same person at the same moment.
            for subject in self._tables.select_subjects(hall, "identity", hashed):
                return subject
            subject = self._insert(hall, at)
            self._tables.insert_hash(hall, "identity", hashed, subject)
        return subject

    def keep(
        self, hall: str, subject: str, at: int, known: Mapping[Field, str]
    ) -> None:
        """Keep identifiers of a person who has just been here; none of one erased."""
        with self._tables.transaction():
            self._keep(hall, subject, at, known)

    def known(self, hall: str, subject: str) -> dict[Field, str]:
        """Return what is kept of a person, in the clear; nothing of one erased.

        Raises:
            SealBroken: it was changed, or the master key is another.
        """
        person = self._tables.select_person(hall, subject)
        if person is None:
            return {}
        key = self._envelope.opened(hall, subject, person.cipher, person.wrapped)
        return key.open(self._tables.select_identifiers(subject))

    def find(self, hall: str, identifier: str) -> list[str]:
        """Return the subject keys of all who have an identity number or a phone."""
        found: list[str] = []
        plain: tuple[tuple[Field, str], ...] = (
            ("identity", plain_identity(identifier)),
            ("phone", plain_phone(identifier)),
        )
        for field, text in plain:
            if text:
                hashed = self._keyed_hash(hall, field, text)
                found += self._tables.select_subjects(hall, field, hashed)
        return list(dict.fromkeys(found))

    # Reminders.

    def remind(self, wish: ReminderRow, phone: str, at: int) -> None:
        """Keep a ticket's wish, and the phone of whoever has the ticket.

        Without a subject, or with one that is erased, the phone belongs to a person
        of whom nothing else is known.
        """
        with self._tables.transaction():
            person = self._tables.select_person(wish.hall, wish.subject)
            subject = person.subject if person else self._insert(wish.hall, at)
            self._keep(wish.hall, subject, at, {"phone": phone})
            self._tables.put_reminder(wish._replace(subject=subject))

    def reminder(self, ticket: str) -> ReminderRow | None:
        """Return a ticket's wish."""
        return self._tables.select_reminder(ticket)

    def reminders(self, hall: str) -> list[ReminderRow]:
        """Return the wishes in a hall that are not all fulfilled."""
        return self._tables.select_reminders(hall)

    def claim(self, ticket: str, told: Told, at: int) -> str:
        """Return the phone to be told something now; empty if it has been told.

        Whoever is given it is the only one, in whatever process, also after a restart.
        """
        wish = self._tables.select_reminder(ticket)
        if wish is None or not self._tables.claim_reminder(ticket, told, at):
            return ""
        return self.known(wish.hall, wish.subject).get("phone", "")

    def forget_reminder(self, ticket: str) -> None:
        """Forget a ticket's wish, and the phone if nothing else wants it."""
        with self._tables.transaction():
            wish = self._tables.select_reminder(ticket)
            if wish is None:
                return
            self._tables.delete_reminder(ticket)
            if self._tables.has_reminders(wish.subject):
                return
            self._tables.delete_field(wish.subject, "phone")
            if not self._tables.select_fields(wish.subject):
                self._tables.delete_person(wish.subject)
        self._scrub()

    # Erasing.

    def erase(self, hall: str, subjects: Iterable[str], cause: Cause) -> list[str]:
        """Erase persons for ever, and return those who were there.

        Raises:
            PersonUnknown: none of them is kept.
            PersonHeld: something holds one of them; none is erased.
        """
        with self._tables.transaction():
            there = self._kept(hall, subjects)
            for person in there:
                if person.held:
                    raise PersonHeld(reason=person.held)
            erased = self._delete(hall, [person.subject for person in there], cause)
        self._scrub()
        return erased

    def expire(self, hall: str, seen_before: int, cause: Cause) -> list[str]:
        """Erase persons who were last here before an instant and are not held.

        At most ``AT_ONCE`` at a time: call it again while it returns as many.
        """
        with self._tables.transaction():
            due = self._tables.select_due(hall, seen_before, AT_ONCE)
            if due:
                self._delete(hall, due, cause)
        if due:
            self._scrub()
        return due

    def hold(self, hall: str, subjects: Iterable[str], cause: Cause) -> list[str]:
        """Hold persons for a reason, or release them with an empty one.

        Returns those who were not so already.

        Raises:
            PersonUnknown: none of them is kept.
        """
        with self._tables.transaction():
            there = self._kept(hall, subjects)
            changed = [one.subject for one in there if one.held != cause.reason]
            for subject in changed:
                self._tables.hold_person(subject, cause.reason)
            if changed:
                what: Happening = "held" if cause.reason else "released"
                self._note(hall, what, changed, cause)
        return changed

    def apply_erasures(self, hall: str, subjects: Iterable[str]) -> int:
        """Erase whom the record says erased, and return how many were still there."""
        with self._tables.transaction():
            there = [
                subject
                for subject in subjects
                if self._tables.select_person(hall, subject) is not None
            ]
            for subject in there:
                self._tables.delete_person(subject)
        if there:
            self._scrub()
        return len(there)

    def scrub_what_is_due(self) -> None:
        """Leave no byte of whom was erased, if that could not be done at once.

        Raises:
            LogError: it cannot be done yet.
        """
        if self._is_scrub_due:
            self._tables.scrub()
            self._is_scrub_due = False

    def notes(self, hall: str) -> list[NoteRow]:
        """Return what is to be recorded of a hall, oldest first."""
        return self._tables.select_notes(hall)

    def noted(self, notes: Iterable[str]) -> None:
        """Forget what stands in the record by now."""
        with self._tables.transaction():
            self._tables.delete_notes(list(notes))

    def close(self) -> None:
        """Give the tables back."""
        self._tables.close()

    def _scrub(self) -> None:
        self._is_scrub_due = True
        try:
            self.scrub_what_is_due()
        except LogError as error:
            # They are erased; whoever runs the house does the rest in a minute.
            logger.warning("%s", error)

    # Inside a transaction.

    def _insert(self, hall: str, at: int) -> str:
        subject = secrets.token_urlsafe(SUBJECT_BYTES)
        wrapped = self._envelope.new_key(hall, subject)
        person = PersonRow(subject, hall, self._envelope.cipher, wrapped, at)
        self._tables.insert_person(person)
        return subject

    def _keep(
        self, hall: str, subject: str, at: int, known: Mapping[Field, str]
    ) -> None:
        person = self._tables.select_person(hall, subject)
        if person is None:
            return
        self._tables.touch_person(subject, max(at, person.seen_at))
        key = self._envelope.opened(hall, subject, person.cipher, person.wrapped)
        for field, text in known.items():
            self._tables.delete_field(subject, field)
            self._tables.put_identifier(subject, field, key.seal(field, text))
            if field != "name":
                hashed = self._keyed_hash(hall, field, text)
                self._tables.insert_hash(hall, field, hashed, subject)

    def _kept(self, hall: str, subjects: Iterable[str]) -> list[PersonRow]:
        found = [
            person
            for subject in dict.fromkeys(subjects)
            if (person := self._tables.select_person(hall, subject)) is not None
        ]
        if not found:
            raise PersonUnknown
        return found

    def _delete(self, hall: str, subjects: list[str], cause: Cause) -> list[str]:
        for subject in subjects:
            self._tables.delete_person(subject)
        self._note(hall, "erased", subjects, cause)
        return subjects

    def _note(
        self, hall: str, what: Happening, subjects: list[str], cause: Cause
    ) -> None:
        note = f"person/{hall}/{secrets.token_hex(8)}"
        row = NoteRow(note, hall, what, subjects, cause.reason, cause.at, cause.by)
        self._tables.insert_note(row)
