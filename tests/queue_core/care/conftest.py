"""Stores to take care of: files of the test's folder, databases of the session's."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from pathlib import Path

import psycopg
import pytest

from queue_core.care.places import Place
from queue_core.log.event_log import Entry

from .recorded import Fill, NewPlace, append, some_days
from .sealed import seal_all


@pytest.fixture(scope="session")
def databases(postgres: Callable[[], str]) -> Callable[[int], str]:
    """Return a function that empties a numbered database, and says where it is.

    Making a database takes longer than most of what is done in it here.
    """
    made: list[str] = []

    def empty(number: int) -> str:
        while len(made) <= number:
            made.append(postgres())
        with psycopg.connect(made[number], autocommit=True) as connection:
            connection.execute(
                "SET client_min_messages = warning; "
                "DROP SCHEMA public CASCADE; CREATE SCHEMA public"
            )
        return made[number]

    return empty


@pytest.fixture
def new_place(tmp_path: Path, request: pytest.FixtureRequest) -> NewPlace:
    """Return a function that finds a place for a log of some kind; none is there."""
    count = itertools.count()

    def find(kind: str) -> Place:
        number = next(count)
        if kind == "postgresql":
            # Only now: tests of files start no server.
            empty: Callable[[int], str] = request.getfixturevalue("databases")
            return empty(number)
        folder = tmp_path / f"data{number}"
        folder.mkdir()
        return folder / "record.sqlite"

    return find


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """The kind of store that a test is about."""
    kind: str = request.param
    return kind


@pytest.fixture
def fill(kind: str, new_place: NewPlace) -> Fill:
    """Return a function that makes a log with some entries in it."""

    def make(entries: Sequence[Entry]) -> Place:
        place = new_place(kind)
        append(place, entries)
        return place

    return make


@pytest.fixture
def file_with(new_place: NewPlace) -> Fill:
    """Return the same for tests that are about events and not about the store."""

    def make(entries: Sequence[Entry]) -> Place:
        place = new_place("sqlite")
        append(place, entries)
        return place

    return make


@pytest.fixture
def signed(fill: Fill) -> Place:
    """Three days of a hall, of which two are over and signed."""
    made = fill(some_days(3))
    seal_all(made)
    return made
