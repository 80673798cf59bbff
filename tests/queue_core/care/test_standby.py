"""A standby takes the work of backups and proofs off the primary."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from queue_core.care.access_rows import read_access, write_access
from queue_core.care.backups import ACCOUNTS, RECORD, backup
from queue_core.care.verification import verify
from yihao.postgres_server import PostgresServer

from .people import SOME
from .recorded import append, rows_in, some_days


@pytest.fixture
def primary() -> Iterator[PostgresServer]:
    """A server of its own."""
    server = PostgresServer()
    yield server
    server.remove()


@pytest.fixture
def standby(primary: PostgresServer) -> Iterator[PostgresServer]:
    """A standby that follows it."""
    standby = PostgresServer(primary)
    yield standby
    standby.remove()


def catch_up(primary: PostgresServer, standby: PostgresServer) -> None:
    """Wait until a standby has applied what is committed on its primary."""
    with psycopg.connect(primary.url) as there, psycopg.connect(standby.url) as here:
        (written,) = there.execute("SELECT pg_current_wal_lsn()").fetchone() or ("",)
        applied = "SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn"
        while here.execute(applied, (written,)).fetchone() != (True,):
            pass


def test_a_standby_is_backed_up_and_proven_like_its_primary(
    primary: PostgresServer, standby: PostgresServer, tmp_path: Path
) -> None:
    append(primary.url, some_days())
    write_access(primary.url, SOME)
    catch_up(primary, standby)

    manifest = backup(standby.url, tmp_path / "b", accounts=standby.url)
    verdict = verify(standby.url)

    assert rows_in(tmp_path / "b" / RECORD) == rows_in(primary.url)
    assert read_access(tmp_path / "b" / ACCOUNTS) == SOME
    assert (verdict.events, verdict.faults) == (manifest.events, [])
