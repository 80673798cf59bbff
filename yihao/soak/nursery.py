"""Halls in processes of their own, begun and killed from here."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

import yihao

from .orders import Order, Said
from .truth import Violated


PATIENCE_SECONDS = 150.0


class Nursery:
    """The process from which the others are begun; see ``serving_process``."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._heard: list[str] = []
        self._rest = b""

    def start(self, order: Order) -> int:
        """Begin a process, and return its id. Wait for ``open`` or ``done`` next."""
        self._tell(f"start {msgspec.json.encode(order).decode()}")
        return int(self._wait_for("started ").split()[1])

    def wait_until(self, what: str, process: int) -> None:
        """Wait until a process is ``open``, or ``done``.

        Raises:
            Violated: it has failed, or the time is up.
        """
        self._wait_for(f"{what} {process}", f"failed {process} ")

    def kill(self, process: int) -> None:
        """Kill a process without a warning; it is gone when this returns."""
        self._tell(f"kill {process}")
        self._wait_for(f"killed {process}")

    def _tell(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n".encode())
        self._process.stdin.flush()

    def _wait_for(self, wanted: str, failed: str = "failed ") -> str:
        while True:
            for line in self._heard:
                if line.startswith(failed):
                    raise Violated(f"a hall's process has {line}")
                if line.startswith(wanted):
                    self._heard.remove(line)
                    return line
            self._heard += self._hear(wanted)

    def _hear(self, wanted: str) -> list[str]:
        assert self._process.stdout is not None
        said = self._process.stdout.fileno()
        if not select.select([said], [], [], PATIENCE_SECONDS)[0]:
            raise Violated(f"no {wanted!r} in {PATIENCE_SECONDS:g} s")
        chunk = os.read(said, 65_536)
        if not chunk:
            raise Violated("the process that begins the others has ended")
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        return [line.decode() for line in lines]


@contextmanager
def nursery() -> Iterator[Nursery]:
    """Begin and kill processes until the block ends; none is left then."""
    with subprocess.Popen(
        [sys.executable, "-m", "yihao.soak.serving_process"],
        cwd=Path(yihao.__file__).parents[1],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        # Leaving the block closes its input: it kills what it has begun, and ends.
        yield Nursery(process)


def answers_in(file: Path) -> list[Said]:
    """Return the answers that a process had written when it ended.

    A line that was being written when it was killed was not an answer yet.
    """
    lines = file.read_bytes().split(b"\n")[:-1] if file.exists() else []
    return [msgspec.json.decode(line, type=Said) for line in lines]
