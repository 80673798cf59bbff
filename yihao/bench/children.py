"""Servers of a run: programs of their own, so that their time is theirs alone.

A child writes one line of JSON when it is ready. To every line it reads it answers with
what it has used so far. It ends when it is terminated.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from .machine import resident_bytes


STOPPING_SECONDS = 20.0


class Used(msgspec.Struct, frozen=True):
    """What a child has used since it was started."""

    cpu_seconds: float
    resident_bytes: int


class ChildFailed(Exception):
    """A child ended before it was ready; what it said is in its log."""


class Child:
    """A running child."""

    def __init__(self, process: subprocess.Popen[str], ready: dict[str, Any]) -> None:
        self._process = process
        self.ready = ready
        """What it said when it was ready."""

    def used(self) -> Used:
        """Ask what it has used so far."""
        inlet, outlet = self._process.stdin, self._process.stdout
        assert inlet is not None
        assert outlet is not None
        inlet.write("used\n")
        inlet.flush()
        return msgspec.json.decode(outlet.readline(), type=Used)


@contextmanager
def child(module: str, said: dict[str, Any], log: Path) -> Iterator[Child]:
    """Run a module of this package until the context ends.

    Raises:
        ChildFailed: it did not become ready.
    """
    command = [sys.executable, "-m", f"{__package__}.{module}", json.dumps(said)]
    with (
        log.open("w", encoding="utf-8") as errors,
        subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as process,
    ):
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            if not line:
                raise ChildFailed(f"{module} did not start; see {log}")
            yield Child(process, json.loads(line))
        finally:
            process.terminate()
            try:
                process.communicate(timeout=STOPPING_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()


# In the child.


def asked() -> dict[str, Any]:
    """Return what the child was told when it was started."""
    told: dict[str, Any] = json.loads(sys.argv[1])
    return told


def be_ready(**said: Any) -> None:
    """Say that everything is up, and answer what has been used from now on."""
    print(json.dumps(said), flush=True)
    threading.Thread(target=_answer, daemon=True).start()


def _answer() -> None:
    for _ in sys.stdin:
        used = Used(time.process_time(), resident_bytes())
        print(msgspec.json.encode(used).decode(), flush=True)
