"""Refusals about notices to the hall."""

from __future__ import annotations

from dataclasses import dataclass

from .tree import Refused


@dataclass(eq=False)
class ZoneUnknown(Refused):
    """The hall has no such zone."""

    zone: str
    code = "zone-unknown"
    sentence = "there is no zone {zone}"


@dataclass(eq=False)
class NoticesEnough(Refused):
    """So many notices stand that nobody would read another one."""

    limit: int
    code = "notices-enough"
    sentence = "{limit} notices stand already; withdraw one first"


@dataclass(eq=False)
class NoticeOver(Refused):
    """The notice would be over before anybody saw it."""

    until_at: int
    code = "notice-over"
    sentence = "the notice would be over at {until_at} already"


@dataclass(eq=False)
class NoticeUnknown(Refused):
    """No such notice stands: it never did, is over or was withdrawn."""

    notice: str
    code = "notice-unknown"
    sentence = "there is no notice {notice} to withdraw"
