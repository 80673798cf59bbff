"""Check zones, queues and windows, and write the windows' ranges out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sized

import msgspec

from queue_core.values import Skill

from .faults import FaultList, Path
from .hall_file import HallFile, WindowException, WindowRow
from .profile import Queue, Window
from .ranges import MOST_WINDOWS, RangeFault, window_order, windows_in


RESERVED_LETTERS = {"V": ("green", "绿色通道"), "Y": ("booked", "预约")}
"""Prefixes that a ticket's class puts before the queue's letter."""

CONFUSED_LETTERS = {"I": "1", "O": "0"}


def check_zones(hall: HallFile, faults: FaultList) -> None:
    """Check that there are zones, each named once, and departments."""
    if _is_empty("departments", hall.departments, faults):
        faults.add(("departments",), "a hall needs a department", "至少要有一个部门")
    if _is_empty("zones", hall.zones, faults):
        faults.add(("zones",), "a hall needs a zone", "至少要有一个专区")
    check_once(("zones",), "zone", (one.zone for one in hall.zones), faults)


def check_queues(hall: HallFile, faults: FaultList) -> None:
    """Check every queue's zone, letter and numbers."""
    if _is_empty("queues", hall.queues, faults):
        faults.add(("queues",), "a hall needs a queue", "至少要有一个队列")
    check_once(("queues",), "queue", (one.queue for one in hall.queues), faults)
    zones = {zone.zone for zone in hall.zones}
    for place, queue in enumerate(hall.queues):
        check_known(("queues", place, "zone"), queue.zone, zones, faults)
        _check_letter(("queues", place, "letter"), queue.letter, faults)
        _check_numbers(place, hall.queues, faults)


def windows_of(hall: HallFile, faults: FaultList) -> list[Window]:
    """Return every window of the hall in the order of their numbers."""
    if _is_empty("windows", hall.windows, faults):
        faults.add(("windows",), "a hall needs a window", "至少要有一个窗口")
    places: dict[str, tuple[int, WindowRow]] = {}
    for place, row in enumerate(hall.windows):
        _check_row(place, row, hall, faults)
        for window in _expanded(("windows", place, "windows"), row.windows, faults):
            if window in places:
                en = f"window {window} stands in row {places[window][0] + 1} already"
                zh = f"{window} 号窗口在第 {places[window][0] + 1} 组中已有"
                faults.add(("windows", place, "windows"), en, zh)
            else:
                places[window] = (place, row)
    exceptions = _exceptions(hall, set(places), faults)
    if len(places) > MOST_WINDOWS:
        en = f"there are more than {MOST_WINDOWS} windows"
        faults.add(("windows",), en, f"窗口超过 {MOST_WINDOWS} 个")
    return [
        _window(window, places[window][1], exceptions.get(window))
        for window in sorted(places, key=window_order)
    ]


# Queues.


def _check_letter(path: Path, letter: str, faults: FaultList) -> None:
    if letter in RESERVED_LETTERS:
        use, use_zh = RESERVED_LETTERS[letter]
        en = f"{letter} is kept for {use} tickets; choose another letter"
        faults.add(path, en, f"字母 {letter} 留作{use_zh}号票的前缀，请换一个")
    if letter in CONFUSED_LETTERS:
        digit = CONFUSED_LETTERS[letter]
        en = f"{letter} is easily read as {digit}; another letter is better"
        zh = f"字母 {letter} 容易看成数字 {digit}，建议换一个"
        faults.add(path, en, zh, advice=True)


def _check_numbers(place: int, queues: list[Queue], faults: FaultList) -> None:
    queue = queues[place]
    path: Path = ("queues", place, "last_number")
    if queue.last_number < queue.first_number:
        en = f"the last number must not be below the first, {queue.first_number}"
        faults.add(path, en, f"末号不能小于首号 {queue.first_number}")
        return
    for other in queues[:place]:
        apart = (
            other.letter != queue.letter
            or not queue.letter
            or other.last_number < queue.first_number
            or other.first_number > queue.last_number
        )
        if not apart:
            numbers = f"{other.letter}{other.first_number}-{other.last_number}"
            en = f"overlaps {numbers} of queue {other.queue}"
            zh = f"与队列 {other.queue} 的 {numbers} 重叠"
            faults.add(("queues", place, "letter"), en, zh)


