"""The hall's clock: milliseconds that never run backwards while the house runs."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable


RESYNC_MS = 2_000
"""A wall clock this far ahead was corrected, and is followed."""

LEAP_MS = 6 * 3_600_000
DOUBT_SECONDS = 600
"""A leap of hours may be a mistake, and would send today's citizens home: it is only
believed when it has stood for so long."""

LONGEST_SLEEP_SECONDS = 5.0
"""Sleepers look again this often, because the hall's time may have jumped ahead."""


def wall_clock() -> int:
    """Return the machine's idea of the time, in milliseconds since 1970 UTC."""
    return time.time_ns() // 1_000_000


def steady_clock() -> float:
    """Return seconds that nobody sets; those of a machine's sleep where it knows them.

    Only Linux does. Elsewhere a night's sleep is a leap like any other.
    """
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


class HallClock:
    """Tells the hall's time, at real speed or, in a rehearsal, faster.

    The time is counted by the monotonic clock. A wall clock that is set back moves
    nothing: numbers, waits and order stay as they are, and ``set_back_ms`` says by how
    much the two differ. A wall clock that is set ahead is followed, so that a machine
    which began in the past comes right; a leap of hours only when it has stood for
    minutes, and until then ``set_ahead_ms`` tells it. A clock with a speed or a
    beginning of its own never looks at the wall.
    """

    def __init__(
        self,
        speed: float = 1.0,
        starts_at: int | None = None,
        *,
        wall: Callable[[], int] = wall_clock,
        monotonic: Callable[[], float] = steady_clock,
    ) -> None:
        """Begin at ``starts_at``, or now; every second lasts 1/``speed`` seconds."""
        if not speed > 0:
            raise ValueError(f"a clock cannot run at speed {speed}")
        self.speed = speed
        self._wall = wall
        self._monotonic = monotonic
        self._follows_wall = speed == 1.0 and starts_at is None
        self._began_at = wall() if starts_at is None else starts_at
        self._began = monotonic()
        self._last = self._began_at
        self._leapt: float | None = None
        """Since when the wall clock has been ahead by hours."""
        self._lock = threading.Lock()

    def now(self) -> int:
        """Return the hall's time; never less than what was returned before."""
        with self._lock:
            passed = (self._monotonic() - self._began) * 1000 * self.speed
            now = self._began_at + int(passed)
            if self._follows_wall:
                ahead = self._wall() - now
                if self._believes(ahead):
                    self._began_at += ahead
                    now += ahead
            self._last = max(self._last, now)
            return self._last

    def _believes(self, ahead: int) -> bool:
        if ahead <= LEAP_MS:
            self._leapt = None
            return ahead > RESYNC_MS
        if self._leapt is None:
            self._leapt = self._monotonic()
        return self._monotonic() - self._leapt >= DOUBT_SECONDS

    def go_on_from(self, at: int) -> None:
        """Be no earlier than an instant at which something was recorded.

        A house that starts again after its wall clock was set back goes on where its
        record stands; ``set_back_ms`` says so.
        """
        behind = at - self.now()
        if behind > 0:
            with self._lock:
                self._began_at += behind

    def set_back_ms(self) -> int:
        """Return by how much the wall clock is behind the hall's; 0 if it is not."""
        return max(0, self.now() - self._wall()) if self._follows_wall else 0

    def set_ahead_ms(self) -> int:
        """Return by how much the wall clock leapt ahead without being followed yet."""
        ahead = self._wall() - self.now() if self._follows_wall else 0
        return ahead if ahead > RESYNC_MS else 0

    def to_real_seconds(self, hall_seconds: float) -> float:
        """Return how long one really waits for so many seconds of the hall."""
        return hall_seconds / self.speed

    async def sleep_until(self, at: int) -> None:
        """Wait until the hall's time is ``at``."""
        while (left := at - self.now()) > 0:
            seconds = self.to_real_seconds(left / 1000)
            await asyncio.sleep(min(seconds, LONGEST_SLEEP_SECONDS))
