"""Limits on how often one address, device, account or person may ask.

Whoever has neither account nor device may take numbers, so a single phone could use
up a queue's numbers. Each has a purse of requests that fills up again.

A hall's visitors may all come from one address, behind the router of its wireless
network: the purses of addresses are made for a hall of five hundred phones in its
first minutes, not for one phone. A person's own purse is small instead, and a person
is known wherever a number is tied to one. Whoever is on the house's own machine, as
a rehearsal is, has no purse at all.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

from queue_core.errors import ParseError

from .refusals import TooManyRequests


PaceKind = Literal["numbers", "looks", "device", "staff", "subject"]


class Pace(NamedTuple):
    """How many requests at once, and how many a second in the long run."""

    burst: int
    per_second: float


PACES: dict[PaceKind, Pace] = {
    # From one address, without a token: a hundred visitors in the first minute, and
    # then 7,200 an hour, more than any hall serves.
    "numbers": Pace(120, 2.0),
    # From one address, reading only: a phone's page asks for six things as it opens.
    "looks": Pace(6000, 200.0),
    # One kiosk, pad or sign: nobody presses ten keys a second for long.
    "device": Pace(120, 10.0),
    # One account, whatever it does.
    "staff": Pace(600, 40.0),
    # One person: a number is given up and taken again a few times, not all day.
    "subject": Pace(10, 1 / 60),
}
"""The usual purses; settings may make them larger or smaller."""


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


class Paces:
    """The purses of all kinds."""

    def __init__(
        self,
        clock: Callable[[], float],
        paces: Mapping[PaceKind, Pace] | None = None,
    ) -> None:
        """Use the usual purses where ``paces`` says nothing else."""
        self._purses = {
            kind: Pacing(clock, burst=pace.burst, per_second=pace.per_second)
            for kind, pace in {**PACES, **(paces or {})}.items()
        }

    def take(self, kind: PaceKind, name: str) -> None:
        """Take one request from a purse.

        Raises:
            TooManyRequests: It is empty.
        """
        self._purses[kind].take(name)


def pace_of(text: str) -> tuple[PaceKind, Pace]:
    """Read a setting such as ``numbers=120/2``: a burst, and how many a second.

    Raises:
        ParseError: It is none.
    """
    name, _, values = text.partition("=")
    kind = next((kind for kind in PACES if kind == name), None)
    burst, _, per_second = values.partition("/")
    try:
        pace = Pace(int(burst), float(per_second))
    except ValueError as error:
        raise ParseError(f"{text} is no pace such as numbers=120/2", "pace") from error
    if kind is None:
        raise ParseError(f"{name} is none of {', '.join(PACES)}", "pace")
    if pace.burst < 1 or not 0 < pace.per_second < math.inf:
        raise ParseError(f"{text} would let nobody in, or everybody", "pace")
    return kind, pace
