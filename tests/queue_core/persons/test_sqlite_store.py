"""The store of persons in a file of its own, byte for byte."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import pytest

from queue_core.errors import LogError
from queue_core.persons.persons import Persons
from queue_core.persons.sqlite_store import SqlitePersonTables
from queue_core.persons.tables import PersonTables, ReminderRow

from .person_contract import ASKED, AT, IDENTITY, NAME, PHONE, PersonContract


class InFile(PersonContract):
    @pytest.fixture(autouse=True)
    def _file(self, tmp_path: Path) -> None:
        self.file = tmp_path / "persons.db"

    def new_tables(self) -> PersonTables:
        return SqlitePersonTables(self.file)

    def bytes_kept(self) -> bytes:
        """Return every byte of the store, its journal among them."""
        return b"".join(p.read_bytes() for p in sorted(self.file.parent.iterdir()))


class TestSqlitePersons(InFile):
    def test_the_file_is_for_the_owners_eyes_only(self, persons: Persons) -> None:
        self.known_person(persons)

        modes = [p.stat().st_mode for p in self.file.parent.iterdir()]

        assert {stat.S_IMODE(mode) for mode in modes} == {0o600}

    def test_no_byte_of_an_identifier_is_in_the_store_and_none_of_a_key_after_erasing(
        self, persons: Persons
    ) -> None:
        subject = self.known_person(persons)
        persons.remind(ReminderRow("t1", "city", subject), PHONE, AT)
        tables = self.open_tables()
        person = tables.select_person("city", subject)
        assert person is not None
        secret = [person.wrapped, *tables.select_identifiers(subject).values()]
        before = self.bytes_kept()

        persons.erase("city", [subject], ASKED)

        assert all(text.encode() not in before for text in (IDENTITY, NAME, PHONE))
        assert all(sealed in before for sealed in secret)
        assert all(sealed not in self.bytes_kept() for sealed in secret)

    def test_an_erasure_that_cannot_empty_the_journal_says_so_and_does_it_later(
        self, persons: Persons
    ) -> None:
        subject = self.known_person(persons)
        reader = sqlite3.connect(self.file, isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM persons").fetchall()
        impatient = SqlitePersonTables(self.file, busy_seconds=0.01)
        impatient.delete_person(subject)

        with pytest.raises(LogError, match="could not be emptied yet"):
            impatient.scrub()
        reader.close()
        impatient.scrub()
        impatient.close()

        assert not self.file.with_name("persons.db-wal").stat().st_size

    def test_a_file_that_is_no_store_is_named(self) -> None:
        self.file.write_bytes(b"no database at all, " * 20)

        with pytest.raises(LogError, match=r"persons\.db"):
            self.open_tables()


class TestSqlitePersonsUnderSm4(InFile):
    cipher = "sm4-gcm"