# Windows.


def _check_row(place: int, row: WindowRow, hall: HallFile, faults: FaultList) -> None:
    path: Path = ("windows", place)
    check_known((*path, "zone"), row.zone, {one.zone for one in hall.zones}, faults)
    _check_skills(path, row.primary, row.backup, hall, faults)


def _check_skills(
    path: Path,
    primary: list[str],
    backup: list[str],
    hall: HallFile,
    faults: FaultList,
) -> None:
    if not primary and not backup:
        en = "these windows serve no queue"
        faults.add((*path, "primary"), en, "这些窗口没有可办理的队列")
    queues = {queue.queue for queue in hall.queues}
    seen: set[str] = set()
    for key, names in (("primary", primary), ("backup", backup)):
        for place, name in enumerate(names):
            check_known((*path, key, place), name, queues, faults)
            if name and name in seen:
                en = f"queue {name} is named twice for the same windows"
                faults.add((*path, key, place), en, f"队列 {name} 重复")
            seen.add(name)


def _exceptions(
    hall: HallFile, windows: set[str], faults: FaultList
) -> dict[str, WindowException]:
    found: dict[str, WindowException] = {}
    for place, row in enumerate(hall.window_exceptions):
        path: Path = ("window_exceptions", place)
        _check_skills(path, row.primary or [""], row.backup or [], hall, faults)
        for window in _expanded((*path, "windows"), row.windows, faults):
            if window not in windows:
                en = f"there is no window {window}"
                faults.add((*path, "windows"), en, f"没有 {window} 号窗口")
            elif window in found:
                en = f"window {window} has an exception already"
                faults.add((*path, "windows"), en, f"{window} 号窗口已有例外")
            found[window] = row
    return found


def _window(window: str, row: WindowRow, exception: WindowException | None) -> Window:
    if exception is not None:
        changed = {
            field: value
            for field in ("primary", "backup", "backup_minutes", "name")
            if (value := getattr(exception, field)) is not None
        }
        row = msgspec.structs.replace(row, **changed)
    primary = [Skill(queue=queue) for queue in row.primary]
    backup = [
        Skill(queue=queue, level="backup", offset_seconds=row.backup_minutes * 60)
        for queue in row.backup
        if queue not in row.primary
    ]
    return Window(window=window, zone=row.zone, skills=primary + backup, name=row.name)


def _expanded(path: Path, text: str, faults: FaultList) -> list[str]:
    if not text:
        return []
    try:
        return windows_in(text)
    except RangeFault as fault:
        faults.add(path, fault.en, fault.zh)
        return []


# For every table.


def _is_empty(table: str, rows: Sized, faults: FaultList) -> bool:
    """Tell whether a table is there but empty: a missing one was noted before."""
    return not rows and faults.line_of((table,)) > 0


def check_once(path: Path, field: str, names: Iterable[str], faults: FaultList) -> None:
    """Check that a name identifies one row of a table."""
    listed = list(names)
    counts = Counter(listed)
    first_at = {name: listed.index(name) for name in counts}
    for place, name in enumerate(listed):
        if name and place != first_at[name]:
            line = faults.line_of((*path, first_at[name], field))
            en = f"{name} stands in line {line} already"
            faults.add((*path, place, field), en, f"{name} 与第 {line} 行重复")


def check_known(path: Path, name: str, known: Iterable[str], faults: FaultList) -> None:
    """Check that a name refers to something the profile has."""
    names = sorted(known)
    if name and name not in names:
        shown = ", ".join(names[:12]) + (" …" if len(names) > 12 else "")
        en = f"{name} is not known; there are {shown or 'none'}"
        faults.add(path, en, f"没有“{name}”；已有：{shown or '无'}")
