"""A small hall for drills: two queues, six windows, numbers without end."""

from __future__ import annotations

import datetime

from queue_core.values import (
    DayHours,
    HallRules,
    ItemRules,
    QueueRules,
    Session,
    Skill,
    WindowRules,
)


HALL = "drill"
HOUR = 3_600_000
FIRST_DAY = datetime.date(2026, 11, 2)
LAST_NUMBER = 10**6
WINDOWS = {"1": "A", "2": "A", "3": "A", "4": "B", "5": "B", "6": "B"}
"""Window → the queue that it serves."""

ITEMS = ("a1", "b1")

RULES = HallRules(
    revision="drill",
    queues=[
        QueueRules(queue=queue, zone="z1", letter=queue, last_number=LAST_NUMBER)
        for queue in "AB"
    ],
    windows=[
        WindowRules(window=window, zone="z1", skills=[Skill(queue=queue)])
        for window, queue in WINDOWS.items()
    ],
    items=[
        ItemRules(item=item, queue=queue)
        for item, queue in zip(ITEMS, "AB", strict=True)
    ],
    help_desk="the door",
)


def date_after(days: int) -> str:
    """Return the date of a drill's day; 0 is the first one."""
    return (FIRST_DAY + datetime.timedelta(days)).isoformat()


def hours_of(date: str) -> DayHours:
    """Return the hours of a day, from eight to eight by UTC."""
    midnight = datetime.datetime.fromisoformat(f"{date}T00:00+00:00")
    start = int(midnight.timestamp() * 1000)
    closes_at = start + 20 * HOUR
    return DayHours(
        doors_at=start + 8 * HOUR,
        sessions=[Session(opens_at=start + 8 * HOUR, closes_at=closes_at)],
        closing_soon_at=closes_at,
        cut_off_at=closes_at,
        closes_at=closes_at,
        ends_at=start + 22 * HOUR,
    )


def ten_o_clock(date: str) -> int:
    """Return the instant at which the callers of a drill begin."""
    return hours_of(date).doors_at + 2 * HOUR
