"""The words of one hall in one language: what ids are called on paper and screens.

Labels never travel with events; a reader gets them beside the stream. An id that the
profile no longer knows stands for itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from queue_core.profiles.parts import Words
from queue_core.profiles.profile import HallProfile
from queue_core.rules.indicators import INDICATORS
from queue_core.values import Language


QUARTER_MS = 900_000
"""Clocks are put forward and back at a quarter of an hour, never between two."""


@lru_cache(maxsize=1024)
def _utc_offset_seconds(timezone: ZoneInfo, quarter: int) -> int:
    local = datetime.fromtimestamp(quarter * QUARTER_MS // 1000, timezone)
    offset = local.utcoffset()
    return round(offset.total_seconds()) if offset else 0


def second_of_day(timezone: ZoneInfo, at: int) -> int:
    """Return the seconds since midnight of a time zone by the clock on the wall."""
    offset = _utc_offset_seconds(timezone, at // QUARTER_MS)
    return (at // 1000 + offset) % 86_400


def half_hour(timezone: ZoneInfo, at: int) -> int:
    """Return which half hour of a time zone's day the instant falls in (0–47)."""
    return second_of_day(timezone, at) // 1800


@dataclass(frozen=True)
class Labels:
    """What the hall, its zones, queues, windows, items and clerks are called."""

    language: Language
    hall: str
    timezone: ZoneInfo
    zones: Mapping[str, str] = field(default_factory=dict)
    queues: Mapping[str, str] = field(default_factory=dict)
    windows: Mapping[str, str] = field(default_factory=dict)
    items: Mapping[str, str] = field(default_factory=dict)
    departments: Mapping[str, str] = field(default_factory=dict)
    item_minutes: Mapping[str, float] = field(default_factory=dict)
    indicators: Mapping[str, str] = field(default_factory=dict)
    clerks: Mapping[str, str] = field(default_factory=dict)

    def zone(self, zone: str) -> str:
        """Return the zone's name."""
        return self.zones.get(zone, zone)

    def queue(self, queue: str) -> str:
        """Return the queue's name."""
        return self.queues.get(queue, queue)

    def window(self, window: str) -> str:
        """Return the window as a citizen would say it: ``3 号窗口``, ``window 3``."""
        number = f"{window} 号窗口" if self.language == "zh" else f"window {window}"
        # A name alone would not tell apart the windows that share it.
        named = self.windows.get(window)
        return f"{number} {named}" if named else number

    def item(self, item: str) -> str:
        """Return the item's name."""
        return self.items.get(item, item)

    def department(self, department: str) -> str:
        """Return the department's name; a dash where an item has none."""
        return self.departments.get(department, department) or "–"

    def item_list(self, items: list[str]) -> str:
        """Return the names of several items as one phrase."""
        return ("、" if self.language == "zh" else ", ").join(map(self.item, items))

    def indicator(self, code: str) -> str:
        """Return the wording of an evaluation's indicator."""
        return self.indicators.get(code, code)

    def clerk(self, clerk: str) -> str:
        """Return the clerk's name, or the account where no name is known."""
        return self.clerks.get(clerk, clerk)

    # Local time.

    def local(self, at: int) -> datetime:
        """Return the instant on the hall's own clock."""
        return datetime.fromtimestamp(at / 1000, self.timezone)

    def second_of_day(self, at: int) -> int:
        """Return the seconds since local midnight by the clock on the wall."""
        return second_of_day(self.timezone, at)

    def clock(self, at: int) -> str:
        """Return the local time to the minute, as ``09:05``."""
        minute = self.second_of_day(at) // 60
        return f"{minute // 60:02}:{minute % 60:02}"

    def clock_seconds(self, at: int) -> str:
        """Return the local time to the second, as ``09:05:31``."""
        second = self.second_of_day(at)
        return f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"

    def half_hour(self, at: int) -> int:
        """Return which half hour of the local day the instant falls in (0–47)."""
        return half_hour(self.timezone, at)

    def duration(self, seconds: float) -> str:
        """Return a length of time in words: ``6 分 20 秒``, ``6 min 20 s``."""
        minutes, rest = divmod(round(seconds), 60)
        hours, minutes = divmod(minutes, 60)
        units = ("小时", "分", "秒") if self.language == "zh" else ("h", "min", "s")
        parts = [
            f"{value} {unit}"
            for value, unit in zip((hours, minutes, rest), units, strict=True)
            if value
        ]
        return " ".join(parts[:2]) or f"0 {units[2]}"


def labels_of(profile: HallProfile, language: Language) -> Labels:
    """Return a profile's words in one language."""

    def said(words: Words) -> str:
        return words.zh if language == "zh" else words.en

    return Labels(
        language=language,
        hall=said(profile.name),
        timezone=ZoneInfo(profile.timezone),
        zones={z.zone: said(z.name) for z in profile.zones},
        queues={q.queue: said(q.name) for q in profile.queues},
        windows={w.window: said(w.name) for w in profile.windows if w.name},
        items={
            i.item: (i.name_en if language == "en" else "") or i.name
            for i in profile.items
        },
        departments={d.department: said(d.name) for d in profile.departments},
        item_minutes={i.item: i.minutes for i in profile.items},
        indicators={code: getattr(i, language) for code, i in INDICATORS.items()},
    )
