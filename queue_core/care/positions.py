"""Whether the positions of a log go on without a gap but those that are noted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .rows import Removed, Row


class Positions:
    """Looks at the positions of a log, one after another."""

    def __init__(self, removed: Removed) -> None:
        self._noted = sum(last - first + 1 for first, last in removed.spans)
        self._rows = sum(day.rows for day in removed.days)
        self._spans = list(reversed(removed.spans))
        """Those that are still to come, the next one last."""
        self._next = 1

    def see_page(self, page: Sequence[Row]) -> bool:
        """Look at a page at once if nothing can be wrong with it; else do nothing."""
        first, last = page[0].position, page[-1].position
        is_whole = first == self._next and last - first == len(page) - 1
        if not is_whole or (self._spans and self._spans[-1].first <= last):
            return False
        self._next = last + 1
        return True

    def see(self, position: int) -> Iterator[str]:
        """Yield what is wrong before a position, and at it."""
        while self._next < position:
            if self._spans and self._spans[-1].first <= self._next:
                self._next = max(self._spans.pop().last + 1, self._next)
                continue
            last = self._spans[-1].first - 1 if self._spans else position - 1
            yield missing(self._next, min(last, position - 1))
            self._next = min(last, position - 1) + 1
        if self._next > position or self._is_noted(position):
            yield f"position {position} is noted as removed"
        self._next = max(self._next, position + 1)

    def finish(self) -> Iterator[str]:
        """Yield what is wrong with the whole."""
        for first, last in reversed(self._spans):
            if last >= self._next:
                yield f"positions {first} to {last} are noted beyond the newest row"
        if self._noted != self._rows:
            yield f"{self._noted} positions are noted as removed for {self._rows} rows"

    def _is_noted(self, position: int) -> bool:
        return bool(self._spans) and self._spans[-1].first <= position


def missing(first: int, last: int) -> str:
    """Return the words for positions that are not there."""
    if first == last:
        return f"position {first} is missing"
    return f"positions {first} to {last} are missing"
