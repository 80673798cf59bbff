"""Whether what stands beside the days, and in the audit, is what was noted and signed.

A signed head holds two trees of this: the hall's events beside its days, and what was
noted about the hall and about the house. Both go by the positions of the log, so that a
note that came a little later than its date is in the next head.
"""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator
from operator import attrgetter
from typing import NamedTuple

from queue_core.errors import ParseError
from queue_core.events_of_proof import DaySealed
from queue_core.log.streams import AUDIT, HOUSE, audited, proof_stream
from queue_core.log.witness import read_witness
from queue_core.proof.leaves import leaf_hash_of

from .day_leaves import Leaves, what_happened
from .rows import Row, Rows, witness_pages


Tell = Callable[[str, int, int, str], None]
"""Puts a fault into the verdict: stream, version, position and words."""

NO_END = 1 << 62


class Beside(NamedTuple):
    """An event beside the days, as found or as noted."""

    position: int
    stream: str
    version: int
    leaf: bytes


class Pile(NamedTuple):
    """Events that belong together, as found and as noted, in the order of the log."""

    found: list[Beside]
    noted: list[Beside]

    def between(self, after: int, upto: int) -> Pile:
        """Return those of some positions."""
        return Pile(*(_between(one, after, upto) for one in self))

    def with_others(self, others: Pile) -> Pile:
        """Return these and others, in the order of the log."""
        pairs = zip(self, others, strict=True)
        return Pile(*([*heapq.merge(*pair)] for pair in pairs))


