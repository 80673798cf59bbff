"""The whole content of a hall profile, typed and frozen.

A profile is stored as MessagePack maps without default values (``serialize_profile``),
so that a field added later with a default changes neither stored profiles nor their
revision. The revision is a hash of the content: comments, spaces, line ends and the
order of keys in the files do not change it.
"""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

from queue_core.values import Skill

from .kinds import Accent, Count, Letter, Number, Slug
from .parts import (
    Appointments,
    Calls,
    Credits,
    EvaluationSettings,
    Green,
    Hours,
    Part,
    Pauses,
    PersonSettings,
    Phrases,
    Quotas,
    Retention,
    Voice,
    Waits,
    Words,
    usual,
)
from .rehearsed_day import Rehearsal


# Places.


class Zone(Part, frozen=True, kw_only=True, omit_defaults=True):
    """A zone of the hall (专区) and where it is."""

    zone: Slug
    name: Words
    place: Words


class Floor(Part, frozen=True, kw_only=True, omit_defaults=True):
    """A floor of the hall from above: rows of zones, each from left to right."""

    rows: list[list[str]]
    name: Words | None = None


class Queue(Part, frozen=True, kw_only=True, omit_defaults=True):
    """A queue (队列), whose tickets are called by one letter and a range of numbers."""

    queue: Slug
    zone: Slug
    letter: Letter
    name: Words
    first_number: Number = 1
    last_number: Number = 999
    daily_quota: Count = 0
    """Tickets in a day; 0: no quota."""


class Window(Part, frozen=True, kw_only=True, omit_defaults=True):
    """A window (窗口) and what it serves, primary queues first."""

    window: str
    zone: str
    skills: list[Skill]
    name: Words | None = None


class Department(Part, frozen=True, kw_only=True, omit_defaults=True):
    """A department that answers for items. Its Chinese name is its id."""

    department: str
    name: Words


class Item(Part, frozen=True, kw_only=True, omit_defaults=True):
    """An item (事项) that citizens come for."""

    item: str
    name: str
    department: str
    zone: str
    queue: str
    minutes: float
    """Usual minutes at the window."""
    kind: str
    """即办 (done at once) or 承诺 (done within a promised time)."""
    aliases: list[str] = usual()
    """What citizens call it."""
    materials: list[str] = usual()
    name_en: str = ""


# The whole.


class HallProfile(Part, frozen=True, kw_only=True, omit_defaults=True):
    """Everything a hall's office says about its hall."""

    hall: str
    name: Words
    timezone: str = "Asia/Shanghai"
    accent: Accent = "#0B5CAD"
    hours: Hours
    zones: list[Zone]
    floors: list[Floor] = usual()
    """The floor plan; without one ``floors_of`` makes it from the zones' order."""
    queues: list[Queue]
    departments: list[Department]
    windows: list[Window]
    """In the order of their numbers."""
    items: list[Item]
    help_desk: Words
    """Where the help desk is."""
    credits: Credits = Credits()
    appointments: Appointments = Appointments()
    calls: Calls = Calls()
    pauses: Pauses = Pauses()
    waits: Waits = Waits()
    quotas: Quotas = Quotas()
    green: Green = Green()
    phrases: Phrases = Phrases()
    evaluation: EvaluationSettings = EvaluationSettings()
    voice: Voice = Voice()
    persons: PersonSettings = PersonSettings()
    retention: Retention = Retention()
    rehearsal: Rehearsal = Rehearsal()
    revision: str = ""
    """Content hash of all the rest."""


def floors_of(profile: HallProfile) -> list[Floor]:
    """Return the hall's floor plan: as it is given, or one row of all its zones."""
    return profile.floors or [Floor(rows=[[zone.zone for zone in profile.zones]])]


def with_revision(profile: HallProfile) -> HallProfile:
    """Return the profile with its revision, which depends on its content alone."""
    bare = msgspec.structs.replace(profile, revision="")
    digest = hashlib.sha256(serialize_profile(bare)).hexdigest()
    return msgspec.structs.replace(bare, revision=digest[:16])


def serialize_profile(profile: HallProfile) -> bytes:
    """Return the profile as bytes, the same for the same content."""
    plain = _without_defaults(msgspec.to_builtins(profile))
    return msgspec.msgpack.encode(plain, order="deterministic")


def parse_profile(content: bytes) -> HallProfile:
    """Read back what ``serialize_profile`` wrote.

    Raises:
        msgspec.ValidationError: the bytes are no profile.
    """
    return msgspec.msgpack.decode(content, type=HallProfile)


def _without_defaults(plain: Any) -> Any:
    """Leave out parts that are empty because all their fields have their defaults."""
    if isinstance(plain, list):
        return [_without_defaults(one) for one in plain]
    if isinstance(plain, dict):
        kept = {key: _without_defaults(value) for key, value in plain.items()}
        return {key: value for key, value in kept.items() if value != {}}
    return plain
