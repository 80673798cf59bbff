"""An empty database for each test that asks for one."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator

import pytest

from tests.postgres import PostgresServer, new_database


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """One PostgreSQL for all tests of a worker: ours, or the one that is named."""
    given = os.environ.get("DATABASE_URL")
    if given:
        yield given
        return
    server = PostgresServer()
    yield server.url
    server.remove()


@pytest.fixture(scope="session")
def postgres(postgres_server: str) -> Callable[[], str]:
    """Return a function that makes another empty database."""
    count = itertools.count()
    return lambda: new_database(
        postgres_server, f"yihao_test_{os.getpid()}_{next(count)}"
    )
