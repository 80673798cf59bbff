"""Grounds for one drill after another: each is given an empty store of its own."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from queue_core.log.postgres_failures import failures
from yihao.postgres_server import PostgresMissing, PostgresServer, new_database

from .drills import POSTGRESQL, SQLITE, Drill
from .ground import Ground, database_name


@dataclass(slots=True)
class Grounds:
    """Where drills may be run."""

    folder: Path
    with_files: bool = False
    database: str = ""
    """A server on which databases may be made; empty: none."""
    server: PostgresServer | None = None
    """That server, if it is our own."""
    missing: str = ""
    """Why there is no PostgreSQL, although there should be one."""

    def stores_for(self, drill: Drill) -> list[str]:
        """Return the stores on which a drill can be run here."""
        here = [SQLITE] if self.with_files else []
        if self.database and (self.server is not None or not drill.stops_the_server):
            here.append(POSTGRESQL)
        return [store for store in drill.stores if store in here]

    @contextmanager
    def ground(self, store: str, name: str) -> Iterator[Ground]:
        """Yield an empty ground; it is kept if something goes wrong on it.

        Raises:
            LogError: no database can be made.
        """
        folder = self.folder / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        if store == SQLITE:
            ground = Ground(folder / "record.sqlite", folder)
        else:
            ground = Ground(self._new_database(name), folder, self.server)
        try:
            yield ground
        except Exception:
            raise
        except BaseException:
            self._remove(ground)
            raise
        self._remove(ground)

    def _new_database(self, name: str) -> str:
        # Somebody else may drill on the same server.
        own = f"yihao_soak_{os.getpid()}_{name.replace('-', '_')}"
        with failures("used for drills"):
            return new_database(self.database, own)

    def _remove(self, ground: Ground) -> None:
        shutil.rmtree(ground.folder)
        if ground.store == SQLITE:
            return
        name = sql.Identifier(database_name(ground.database))
        drop = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name)
        with (
            failures("used for drills"),
            psycopg.connect(self.database, autocommit=True) as admin,
        ):
            admin.execute(drop)


@contextmanager
def grounds(data: Path | None, database: str) -> Iterator[Grounds]:
    """Find grounds: a folder for files, a database, or without either both of our own.

    A folder of our own is removed in the end, unless something in it has been kept.
    """
    with ExitStack() as ending:
        if data is not None:
            yield Grounds(data, with_files=True)
            return
        folder = Path(tempfile.mkdtemp(prefix="yihao-soak-"))
        ending.callback(remove_empty, folder)
        if database:
            yield Grounds(folder, database=database)
            return
        found = Grounds(folder, with_files=True)
        try:
            found.server = PostgresServer()
        except PostgresMissing as missing:
            found.missing = str(missing)
        else:
            ending.callback(found.server.remove)
            found.database = found.server.url
        yield found


def remove_empty(folder: Path) -> None:
    """Remove a folder in which nothing has been kept."""
    with suppress(OSError):
        folder.rmdir()
