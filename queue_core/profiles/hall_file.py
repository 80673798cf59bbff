"""The shape of ``hall.toml``: as a hall's office writes it, windows in ranges.

It is the profile's own parts wherever those can be written directly; only departments
and windows have a shorter form here.
"""

from __future__ import annotations

from .kinds import Accent, Count, Slug, Text, WindowRanges
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
from .profile import Floor, Queue, Zone
from .rehearsed_day import Rehearsal


class WindowRow(Part, frozen=True, kw_only=True, omit_defaults=True):
    """Windows of one zone that serve the same queues."""

    windows: WindowRanges
    zone: Slug
    primary: list[Slug]
    backup: list[Slug] = usual()
    backup_minutes: Count = 5
    """A backup queue's ticket is taken this much later than one's own."""
    name: Words | None = None


class WindowException(Part, frozen=True, kw_only=True, omit_defaults=True):
    """Windows that differ from their row; what is not given stays as in the row."""

    windows: WindowRanges
    primary: list[Slug] | None = None
    backup: list[Slug] | None = None
    backup_minutes: Count | None = None
    name: Words | None = None


class HallFile(Part, frozen=True, kw_only=True, omit_defaults=True):
    """The whole of ``hall.toml``."""

    hall: Slug
    name: Words
    timezone: Text = "Asia/Shanghai"
    accent: Accent = "#0B5CAD"
    hours: Hours
    zones: list[Zone]
    floors: list[Floor] = usual()
    queues: list[Queue]
    departments: dict[Text, Text]
    windows: list[WindowRow]
    window_exceptions: list[WindowException] = usual()
    help_desk: Words
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
    rehearsal: Rehearsal | None = None
