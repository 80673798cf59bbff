"""A limit on how often one address may ask for what costs a number.

Whoever has neither account nor device may take numbers, so a single phone could use
up a queue's numbers. Each address has a purse of requests that fills up again.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable

from .refusals import TooManyRequests


class Pacing:
    """Purses of requests, one for each name, refilled at a steady rate."""

    def __init__(
        self,
        clock: Callable[[], float],
        *,
        burst: int,
        per_second: float,
        names_limit: int = 10_000,
    ) -> None:
        """Allow ``burst`` requests at once and ``per_second`` in the long run."""
        self._clock = clock
        self._burst = burst
        self._per_second = per_second
        self._names_limit = names_limit
        self._purses: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, name: str) -> None:
        """Take one request from the purse of ``name``.

        Raises:
            TooManyRequests: The purse is empty.
        """
        now = self._clock()
        left, since = self._purses.pop(name, (float(self._burst), now))
        left = min(float(self._burst), left + (now - since) * self._per_second)
        if left < 1:
            self._purses[name] = (left, now)
            wait = math.ceil((1 - left) / self._per_second)
            raise TooManyRequests(retry_after_seconds=wait)
        self._purses[name] = (left - 1, now)
        # The oldest purse has had the longest time to fill: forgetting it costs least.
        if len(self._purses) > self._names_limit:
            self._purses.popitem(last=False)

    def give_back(self, name: str) -> None:
        """Forget what ``name`` has taken."""
        self._purses.pop(name, None)
