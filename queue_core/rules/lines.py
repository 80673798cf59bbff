"""The line of one queue: who waits in key order, who is parked and comes back.

Sorted lists take the place of heaps: adding, taking and removing stay O(log n), the
head is the least key, nothing is deleted lazily, and a ticket's rank (the people
ahead of it) can be read at once.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from sortedcontainers import SortedList


if TYPE_CHECKING:
    from queue_core.values import HallRules

    from .tickets import Key, Ticket


class Line:
    """One queue's tickets, either of ordinary or of extended hours."""

    __slots__ = ("calls", "missed", "preparing", "waiting")

    def __init__(self) -> None:
        self.waiting: SortedList[Key] = SortedList()
        self.missed: OrderedDict[int, Ticket] = OrderedDict()
        """Parked after a missed call, in the order of parking, by sequence."""
        self.preparing: SortedList[tuple[int, int]] = SortedList()
        """Parked for preparation: (ready_at, sequence)."""
        self.calls = 0
        """Calls made from this line today."""

    def head(self) -> Key | None:
        """Return the least key that waits, or None."""
        return self.waiting[0] if self.waiting else None

    def take_out(self, key: Key) -> None:
        """Let a ticket wait no longer. Most are the first, and are not searched for."""
        if self.waiting[0] == key:
            self.waiting.pop(0)
        else:
            self.waiting.remove(key)

    def people_ahead(self, key: Key) -> int:
        """Count the waiting tickets whose key is less than ``key``."""
        return self.waiting.bisect_left(key)

    def has_due_head(self, at: int) -> bool:
        """Tell whether somebody waits who may be called at ``at``."""
        head = self.head()
        return head is not None and head[0] <= at

    def missed_due(
        self, at: int, rules: HallRules, *, someone_returns: bool
    ) -> list[Ticket]:
        """Return the missed tickets that come back now, in the order of parking.

        A missed ticket returns after ``missed_return_after_calls`` other calls of the
        queue, or at once when nobody else can be called; never before
        ``missed_not_before_seconds``. Both conditions hold for an earlier parked
        ticket whenever they hold for a later one, so the search stops at the first
        that is not due.
        """
        due: list[Ticket] = []
        for ticket in self.missed.values():
            if at < ticket.parked_at + rules.missed_not_before_seconds * 1000:
                break
            calls = self.calls - ticket.calls_when_parked
            if calls < rules.missed_return_after_calls and (
                due or someone_returns or self.has_due_head(at)
            ):
                break
            due.append(ticket)
        return due

    def prepared(self, at: int) -> list[int]:
        """Return the sequences of the tickets whose preparation is over."""
        over = self.preparing.bisect_left((at + 1, 0))
        return [sequence for _, sequence in self.preparing[:over]]
