"""Check opening hours and dates, and write date ranges out."""

from __future__ import annotations

import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import msgspec

from .faults import FaultList, Path
from .hall_file import HallFile
from .hours import session_times, with_special
from .parts import DayTimes, Hours, SpecialHours
from .ranges import RangeFault, dates_in


def check_timezone(hall: HallFile, faults: FaultList) -> None:
    """Check that the time zone is one of the IANA database."""
    try:
        ZoneInfo(hall.timezone)
    except (KeyError, ValueError, OSError):
        en = f'there is no time zone "{hall.timezone}"; China is "Asia/Shanghai"'
        zh = f"没有时区“{hall.timezone}”；中国为 Asia/Shanghai"
        faults.add(("timezone",), en, zh)


def hours_of(hours: Hours, faults: FaultList) -> Hours:
    """Return the hours with every date written out; faults for what cannot be."""
    path: Path = ("hours",)
    if not hours.sessions:
        en = "a day needs a session"
        faults.add((*path, "sessions"), en, "至少要有一个办公时段")
    before = len(faults.found)
    _check_times(path, hours, faults)
    is_sound = len(faults.found) == before
    closed = _dates((*path, "closed_dates"), hours.closed_dates, faults)
    extra = _dates((*path, "extra_open_dates"), hours.extra_open_dates, faults)
    for date in sorted(set(closed) & set(extra)):
        en = f"{date} stands among the closed dates as well"
        faults.add((*path, "extra_open_dates"), en, f"{date} 同时列为闭馆日")
    special = [
        _special((*path, "special", place), hours if is_sound else None, one, faults)
        for place, one in enumerate(hours.special)
    ]
    return msgspec.structs.replace(
        hours, closed_dates=closed, extra_open_dates=extra, special=special
    )


def _special(
    path: Path, usual: Hours | None, special: SpecialHours, faults: FaultList
) -> SpecialHours:
    if not (special.weekdays or special.dates or special.from_day):
        en = "says no day; give dates, weekdays, or from_day and until_day"
        zh = "没有写明哪些日子；请填 dates、weekdays，或 from_day 与 until_day"
        faults.add(path, en, zh)
    if special.dates and (special.weekdays or special.from_day):
        en = "give dates, or weekdays and a season, not both"
        faults.add((*path, "dates"), en, "dates 不能与 weekdays、from_day 同用")
    if bool(special.from_day) != bool(special.until_day):
        en = "from_day and until_day go together"
        faults.add(path, en, "from_day 与 until_day 须同时填写")
    for key, day in (("from_day", special.from_day), ("until_day", special.until_day)):
        if day and not _is_day_of_year(day):
            en = f'there is no day "{day}" in the calendar'
            faults.add((*path, key), en, f"日历上没有“{day}”这一天")
    if usual is not None:
        _check_times(path, with_special(usual, special), faults)
    dates = _dates((*path, "dates"), special.dates, faults)
    return msgspec.structs.replace(special, dates=dates)


def _check_times(path: Path, times: DayTimes, faults: FaultList) -> None:
    """Check that the day's times follow one another."""
    spans = [session_times(session) for session in times.sessions if session]
    for place, (opens, closes) in enumerate(spans):
        if opens >= closes:
            en = f"ends at {closes}, not after {opens}"
            faults.add((*path, "sessions", place), en, f"结束时间 {closes} 不晚于开始")
    for place, (before, after) in enumerate(pairwise(spans), start=1):
        if after[0] < before[1]:
            en = f"begins at {after[0]}, before the one above ends at {before[1]}"
            zh = f"{after[0]} 开始，早于上一时段结束的 {before[1]}"
            faults.add((*path, "sessions", place), en, zh)
    if not spans:
        return
    first, last = spans[0][0], spans[-1][1]
    if times.doors > first:
        en = f"must not be after {first}, when the first session begins"
        faults.add((*path, "doors"), en, f"不能晚于首个时段开始的 {first}")
    if times.day_ends and times.day_ends < last:
        en = f"must not be before {last}, when the last session ends"
        faults.add((*path, "day_ends"), en, f"不能早于最后时段结束的 {last}")
    cut_off = times.cut_off
    if cut_off and not (times.doors or first) < cut_off <= last:
        en = f"must be after the doors open and not after {last}, not {cut_off}"
        zh = f"应在开门之后、不晚于 {last}，现为 {cut_off}"
        faults.add((*path, "cut_off"), en, zh)


def _dates(path: Path, texts: list[str], faults: FaultList) -> list[str]:
    """Return the dates that can be read, each once."""
    dates: set[str] = set()
    for place, text in enumerate(texts):
        try:
            dates |= set(dates_in([text] if text else []))
        except RangeFault as fault:
            faults.add((*path, place), fault.en, fault.zh)
    return sorted(dates)


def _is_day_of_year(text: str) -> bool:
    try:
        datetime.date.fromisoformat(f"2024-{text}")
    except ValueError:
        return False
    return True
