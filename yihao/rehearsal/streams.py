"""The streams of chance of one hall and one day, each with a seed of its own."""

from __future__ import annotations

import datetime
import zlib
from dataclasses import dataclass

from numpy.random import Generator, default_rng


ARRIVALS, ITEMS, CLASS, SERVICE, PATIENCE, NO_SHOW, EVALUATION, HABITS = range(8)
"""The streams; ``HABITS`` is for what is no part of the hall's statistics."""


@dataclass(frozen=True)
class Streams:
    """The eight streams of one hall and one day."""

    hall: int
    day: int

    def of(self, stream: int) -> Generator:
        """Return a stream from its beginning."""
        return default_rng([self.hall, self.day, stream])

    def lasting(self, stream: int) -> Generator:
        """Return the stream of what is the same every day."""
        return default_rng([self.hall, 0, stream])


def streams_of(hall: str, date: str, seed: int | None = None) -> Streams:
    """Return a hall's streams for a date; a seed takes the date's place."""
    day = datetime.date.fromisoformat(date).toordinal() if seed is None else seed
    return Streams(zlib.crc32(hall.encode()), day)
