"""Where drills are run: the same ones as by ``yihao soak``, only shorter."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from yihao.postgres_server import PostgresServer, new_database
from yihao.soak.ground import Ground


@pytest.fixture
def chance() -> random.Random:
    """The same chance in every run; a test that fails says of which seed."""
    seed = 20261102
    print(f"seed {seed}")
    return random.Random(seed)


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    """A PostgreSQL that only one test uses, and may stop."""
    server = PostgresServer()
    yield server
    server.remove()


@pytest.fixture
def file_ground(tmp_path: Path) -> Ground:
    """A file for one drill."""
    return Ground(tmp_path / "record.sqlite", tmp_path)


@pytest.fixture
def database_ground(postgres: Callable[[], str], tmp_path: Path) -> Ground:
    """A database for one drill."""
    return Ground(postgres(), tmp_path)


@pytest.fixture
def own_ground(server: PostgresServer, tmp_path: Path) -> Ground:
    """A database for one drill, on a server that may be stopped."""
    return Ground(new_database(server.url, "drill"), tmp_path, server)


@pytest.fixture(params=["file", "database"])
def ground(request: pytest.FixtureRequest) -> Ground:
    """A ground on either store."""
    found: Ground = request.getfixturevalue(f"{request.param}_ground")
    return found
