"""When a hall is open: local times of the profile turned into instants of one day.

Dates are ``YYYY-MM-DD`` in the hall's own time zone, so a business day and its number
series begin at local midnight.
"""

from __future__ import annotations

import datetime
import re
from zoneinfo import ZoneInfo

from queue_core.values import DayHours, Session

from .parts import DayTimes, Hours, SpecialHours
from .profile import HallProfile


WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LONGEST_CLOSURE = 400
"""Days after which a search for the next open day is given up."""


def day_hours(profile: HallProfile, date: str) -> DayHours:
    """Return the instants of a business day, as if the hall were open on it."""
    times = times_on(profile.hours, date)
    sessions = [
        Session(
            opens_at=_instant(profile, date, opens),
            closes_at=_instant(profile, date, closes),
        )
        for opens, closes in map(session_times, times.sessions)
    ]
    doors_at = _instant(profile, date, times.doors)
    cut_off_at = _instant(profile, date, times.cut_off)
    closes_at = sessions[-1].closes_at
    closing_soon_at = closes_at - times.closing_soon_minutes * 60_000
    return DayHours(
        doors_at=doors_at,
        sessions=sessions,
        closing_soon_at=min(max(closing_soon_at, doors_at), cut_off_at),
        cut_off_at=cut_off_at,
        closes_at=closes_at,
        ends_at=_instant(profile, date, times.day_ends),
    )


def is_open_day(profile: HallProfile, date: str) -> bool:
    """Tell whether the hall does business on the date."""
    hours = profile.hours
    if date in hours.extra_open_dates:
        return True
    return date not in hours.closed_dates and _weekday(date) in hours.open_weekdays


def next_open_day(profile: HallProfile, from_date: str) -> str | None:
    """Return the first open day after ``from_date``, or None if there is none soon."""
    day = datetime.date.fromisoformat(from_date)
    for _ in range(LONGEST_CLOSURE):
        day += datetime.timedelta(days=1)
        if is_open_day(profile, day.isoformat()):
            return day.isoformat()
    return None


def business_date(profile: HallProfile, at: int) -> str:
    """Return the local date of an instant."""
    return _local(profile, at).date().isoformat()


def clock_text(profile: HallProfile, at: int) -> str:
    """Return the local time of an instant, such as ``09:05``."""
    return f"{_local(profile, at):%H:%M}"


def utc_offset_minutes(profile: HallProfile, at: int) -> int:
    """Return how far the hall's time is ahead of UTC at an instant."""
    ahead = _local(profile, at).utcoffset() or datetime.timedelta()
    return round(ahead.total_seconds() / 60)


# Local times.


def times_on(hours: Hours, date: str) -> DayTimes:
    """Return the day's local times: the first special hours that fit, or the usual."""
    for special in hours.special:
        if _fits(special, date):
            return with_special(hours, special)
    return hours


def with_special(hours: Hours, special: SpecialHours) -> DayTimes:
    """Return the usual times with those of the special hours put in."""
    soon = special.closing_soon_minutes
    return DayTimes(
        doors=special.doors or hours.doors,
        sessions=special.sessions or hours.sessions,
        cut_off=special.cut_off or hours.cut_off,
        day_ends=special.day_ends or hours.day_ends,
        closing_soon_minutes=hours.closing_soon_minutes if soon is None else soon,
    )


def session_times(text: str) -> tuple[str, str]:
    """Return the two times of ``09:00-12:00``."""
    opens, closes = re.findall(r"[0-9]{2}:[0-9]{2}", text)
    return opens, closes


def _fits(special: SpecialHours, date: str) -> bool:
    if special.dates:
        return date in special.dates
    if special.weekdays and _weekday(date) not in special.weekdays:
        return False
    first, last, day = special.from_day, special.until_day, date[5:]
    if not first:
        return bool(special.weekdays)
    if first <= last:
        return first <= day <= last
    return day >= first or day <= last


def _weekday(date: str) -> str:
    return WEEKDAYS[datetime.date.fromisoformat(date).weekday()]


def _instant(profile: HallProfile, date: str, time: str) -> int:
    zone = ZoneInfo(profile.timezone)
    local = datetime.datetime.fromisoformat(f"{date}T{time}").replace(tzinfo=zone)
    return int(local.timestamp()) * 1000


def _local(profile: HallProfile, at: int) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(at / 1000, ZoneInfo(profile.timezone))
