"""What all players share: the hall's labels, its time, the interface, the witness."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Protocol

from queue_core.profiles.profile import HallProfile
from queue_core.values import Grade

from .accounts import Accounts
from .floor import Floor
from .hall_api import HallApi, Reply
from .hall_time import HallTime
from .visitors import RehearsedDay
from .witness import Sight, What, Witness


@dataclass
class Counts:
    """What happened, as the players count it."""

    arrived: int = 0
    turned_away: Counter[str] = field(default_factory=Counter)
    calls: int = 0
    recalls: int = 0
    missed: int = 0
    no_shows: int = 0
    cancelled: int = 0
    pauses: int = 0
    transfers: int = 0
    services: int = 0
    served: int = 0
    evaluations: int = 0
    pad_evaluations: int = 0
    bad_evaluations: int = 0


@dataclass(frozen=True, slots=True)
class Wish:
    """A citizen's wish to evaluate a finished service."""

    window: str
    service: str
    grade: Grade
    secret: str
    by_phone: bool


class Rating(Protocol):
    """How a citizen evaluates a finished service."""

    async def rate(self, wish: Wish) -> None:
        """Give a grade, at the pad if it still asks for it, else by phone."""


class NobodyRates:
    """A hall without pads, before they are put up."""

    async def rate(self, wish: Wish) -> None:
        """Give no grade."""


@dataclass
class Stage:
    """One hall on one day, as its players find it."""

    api: HallApi
    accounts: Accounts
    profile: HallProfile
    hall: dict[str, Any]
    """The answer of ``GET /api/halls/{hall}`` at the beginning of the day."""
    time: HallTime
    day: RehearsedDay
    witness: Witness = field(default_factory=Witness)
    floor: Floor = field(default_factory=Floor)
    counts: Counts = field(default_factory=Counts)
    misses: Counter[str] = field(default_factory=Counter)
    """Missed calls by ticket."""
    chance: random.Random = field(default_factory=random.Random)
    rating: Rating = field(default_factory=NobodyRates)
    help_desk_token: str = ""

    @property
    def name(self) -> str:
        """Return the hall's id."""
        return str(self.hall["hall"])

    @property
    def path(self) -> str:
        """Return the hall's address on the interface."""
        return f"/api/halls/{self.name}"

    @property
    def link(self) -> str:
        """Return the live link's address."""
        return str(self.hall["link"])

    @property
    def hours(self) -> dict[str, Any]:
        """Return the hours of the day."""
        hours: dict[str, Any] = self.hall["hours"]
        return hours

    @property
    def rules(self) -> dict[str, Any]:
        """Return the published rules."""
        rules: dict[str, Any] = self.hall["rules"]
        return rules

    def phrase(self, kind: str, otherwise: str) -> str:
        """Return one of the hall's phrases for a reason."""
        phrases: list[str] = self.hall["phrases"][kind]
        return phrases[0] if phrases else otherwise

    def see(self, what: What, reply: Reply, **values: Any) -> Sight:
        """Note what an answer says for the referee."""
        values.setdefault("heard_at", self.time.latest())
        sight = Sight(values.pop("version", reply.version), what, **values)
        self.witness.see(sight)
        return sight
