"""Every machine on one database has the same key, or does not start."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest

from queue_core.access.postgres_key import KeyForeign, require_same_key
from queue_core.access.secrets import SecretKeeper
from queue_core.errors import LogError


OURS, THEIRS = SecretKeeper(b"k" * 32), SecretKeeper(b"q" * 32)


def test_the_first_key_belongs_to_the_database_and_no_other(
    postgres: Callable[[], str],
) -> None:
    database = postgres()

    require_same_key(database, OURS)
    require_same_key(database, OURS)

    with pytest.raises(KeyForeign, match="copy the key file"):
        require_same_key(database, THEIRS)


def test_the_key_itself_does_not_stand_in_the_database(
    postgres: Callable[[], str],
) -> None:
    database = postgres()
    require_same_key(database, OURS)

    with psycopg.connect(database) as connection:
        rows = connection.execute("SELECT * FROM yihao_key").fetchall()

    assert rows == [(OURS.fingerprint,)]
    assert OURS.fingerprint != THEIRS.fingerprint
    assert "kkkk" not in OURS.fingerprint


def test_a_database_that_is_not_there_is_an_error() -> None:
    with pytest.raises(LogError, match="cannot be reached"):
        require_same_key("postgresql://nobody@127.0.0.1:1/none", OURS)
