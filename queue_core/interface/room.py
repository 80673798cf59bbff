"""How many connections a listener has room for: in all, and from one address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from .proxies import is_own


class Room:
    """Counts who is in. A proxy, and a rehearsal on this machine, speak for many."""

    def __init__(
        self,
        connections: int,
        of_address: int,
        speaks_for_others: Callable[[str], bool] = is_own,
    ) -> None:
        self._connections = connections
        self._of_address = of_address
        self._speaks_for_others = speaks_for_others
        self._count = 0
        self._by_address: Counter[str] = Counter()

    def enter(self, address: str) -> bool:
        """Let somebody in, if there is room for him."""
        is_many = self._speaks_for_others(address)
        if self._count >= self._connections:
            return False
        if not is_many and self._by_address[address] >= self._of_address:
            return False
        self._count += 1
        self._by_address[address] += 1
        return True

    def leave(self, address: str) -> None:
        """Let somebody out who was let in."""
        self._count -= 1
        self._by_address[address] -= 1
        if not self._by_address[address]:
            del self._by_address[address]
