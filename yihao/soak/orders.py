"""What a process that serves a hall is ordered to do, and what it says of it."""

from __future__ import annotations

from typing import NamedTuple

import msgspec


class Where(NamedTuple):
    """Where the events of a command stand."""

    stream: str
    first: int
    last: int


NOWHERE = Where("", 0, 0)


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """How a process serves the small hall."""

    place: str
    """The log, as ``place_of`` reads it."""
    said: str
    """The file to which every answer is appended."""
    name: str
    """Whose callers they are; no other process of the day has the same."""
    date: str
    kiosks: int
    starts: dict[str, int] = {}
    """Caller → the number of its first command; 0 where it is not named."""
    commands: int = 0
    """After so many answers it stops; 0: never."""
    hears_news: bool = False
    """Follow what others record; else it is met with when something is recorded."""
    witnessed: bool = False
    """Say with what causes nothing how far the log went before and afterwards."""


class Said(msgspec.Struct, frozen=True, array_like=True):
    """One answer, as it stands in a line."""

    caller: str
    n: int
    where: Where
    """``NOWHERE`` if the command caused nothing."""
    repeated: bool = False
    refusal: str = ""
    before: int = 0
    after: int = 0
