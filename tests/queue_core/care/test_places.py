"""Places: files and databases, told without their passwords."""

from __future__ import annotations

from pathlib import Path

import pytest

from queue_core.care.places import place_of, told


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://yihao@db1/hall",
        "postgres:///hall",
        "host=db1 dbname=hall",
        "dbname=hall",
        "service = hall",
    ],
)
def test_a_connection_string_is_a_database(text: str) -> None:
    assert place_of(text) == text


@pytest.mark.parametrize("text", ["record.sqlite", "/srv/yihao/a=b.sqlite", "postgres"])
def test_everything_else_is_a_file(text: str) -> None:
    assert place_of(text) == Path(text)


def test_a_password_is_never_told() -> None:
    url = "postgresql://yihao:secret@db1:5433/hall?sslmode=require"

    assert told(url) == "database db1/5433/hall"
    assert told("password=secret") == "database of this machine"
    assert told("password='secret") == "the database"
    assert told(Path("record.sqlite")) == "record.sqlite"
