"""Servers of a run: programs of their own, so that their time is theirs alone.

A child writes one line of JSON when it is ready. Every line it reads is an order of its
own, or asks what it has used so far; it answers with one line. It ends when it is
terminated.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec


STOPPING_SECONDS = 20.0


class Used(msgspec.Struct, frozen=True, array_like=True):
    """What a child has used since it was started."""

    cpu_seconds: float
    resident_bytes: int


class ChildFailed(Exception):
    """A child ended before its time; what it said is in its log."""


Orders = Mapping[str, Callable[..., Any]]
"""What a child does when it is told to, by name."""


class Child:
    """A running child."""

    def __init__(
        self,
        module: str,
        process: subprocess.Popen[str],
        ready: dict[str, Any],
        log: Path,
    ) -> None:
        self._module = module
        self._process = process
        self._log = log
        self.ready = ready
        """What it said when it was ready."""

    def used(self) -> Used:
        """Ask what it has used so far."""
        return msgspec.convert(self.ask("used"), Used)

    def ask(self, order: str, **said: Any) -> Any:
        """Give an order, and return the answer to it.

        Raises:
            ChildFailed: it ended instead.
        """
        self.tell(order, **said)
        return self.answer()

    def tell(self, order: str, **said: Any) -> None:
        """Give an order whose answer is fetched later."""
        inlet = self._process.stdin
        assert inlet is not None
        inlet.write(f"{json.dumps([order, said])}\n")
        inlet.flush()

    def answer(self) -> Any:
        """Return the answer to the oldest order that has none.

        Raises:
            ChildFailed: it ended instead.
        """
        outlet = self._process.stdout
        assert outlet is not None
        line = outlet.readline()
        if not line:
            raise ChildFailed(f"{self._module} ended; see {self._log}")
        return json.loads(line)


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
            yield Child(module, process, json.loads(line), log)
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


def be_ready(orders: Orders | None = None, /, **said: Any) -> None:
    """Say that everything is up; follow orders from now on, in a thread of its own."""
    known = {"used": used_so_far, **(orders or {})}
    print(json.dumps(said), flush=True)
    threading.Thread(target=_follow, args=[known], name="orders", daemon=True).start()


def used_so_far() -> list[float]:
    """Return what this process has used."""
    return [time.process_time(), resident_bytes()]


def resident_bytes() -> int:
    """Return the memory of this process that is in use now, or was at most."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        pages = int(statm.read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def _follow(orders: Orders) -> None:
    for line in sys.stdin:
        order, said = json.loads(line)
        try:
            answer = orders[order](**said)
        except Exception:
            # Whoever gave the order waits: without an answer it must end.
            traceback.print_exc()
            os._exit(1)
        print(json.dumps(answer), flush=True)
