"""How far long work is: a bar on a terminal, and a line now and then elsewhere.

It is written to standard error, so that standard output can be piped.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from tqdm import tqdm


NOTE_EVERY_SECONDS = 15.0
"""How often a line is written where there is no terminal."""

Progress = Callable[[int, int], None]
"""Told what is done and what is to be done."""


@contextmanager
def progress_bar(
    label: str,
    unit: str,
    *,
    out: TextIO | None = None,
    monotonic: Callable[[], float] = time.monotonic,
) -> Iterator[Progress]:
    """Yield what is told how much of some work is done, such as 1,000 of 5,000 rows.

    On a terminal nothing of the bar is left when the work has ended.
    """
    out = out or sys.stderr
    if not out.isatty():
        yield _Notes(label, unit, out, monotonic)
        return
    # The width of the bar follows the terminal; counts read as 1.2M.
    with tqdm(
        desc=label, unit=f" {unit}", unit_scale=True, leave=False, file=out
    ) as bar:

        def tell(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield tell


class _Notes:
    """Writes one whole line whenever enough time has passed."""

    def __init__(
        self, label: str, unit: str, out: TextIO, monotonic: Callable[[], float]
    ) -> None:
        self._label, self._unit, self._out = label, unit, out
        self._monotonic = monotonic
        self._next_at = monotonic() + NOTE_EVERY_SECONDS

    def __call__(self, done: int, total: int) -> None:
        now = self._monotonic()
        if now < self._next_at:
            return
        self._next_at = now + NOTE_EVERY_SECONDS
        share = done * 100 // total if total else 100
        counted = f"{done:,} of {total:,} {self._unit}"
        print(f"{self._label}: {counted} ({share} %)", file=self._out, flush=True)
