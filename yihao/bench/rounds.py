"""Subject and rival in turn, on the same clock, so that both meet the same machine."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(slots=True)
class Spent:
    """What a stretch of work took; known when it is over."""

    seconds: float = 0.0
    cpu_seconds: float = 0.0
    """Of all threads of this process."""


@contextmanager
def spent() -> Iterator[Spent]:
    """Measure the work inside."""
    taken = Spent()
    wall, cpu = time.perf_counter(), time.process_time()
    try:
        yield taken
    finally:
        taken.seconds = time.perf_counter() - wall
        taken.cpu_seconds = time.process_time() - cpu


def share(ordered: list[float], part: float) -> float:
    """Return the value below which a part of the ordered values lies."""
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]
