"""The hall's floor: who stands where, and what is said face to face.

The server knows nothing of this. A citizen hears his number from the board or his
phone and walks to the window; the clerk sees him come, or does not.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING


if TYPE_CHECKING:
    from .citizen import Citizen


class Floor:
    """Citizens by their tickets and numbers, and those who stand at a window."""

    def __init__(self) -> None:
        self._by_ticket: dict[str, Citizen] = {}
        self._by_number: dict[str, Citizen] = {}
        self._gone: set[str] = set()
        self._at_window: dict[str, str] = {}
        self._steps: dict[str, asyncio.Event] = {}

    def enter(self, citizen: Citizen) -> None:
        """Let somebody in who has taken a number."""
        self._by_ticket[citizen.ticket] = citizen
        self._by_number[citizen.number] = citizen

    def leave(self, citizen: Citizen) -> None:
        """Let somebody go; his ticket may still be called, but he does not come."""
        self._gone.add(citizen.ticket)
        self._by_ticket.pop(citizen.ticket, None)
        self._by_number.pop(citizen.number, None)

    def citizen(self, ticket: str) -> Citizen | None:
        """Return who holds a ticket, if the rehearsal plays him."""
        return self._by_ticket.get(ticket)

    def is_gone(self, ticket: str) -> bool:
        """Tell whether the holder of a ticket has left the hall."""
        return ticket in self._gone

    def has_people_of(self, zone: str) -> bool:
        """Tell whether anybody is still here who came for the zone."""
        return any(c.visitor.zone == zone for c in self._by_ticket.values())

    def announced(self, call: int, number: str, window: str) -> None:
        """Let everybody hear a number from the board."""
        if citizen := self._by_number.get(number):
            citizen.hear(call, window)

    def step_up(self, window: str, ticket: str) -> None:
        """Stand at a window."""
        self._at_window[window] = ticket
        self._step(window).set()

    def step_back(self, window: str, ticket: str) -> None:
        """Stand at the window no longer."""
        if self._at_window.get(window) == ticket:
            del self._at_window[window]

    async def somebody_came(self, window: str, ticket: str, seconds: float) -> bool:
        """Look up for so many real seconds whether the called one comes."""
        try:
            async with asyncio.timeout(seconds):
                while self._at_window.get(window) != ticket:
                    self._step(window).clear()
                    await self._step(window).wait()
        except TimeoutError:
            return False
        return True

    def _step(self, window: str) -> asyncio.Event:
        return self._steps.setdefault(window, asyncio.Event())
