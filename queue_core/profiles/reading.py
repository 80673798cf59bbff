"""Read a profile folder: the whole profile, or every fault at once.

``hall.toml`` and ``items.csv`` are read and looked at to the end before anything is
returned, so that nothing half loads and nobody mends a file fault by fault.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from .checking import check_name, check_settings, check_used, items_of
from .checking_floors import check_floors
from .checking_hours import check_timezone, hours_of
from .checking_places import check_queues, check_zones, windows_of
from .checking_rehearsal import rehearsal_of
from .faults import Fault, FaultList, ProfileFaults
from .fitting import Fitter
from .hall_file import HallFile
from .items_file import FILE as ITEMS_FILE
from .items_file import ItemRow, read_rows
from .parts import Words
from .profile import Department, HallProfile, with_revision
from .texts import content_of, decoded
from .toml_lines import key_lines


__all__ = ["Fault", "ProfileFaults", "check_profile", "read_profile"]

HALL_FILE = "hall.toml"

LARGEST_HALL_FILE = 1024 * 1024
"""Thirty times the file of a large hall."""

MOST_SYNTAX_FAULTS = 20

LONG_KEY = re.compile(
    r"""(?<![\w.'"-])(?:(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*){16}"""
)
"""A key of so many parts that reading it takes the square of them in time."""

TOML_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def read_profile(folder: Path | str) -> HallProfile:
    """Return the profile in the folder.

    Raises:
        ProfileFaults: with every fault of both files; advice alone raises nothing.
    """
    profile, faults = _read(Path(folder))
    errors = [fault for fault in faults if not fault.advice]
    if profile is None or errors:
        raise ProfileFaults(errors)
    return profile


def check_profile(folder: Path | str) -> list[Fault]:
    """Return every fault and all advice, in the order of files and lines."""
    return _read(Path(folder))[1]


def _read(folder: Path) -> tuple[HallProfile | None, list[Fault]]:
    if not folder.is_dir():
        en = "is not a folder with a hall.toml and an items.csv"
        zh = "不是含有 hall.toml 和 items.csv 的文件夹"
        return None, [Fault(str(folder), 0, "", en, zh)]
    item_faults = FaultList(ITEMS_FILE)
    content = content_of(folder / ITEMS_FILE, item_faults)
    rows = read_rows(content, item_faults) if content is not None else []
    hall, hall_faults = _read_hall(folder / HALL_FILE)
    profile = _checked(hall, rows, hall_faults, item_faults) if hall else None
    return profile, sorted({*hall_faults.found, *item_faults.found})


def _read_hall(path: Path) -> tuple[HallFile | None, FaultList]:
    faults = FaultList(HALL_FILE)
    content = content_of(path, faults, LARGEST_HALL_FILE)
    text = decoded(content, faults) if content is not None else None
    if text is None:
        return None, faults
    table = _parsed(text, faults)
    if table is None:
        return None, faults
    placed = FaultList(HALL_FILE, key_lines(text))
    placed.found += faults.found
    return Fitter(placed).fit(HallFile, table), placed


def _parsed(text: str, faults: FaultList) -> dict[str, Any] | None:
    """Parse the TOML text, or note its faults of syntax.

    ``tomllib`` stops at the first; a faulty line is left out and the rest read again.
    """
    if long := LONG_KEY.search(text):
        line = text.count("\n", 0, long.start()) + 1
        en = "holds a key of far too many parts"
        faults.add_at(line, "", en, "键名的层级过多")
        return None
    table = None
    lines = text.split("\n")
    for _ in range(MOST_SYNTAX_FAULTS):
        try:
            table = tomllib.loads("\n".join(lines))
            break
        except tomllib.TOMLDecodeError as fault:
            line, message = _toml_place(str(fault))
        except (ValueError, RecursionError):
            line, message = 0, "holds a number or a nesting far too large"
        en = f"is not TOML: {message}"
        faults.add_at(line, "", en, f"不符合 TOML 语法：{message}")
        if not line:
            break
        lines[line - 1] = ""
    return None if any(not fault.advice for fault in faults.found) else table


def _toml_place(message: str) -> tuple[int, str]:
    """Return the line of a syntax fault (0: the end of the file) and its words."""
    match = TOML_PLACE.search(message)
    if match is None:
        return 0, message
    words = message[: match.start()]
    words = words[:1].lower() + words[1:]
    if match.group(1) is None:
        return 0, f"{words} at the end of the file"
    return int(match.group(1)), words


def _checked(
    hall: HallFile,
    rows: list[ItemRow],
    hall_faults: FaultList,
    item_faults: FaultList,
) -> HallProfile | None:
    """Look at everything; return the profile if there are no faults."""
    for check in (check_name, check_timezone, check_zones, check_floors, check_queues):
        check(hall, hall_faults)
    hours = hours_of(hall.hours, hall_faults)
    windows = windows_of(hall, hall_faults)
    items = items_of(rows, hall, windows, item_faults)
    check_settings(hall, items, hall_faults)
    check_used(hall, items, windows, hall_faults)
    rehearsal = rehearsal_of(hall, items, windows, hall_faults)
    if any(not one.advice for one in hall_faults.found + item_faults.found):
        return None
    return with_revision(
        HallProfile(
            hall=hall.hall,
            name=hall.name,
            timezone=hall.timezone,
            accent=hall.accent,
            hours=hours,
            zones=hall.zones,
            floors=hall.floors,
            queues=hall.queues,
            departments=_departments(hall),
            windows=windows,
            items=items,
            help_desk=hall.help_desk,
            credits=hall.credits,
            appointments=hall.appointments,
            calls=hall.calls,
            pauses=hall.pauses,
            waits=hall.waits,
            quotas=hall.quotas,
            green=hall.green,
            phrases=hall.phrases,
            evaluation=hall.evaluation,
            voice=hall.voice,
            persons=hall.persons,
            retention=hall.retention,
            rehearsal=rehearsal,
        )
    )


def _departments(hall: HallFile) -> list[Department]:
    return [
        Department(department=zh, name=Words(zh=zh, en=en))
        for zh, en in hall.departments.items()
    ]
