"""The machine of a run: what a reader must know to compare figures."""

from __future__ import annotations

import os
import platform
import sqlite3
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import msgspec
import psycopg

from yihao import __version__


BLOCK = b"\0" * 4096
CPU_INFO = Path("/proc/cpuinfo")


class Machine(msgspec.Struct, frozen=True, kw_only=True):
    """Facts of the machine, measured at the beginning of a run."""

    at: str
    yihao: str
    python: str
    sqlite: str
    postgres: str
    """Empty where none was given."""
    system: str
    processor: str
    cores: int
    """Cores that this process may use."""
    load: float
    """How many others wanted a core in the minute before; 0 where nobody knows."""
    syncs_per_second: float
    """4 KiB appended to a file and brought to the disk, one after another."""
    sync_milliseconds: float
    """The median of one of them."""


def machine(folder: Path, database: str, seconds: float) -> Machine:
    """Look at the machine; the disk under ``folder`` is tried for so many seconds."""
    taken = sync_times(folder, seconds)
    return Machine(
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        yihao=__version__,
        python=f"{platform.python_implementation()} {platform.python_version()}",
        sqlite=sqlite3.sqlite_version,
        postgres=postgres_version(database) if database else "",
        system=f"{platform.system()} {platform.release()}",
        processor=processor(),
        cores=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 0,
        load=os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0,
        syncs_per_second=len(taken) / sum(taken),
        sync_milliseconds=median(taken) * 1000,
    )


def sync_times(folder: Path, seconds: float) -> list[float]:
    """Append blocks to a file and sync each; return how long every one took."""
    file = folder / "sync"
    taken: list[float] = []
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    try:
        ends_at = time.perf_counter() + seconds
        while not taken or time.perf_counter() < ends_at:
            began = time.perf_counter()
            os.write(descriptor, BLOCK)
            os.fsync(descriptor)
            taken.append(time.perf_counter() - began)
    finally:
        os.close(descriptor)
        file.unlink()
    return taken


def processor() -> str:
    """Return the processor's name, as far as the system tells it."""
    if CPU_INFO.exists():
        for line in CPU_INFO.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def postgres_version(database: str) -> str:
    """Return the version of a PostgreSQL server."""
    with psycopg.connect(database) as connection:
        number = connection.info.server_version
    return f"{number // 10000}.{number % 10000}"
