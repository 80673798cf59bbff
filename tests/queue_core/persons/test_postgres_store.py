"""The store of persons in PostgreSQL, used by several processes."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from queue_core.errors import LogError
from queue_core.persons.persons import Persons
from queue_core.persons.postgres_store import PostgresPersonTables
from queue_core.persons.tables import PersonTables

from .person_contract import ASKED, AT, IDENTITY, OTHER, PersonContract


@pytest.fixture(scope="module")
def database(postgres: Callable[[], str]) -> str:
    return postgres()


class TestPostgresPersons(PersonContract):
    @pytest.fixture(autouse=True)
    def _database(self, database: str) -> None:
        self.database = database
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute("DROP SCHEMA IF EXISTS yihao_persons CASCADE")

    def new_tables(self) -> PersonTables:
        return PostgresPersonTables(self.database)

    def test_processes_that_meet_a_person_at_once_know_the_same_one(self) -> None:
        houses = [self.open_persons() for _ in range(4)]

        with ThreadPoolExecutor(4) as pool:
            found = list(
                pool.map(lambda house: house.recognise("city", IDENTITY, AT), houses)
            )

        assert len(set(found)) == 1

    def test_the_pages_of_the_tables_hold_nothing_of_whom_was_erased(
        self, persons: Persons
    ) -> None:
        subject = self.known_person(persons)
        other = self.known_person(persons, OTHER)
        tables = [f"yihao_persons.{t}" for t in ("persons", "person_identifiers")]
        files = [self.file_of(table) for table in tables]

        persons.erase("city", [subject], ASKED)

        for table, before in zip(tables, files, strict=True):
            assert not self.bytes_in(before)
            now = self.bytes_in(self.file_of(table))
            assert other.encode() in now
            assert subject.encode() not in now

    def file_of(self, table: str) -> str:
        with psycopg.connect(self.database) as connection:
            row = connection.execute(
                "SELECT pg_relation_filepath(%s)", (table,)
            ).fetchone()
        assert row is not None
        return str(row[0])

    def bytes_in(self, file: str) -> bytes:
        """Return what a file of the server holds; nothing if it is gone."""
        with psycopg.connect(self.database) as connection:
            row = connection.execute(
                "SELECT pg_read_binary_file(%s, 0, 1000000, true)", (file,)
            ).fetchone()
        return bytes(row[0] or b"") if row else b""

    def test_the_tables_have_a_schema_of_their_own(self, persons: Persons) -> None:
        with psycopg.connect(self.database) as connection:
            schemas = connection.execute(
                "SELECT DISTINCT table_schema FROM information_schema.tables "
                "WHERE table_name LIKE 'person%'"
            ).fetchall()

        assert schemas == [("yihao_persons",)]

    def test_a_database_that_is_not_there_is_a_failure_of_the_store(self) -> None:
        with pytest.raises(LogError):
            PostgresPersonTables("postgresql:///none?host=/nowhere")
