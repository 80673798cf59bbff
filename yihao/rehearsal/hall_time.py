"""The hall's own time, as its clients know it from what the server says."""

from __future__ import annotations

import asyncio
import time


LONGEST_NAP = 2.0
"""Real seconds after which a sleeper looks at the clock again."""
LAG_SECONDS = 0.05
"""Real seconds that a client's idea of the hall's time may be behind."""


class HallTime:
    """Follows the server's clock, which may run at any speed.

    The server's instants are heard late, never early, so the furthest one heard is
    the truest.
    """

    def __init__(self, now: int, speed: float) -> None:
        self.speed = speed
        self._set(now)

    def _set(self, now: int) -> None:
        self._origin, self._heard = now, time.monotonic()

    def now(self) -> int:
        """Return the hall's time now, in milliseconds."""
        passed = time.monotonic() - self._heard
        return self._origin + int(passed * 1000 * self.speed)

    def latest(self) -> int:
        """Return an instant that the hall's own clock has not passed yet."""
        return self.now() + int(LAG_SECONDS * 1000 * self.speed)

    def observe(self, server_now: int) -> None:
        """Take in an instant that the server named just now."""
        if server_now > self.now():
            self._set(server_now)

    def restart(self, now: int, speed: float) -> None:
        """Begin again, after the server's clock was set."""
        self.speed = speed
        self._set(now)

    async def sleep(self, seconds: float) -> None:
        """Sleep for seconds of the hall's time."""
        await self.sleep_until(self.now() + int(seconds * 1000))

    async def sleep_until(self, at: int) -> None:
        """Sleep until an instant of the hall."""
        while (left := self.real_seconds_to(at)) > 0:
            await asyncio.sleep(min(left, LONGEST_NAP))

    def real_seconds_to(self, at: int) -> float:
        """Return the real seconds until an instant of the hall; 0 if it is past."""
        return max(0.0, (at - self.now()) / 1000 / self.speed)