class BesideChecks:
    """Takes what stands beside the days in the order of the log, and judges it."""

    def __init__(self, rows: Rows, tell: Tell) -> None:
        self._rows = rows
        self._tell = tell
        self._piles: dict[str, Pile] = {}
        """What each hall has; what is about it stands under ``audit/<hall>``."""
        self._judged: dict[tuple[str, str], int] = {}
        """Up to where a pile was compared with the heads of a hall."""
        self._named: set[str] = set()
        self.first_noted = NO_END
        """Before this position nothing was noted: an older program recorded there."""

    def take_found(self, hall: str, one: Beside) -> None:
        """Take an event that is there."""
        self._pile(_owner(hall, one)).found.append(one)

    def take_noted(self, hall: str, one: Beside) -> None:
        """Take what was noted of an event when it was recorded."""
        self._pile(_owner(hall, one)).noted.append(one)

    def judge(self, sealed: DaySealed) -> None:
        """Compare what has come since the last head of a hall with its next one."""
        hall, seal = sealed.hall, sealed.seal
        events = self._next(hall, hall, seal.beside_upto)
        what = f"{sealed.date}: {seal.beside_size} events beside the day"
        if not self._holds(events, seal.beside_size, seal.beside_root):
            self._tell(proof_stream(hall), 0, 0, f"{what} are not what was signed")
        if not seal.audit_root:
            return
        notes = self._next(hall, f"{AUDIT}{hall}", seal.beside_upto)
        if hall != HOUSE:
            of_house = self._next(hall, f"{AUDIT}{HOUSE}", seal.beside_upto)
            notes = notes.with_others(of_house)
        what = f"{sealed.date}: {seal.audit_size} notes of the audit"
        if not self._holds(notes, seal.audit_size, seal.audit_root):
            self._tell(proof_stream(hall), 0, 0, f"{what} are not what was signed")

    def finish(self) -> dict[str, int]:
        """Compare what no head speaks of yet; return how many notes of the audit.

        The notes are counted by hall.
        """
        unsigned: dict[str, int] = {}
        for owner, pile in sorted(self._piles.items()):
            judged = [at for (_, of), at in self._judged.items() if of == owner]
            rest = pile.between(max(judged, default=0), NO_END)
            self._name_all(rest)
            if owner.startswith(AUDIT) and rest.found:
                unsigned[owner] = len(rest.found)
        return unsigned

    # Piles.

    def _pile(self, owner: str) -> Pile:
        return self._piles.setdefault(owner, Pile([], []))

    def _next(self, hall: str, owner: str, upto: int) -> Pile:
        """Return what the next head of a hall speaks of, of one pile."""
        after = self._judged.get((hall, owner), 0)
        self._judged[hall, owner] = upto
        pile = self._pile(owner)
        spoken_of = pile.between(after, upto)
        # What is about the house stays for the heads of the other halls.
        if owner != f"{AUDIT}{HOUSE}":
            self._piles[owner] = pile.between(upto, NO_END)
        return spoken_of

    def _holds(self, pile: Pile, size: int, root: str) -> bool:
        """Tell whether events or notes are what was signed; name what differs."""
        if _come_to(pile.found, size, root):
            first = next(self._differences(pile), None)
            if first is not None and pile.noted:
                text = "the leaf noted of it was changed; the event was not"
                self._tell(first.stream, first.version, first.position, text)
                self._named.add(first.stream)
            return True
        is_noted = _come_to(pile.noted, size, root)
        self._name_all(pile)
        return is_noted

    # Naming.

    def _name_all(self, pile: Pile) -> None:
        """Name the first event of every stream that is not what was noted."""
        firsts: dict[str, Beside] = {}
        for one in self._differences(pile):
            if one.stream not in self._named:
                firsts.setdefault(one.stream, one)
        self._named |= firsts.keys()
        noted = self._noted_of(set(firsts)) if firsts else {}
        for stream, first in firsts.items():
            rows = sorted(self._rows.of_streams([stream]), key=attrgetter("version"))
            self._name(first, rows, noted[stream])

    def _name(self, first: Beside, rows: list[Row], known: dict[int, bytes]) -> None:
        """Say what was done to a stream, of which the first difference was seen."""
        # What is older than all notes stands for itself.
        older = {r.version: _leaf(r) for r in rows if r.position < self.first_noted}
        noted, found = Leaves(), Leaves()
        for _, leaf in sorted((older | known).items()):
            noted.add(leaf)
        for row in rows:
            found.add(_leaf(row))
        at = found.parting(noted)
        if at is None:
            text = "it stands at another place of the log than it was noted at"
            self._tell(first.stream, first.version, first.position, text)
        else:
            position = rows[at].position if at < len(rows) else first.position
            self._tell(first.stream, at + 1, position, what_happened(rows, noted, at))

    def _differences(self, pile: Pile) -> Iterator[Beside]:
        """Yield the events that are not where they were noted, as they were noted."""
        noted = {one.position: one for one in pile.noted}
        found = {one.position: one for one in pile.found}
        for position in sorted(noted.keys() | found.keys()):
            was, now = noted.get(position), found.get(position)
            if was == now or (was is None and position < self.first_noted):
                continue
            yield from (one for one in (was, now) if one is not None)

    def _noted_of(self, streams: Collection[str]) -> dict[str, dict[int, bytes]]:
        """Return the leaves noted of some streams, by version."""
        known: dict[str, dict[int, bytes]] = {stream: {} for stream in streams}
        for page in witness_pages(self._rows):
            for witness in page:
                try:
                    leaves = list(read_witness(witness))
                except ParseError:
                    # It was told where it was read first.
                    continue
                for leaf in leaves:
                    if leaf.stream in known:
                        known[leaf.stream][leaf.version] = leaf.hash
        return known


def _owner(hall: str, one: Beside) -> str:
    """Return the pile to which an event belongs."""
    about = audited(one.stream)
    return f"{AUDIT}{about}" if about else hall


def _between(some: list[Beside], after: int, upto: int) -> list[Beside]:
    """Return the events of some positions."""
    first = bisect_right(some, after, key=attrgetter("position"))
    last = bisect_right(some, upto, key=attrgetter("position"))
    return some[first:last]


def _come_to(some: list[Beside], size: int, root: str) -> bool:
    """Tell whether events are the leaves of a tree of this size with this head."""
    leaves = Leaves()
    for one in some:
        leaves.add(one.leaf)
    return leaves.come_to(size, root)


def _leaf(row: Row) -> bytes:
    return leaf_hash_of(row.stream, row.version, row.topic, row.state)
