"""Which positions of the log a desk knows, and which it has heard of."""

from __future__ import annotations

from bisect import bisect_right


MOST_RANGES = 256
"""With more gaps than this it is time to look what stands in them."""


class Known:
    """All positions up to one, and ranges of later ones that the desk wrote itself.

    What stands between may be anybody's. Every position is either known, and then
    it has been told, or it has not been looked at yet.
    """

    def __init__(self) -> None:
        self.upto = 0
        """Everything up to here is known."""
        self._firsts: list[int] = []
        self._lasts: list[int] = []
        self._heard: set[int] = set()

    def __contains__(self, position: int) -> bool:
        if position <= self.upto:
            return True
        index = bisect_right(self._firsts, position) - 1
        return index >= 0 and position <= self._lasts[index]

    def add(self, first: int, last: int) -> None:
        """Know a range that comes after all that are known."""
        if first == self.upto + 1:
            self.upto = last
        elif self._lasts and first == self._lasts[-1] + 1:
            self._lasts[-1] = last
        else:
            self._firsts.append(first)
            self._lasts.append(last)

    def reach(self, upto: int) -> None:
        """Know everything up to a position."""
        self.upto = max(self.upto, upto)
        while self._firsts and self._firsts[0] <= self.upto + 1:
            del self._firsts[0]
            self.upto = max(self.upto, self._lasts.pop(0))
        self._heard = {position for position in self._heard if position > self.upto}

    def hear(self, position: int) -> None:
        """Note that somebody has written there."""
        if position > self.upto:
            self._heard.add(position)

    def is_behind(self) -> bool:
        """Tell whether there may be something that is not known."""
        if len(self._firsts) > MOST_RANGES:
            return True
        # One's own commits are heard of too, often before their answer has come.
        return any(position not in self for position in self._heard)
