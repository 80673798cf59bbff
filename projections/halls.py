"""The halls of the house as those who serve people meet them.

A hall has a profile that may change, one desk that takes its commands, and a live
picture that follows what the desk records. Nothing here decides anything.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, TypeGuard

import msgspec

from queue_core.commands import Command
from queue_core.desk import Answer, HallDesk
from queue_core.errors import DayEnded, LogError, Refused
from queue_core.events import EvaluationGiven, Event, HallDayEvent, ProfileAdopted
from queue_core.interface.refusals import NotFound, shortened
from queue_core.log.event_log import Recorded
from queue_core.log.streams import date_of
from queue_core.persons.redaction import redacted
from queue_core.profiles.profile import HallProfile, Item, parse_profile

from .live_hall import LiveHall


if TYPE_CHECKING:
    from queue_core.profiles.search import Found, ItemSearch


class HallClosed(LogError):
    """The record of a hall cannot be read: nothing about it is guessed or served."""

    def __init__(self, hall: str, why: str) -> None:
        self.hall = hall
        self.why = why
        super().__init__(f"hall {hall} is closed: {why}")


class Hall:
    """One hall: its profile, its desk and its live picture."""

    profile: HallProfile
    labels: str
    """Changes with anything that screens keep of the profile."""
    items: dict[str, Item]

    def __init__(self, profile: HallProfile, folder: Path, desk: HallDesk) -> None:
        """Stand beside a desk; whoever starts the desk makes it publish to us."""
        self.hall = profile.hall
        self.folder = folder
        self.desk = desk
        self.live = LiveHall()
        self.stream = ""
        self.outcomes: Counter[tuple[str, str]] = Counter()
        """(kind of command, what became of it) → how many."""
        self.slips: Counter[str] = Counter()
        """What became of slips → how many."""
        self.adopt(profile)

    def adopt(self, profile: HallProfile) -> None:
        """Use the labels and items of a profile from now on."""
        self.profile = profile
        self.labels = profile.revision
        self._index: asyncio.Future[ItemSearch] | None = None
        self.items = {item.item: item for item in profile.items}

    async def search(self, words: str, limit: int, zone: str) -> list[Found]:
        """Return the items that fit spoken words best."""
        index = await self.search_index()
        return await asyncio.to_thread(index.find, words, limit, zone)

    def search_index(self) -> asyncio.Future[ItemSearch]:
        """Return the index of the items; it is made in a thread when first wanted.

        It reads the sounds of all Chinese characters, which takes a second: too long
        for a start, and for a request as well, so the house asks for it when it is up.
        """
        if self._index is None:
            loop = asyncio.get_running_loop()
            self._index = loop.run_in_executor(None, make_index, self.profile)
        return self._index

    def follow(self, recorded: list[Recorded]) -> None:
        """Bring the live picture up to what was recorded; a new day begins a new one.

        An evaluation of an earlier day changes nothing in today's picture. A profile
        that was adopted in another process holds here too.
        """
        for one in recorded:
            if isinstance(one.event, HallDayEvent):
                if one.stream != self.stream:
                    self.stream, self.live = one.stream, LiveHall()
                self.live.apply(one.version, one.event)
            elif self._is_of_today(one.event):
                self.live.apply(one.version, one.event)
            elif self._is_another_profile(one.event):
                self.adopt(parse_profile(one.event.content))

    def _is_of_today(self, event: Event) -> bool:
        return isinstance(event, EvaluationGiven) and event.date == date_of(self.stream)

    def _is_another_profile(self, event: Event) -> TypeGuard[ProfileAdopted]:
        return (
            isinstance(event, ProfileAdopted)
            and event.revision != self.profile.revision
        )

    async def submit(self, command: Command) -> Answer:
        """Give a command to the desk, and count what became of it.

        Raises:
            Refused: The rules say no; nothing was recorded.
            LogError: The log failed.
        """
        kind = type(command).__name__
        try:
            answer = await self.desk.submit(without_identifiers(command))
        except Refused as refused:
            self.outcomes[kind, refused.code] += 1
            raise
        except LogError:
            self.outcomes[kind, "failed"] += 1
            raise
        self.outcomes[kind, "repeated" if answer.repeated else "done"] += 1
        return answer

    async def submit_today(self, command: Command) -> Answer:
        """Give a command whose answer tells how the hall stands after it.

        Raises:
            DayEnded: It repeats a command of an earlier day.
            Refused: The rules say no; nothing was recorded.
            LogError: The log failed.
        """
        answer = await self.submit(command)
        if answer.stream != self.stream:
            raise DayEnded(date_of(answer.stream))
        return answer

    def require_item(self, item: str) -> Item:
        """Return an item of the profile.

        Raises:
            NotFound: There is no such item.
        """
        if item not in self.items:
            raise NotFound(what="item", name=shortened(item))
        return self.items[item]


REMARKS = ("note", "reason", "supplement", "text")
"""The fields of commands in which people write what they like."""


def without_identifiers(command: Command) -> Command:
    """Return a command in whose remarks nobody has left an identity number or phone.

    What people write freely goes into the record, and stays there.
    """
    changed: dict[str, str | list[str]] = {}
    for name in REMARKS:
        said = getattr(command, name, "")
        kept = redacted(said) if isinstance(said, str) else [redacted(s) for s in said]
        if kept != said:
            changed[name] = kept
    return msgspec.structs.replace(command, **changed) if changed else command


def make_index(profile: HallProfile) -> ItemSearch:
    """Make the index of a profile's items."""
    # Its dictionaries are read only now, and not while the house starts.
    from queue_core.profiles.search import ItemSearch  # noqa: PLC0415

    return ItemSearch(profile)
