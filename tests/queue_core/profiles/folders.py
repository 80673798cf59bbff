"""A small sound profile, and ways to spoil it."""

from __future__ import annotations

from pathlib import Path

from queue_core.profiles.faults import Fault
from queue_core.profiles.reading import check_profile


HALL = """\
hall = "small"
name = { zh = "小大厅", en = "Small Hall" }
help_desk = { zh = "导办台", en = "the help desk" }

[hours]
doors = "08:30"
sessions = ["09:00-12:00", "13:00-17:00"]
cut_off = "16:40"
day_ends = "18:00"
closed_dates = [2026-10-01, "2026-10-02..2026-10-07"]
extra_open_dates = ["2026-10-10"]

[[zones]]
zone = "social"
name = { zh = "社会事务", en = "Social Affairs" }
place = { zh = "一楼", en = "Floor 1" }

[[zones]]
zone = "tax"
name = { zh = "办税", en = "Tax" }
place = { zh = "二楼", en = "Floor 2" }

[[queues]]
queue = "civil"
zone = "social"
letter = "A"
name = { zh = "民政", en = "Civil Affairs" }

[[queues]]
queue = "invoices"
zone = "tax"
letter = "B"
name = { zh = "发票", en = "Invoices" }

[departments]
"民政" = "Civil Affairs"
"税务" = "Taxation"

[[windows]]
windows = "1-3"
zone = "social"
primary = ["civil"]

[[windows]]
windows = "4-6"
zone = "tax"
primary = ["invoices"]
backup = ["civil"]
"""

ITEMS = """\
code,name,department,zone,queue,aliases,minutes,kind,materials
M1,最低生活保障,民政,社会事务,民政,申请低保、办低保,20,承诺,身份证、户口簿
M2,临时救助,民政,social,civil,困难补助,15,承诺,
T1,领用发票,税务,办税,发票,买发票|领发票,8,即办,身份证
"""


def write_profile(folder: Path, hall: str = HALL, items: str | bytes = ITEMS) -> Path:
    """Write a profile into the folder."""
    (folder / "hall.toml").write_text(hall, "utf-8")
    content = items if isinstance(items, bytes) else items.encode()
    (folder / "items.csv").write_bytes(content)
    return folder


def hall_faults(folder: Path, *changes: tuple[str, str]) -> list[Fault]:
    """Return what is found when pieces of the sound hall.toml are changed."""
    hall = HALL
    for old, new in changes:
        assert hall.count(old) == 1, old
        hall = hall.replace(old, new)
    return check_profile(write_profile(folder, hall))


def item_faults(folder: Path, *changes: tuple[str, str]) -> list[Fault]:
    """Return what is found when pieces of the sound items.csv are changed."""
    items = ITEMS
    for old, new in changes:
        assert items.count(old) == 1, old
        items = items.replace(old, new)
    return check_profile(write_profile(folder, items=items))


def line_of(text: str, piece: str) -> int:
    """Return the line, from 1, in which the piece stands."""
    return text[: text.index(piece)].count("\n") + 1


def seen(faults: list[Fault]) -> list[tuple[str, int, str]]:
    """Return the places of faults, without their words."""
    return [(fault.file, fault.line, fault.field) for fault in faults]
