"""The hall that is measured: the shipped city hall with 125 windows, on one Monday.

Its queues have numbers up to 9999, because a run takes more in a minute than a hall
in a day; nothing else is changed.
"""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from functools import cached_property
from pathlib import Path

from queue_core.commands import HallDayCommand, OpenDay, OpenWindow
from queue_core.profiles.catalog import shipped_profile_dir
from queue_core.profiles.hours import day_hours
from queue_core.profiles.profile import HallProfile
from queue_core.profiles.reading import read_profile
from queue_core.profiles.rules import rules_of
from queue_core.values import DayHours, HallRules, WindowRules


DATE = "2026-11-02"
LETTER = re.compile(r"^letter = .*$", re.MULTILINE)


class CityHall:
    """The hall's profile, hours and rules, and the windows at which one works."""

    def __init__(self, folder: Path) -> None:
        """Read the profile in ``folder``; it is made if it is not there."""
        self.folder = folder
        if not folder.exists():
            write_profile(folder)
        self.profile: HallProfile = read_profile(folder)
        self.hours: DayHours = day_hours(self.profile, DATE)
        self.rules: HallRules = rules_of(self.profile)

    @property
    def hall(self) -> str:
        """Return the hall's id."""
        return self.profile.hall

    @property
    def nine(self) -> int:
        """Return the instant at which the first session begins."""
        return self.hours.sessions[0].opens_at

    @cached_property
    def items(self) -> dict[str, list[str]]:
        """Queue → the items it serves as often as anybody likes."""
        found: dict[str, list[str]] = defaultdict(list)
        for item in self.rules.items:
            if not item.daily_quota:
                found[item.queue].append(item.item)
        return dict(found)

    def windows(self, count: int) -> list[WindowRules]:
        """Return so many windows whose first queue serves something, zone by zone."""
        zones: dict[str, list[WindowRules]] = defaultdict(list)
        for window in self.rules.windows:
            if window.skills[0].queue in self.items:
                zones[window.zone].append(window)
        order = [
            window
            for n in range(max(map(len, zones.values())))
            for zone in zones.values()
            for window in zone[n : n + 1]
        ]
        return order[:count]

    def opening(self, windows: list[WindowRules]) -> list[HallDayCommand]:
        """Return the commands that open the day and the windows."""
        open_day = OpenDay(
            command_id="open-day",
            at=self.hours.doors_at,
            by="bench",
            date=DATE,
            hours=self.hours,
            rules=self.rules,
        )
        return [
            open_day,
            *(
                OpenWindow(
                    command_id=f"open-{window.window}",
                    at=self.nine,
                    by=clerk_of(window.window),
                    window=window.window,
                    clerk=clerk_of(window.window),
                )
                for window in windows
            ),
        ]


def clerk_of(window: str) -> str:
    """Return the account of the clerk at a window."""
    return f"clerk-{window}"


def write_profile(folder: Path) -> None:
    """Write the shipped city hall with longer series of numbers."""
    shutil.copytree(shipped_profile_dir("city"), folder)
    file = folder / "hall.toml"
    text = file.read_text(encoding="utf-8")
    # The letter stands in every queue and nowhere else.
    text = LETTER.sub(lambda found: f"{found.group()}\nlast_number = 9999", text)
    file.write_text(text, encoding="utf-8")
