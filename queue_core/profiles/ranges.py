"""Ranges as a hall's office writes them: windows "1-4, 7" and dates "…-01..…-07"."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable


MOST_WINDOWS = 2000
MOST_DAYS = 400

ONE_RANGE = re.compile(r"^([A-Za-z]*)([0-9]+)(?:\s*-\s*([A-Za-z]*)([0-9]+))?$")


class RangeFault(ValueError):
    """A range that cannot be meant; carries the reason in English and in Chinese."""

    def __init__(self, en: str, zh: str) -> None:
        self.en, self.zh = en, zh
        super().__init__(en)


def windows_in(text: str) -> list[str]:
    """Return the windows of "1-4, 7" in order; "S1-S3" and "01-12" work as well.

    Raises:
        RangeFault: a range runs backwards, mixes letters or is far too long.
    """
    windows: list[str] = []
    for part in re.split(r"[,，、]", text):
        windows += _windows_of(part.strip())
    return windows


def _windows_of(part: str) -> list[str]:
    match = ONE_RANGE.match(part)
    if match is None:
        raise RangeFault(f'"{part}" is no window', f"“{part}”不是窗口号")
    prefix, first, last_prefix, last = match.groups()
    if last is None:
        return [part]
    if last_prefix not in ("", prefix):
        raise RangeFault(
            f'"{part}" begins and ends with different letters',
            f"“{part}”首尾字母不同",
        )
    numbers = range(int(first), int(last) + 1)
    if not numbers:
        raise RangeFault(f'"{part}" runs backwards', f"“{part}”起止颠倒")
    if len(numbers) > MOST_WINDOWS:
        raise RangeFault(
            f'"{part}" holds more than {MOST_WINDOWS} windows',
            f"“{part}”超过 {MOST_WINDOWS} 个窗口",
        )
    width = len(first) if first.startswith("0") else 0
    return [f"{prefix}{number:0{width}d}" for number in numbers]


def window_order(window: str) -> tuple[str, int, str]:
    """Sort windows as people number them: 2 before 10, S1 before S2."""
    letters = window.rstrip("0123456789")
    digits = window[len(letters) :]
    return letters, int(digits) if digits else 0, window


def dates_in(texts: Iterable[str]) -> list[str]:
    """Return every date of dates and date ranges, sorted, each once.

    Raises:
        RangeFault: a date is not in the calendar, or a range cannot be meant.
    """
    return sorted({date for text in texts for date in _dates_of(text)})


def _dates_of(text: str) -> list[str]:
    first, *rest = (_date(part.strip()) for part in re.split(r"\.\.|至", text))
    last = rest[0] if rest else first
    days = (last - first).days
    if days < 0:
        raise RangeFault(f'"{text}" runs backwards', f"“{text}”起止颠倒")
    if days > MOST_DAYS:
        raise RangeFault(
            f'"{text}" is longer than {MOST_DAYS} days', f"“{text}”超过 {MOST_DAYS} 天"
        )
    return [(first + datetime.timedelta(day)).isoformat() for day in range(days + 1)]


def _date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise RangeFault(
            f'there is no date "{text}" in the calendar', f"日历上没有“{text}”这一天"
        ) from None
