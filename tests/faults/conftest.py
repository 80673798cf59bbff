"""A PostgreSQL of their own for tests that stop it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from yihao.postgres_server import PostgresServer


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    """A server that only one test uses."""
    server = PostgresServer()
    yield server
    server.remove()
