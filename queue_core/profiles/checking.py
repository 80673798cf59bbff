"""Check what the two files say together: items, quotas, phrases, colour."""

from __future__ import annotations

from collections.abc import Iterable

from queue_core.log.streams import HOUSE

from .checking_places import check_once
from .faults import FaultList
from .hall_file import HallFile
from .items_file import ItemRow
from .profile import Item, Window


LEGIBLE_CONTRAST = 4.5
"""WCAG 2.2 AA for text: white letters lie on the accent colour."""


def check_name(hall: HallFile, faults: FaultList) -> None:
    """Look at the name under which a hall stands in the record."""
    if hall.hall == HOUSE:
        en = f"{HOUSE} stands in the audit for what concerns no hall in particular"
        faults.add(("hall",), en, f"{HOUSE} 在审计中指整个系统，请换一个名称")


# Items.


def items_of(
    rows: list[ItemRow], hall: HallFile, windows: list[Window], faults: FaultList
) -> list[Item]:
    """Return the items; zones and queues may be named by id or in Chinese."""
    _check_codes(rows, faults)
    zones = _by_name((zone.zone, zone.name.zh) for zone in hall.zones)
    queues = _by_name((queue.queue, queue.name.zh) for queue in hall.queues)
    departments = {name: name for name in hall.departments}
    items = []
    for row in rows:
        zone = _referred(row, "zone", row.zone, zones, faults)
        queue = _referred(row, "queue", row.queue, queues, faults)
        _referred(row, "department", row.department, departments, faults)
        _check_zone(row, zone, queue, hall, faults)
        items.append(_item(row, zone, queue))
    _check_served(rows, items, windows, faults)
    return items


def _check_codes(rows: list[ItemRow], faults: FaultList) -> None:
    seen: dict[str, int] = {}
    for row in rows:
        if row.code in seen:
            en = f"{row.code} stands in line {seen[row.code]} already"
            zh = f"{row.code} 与第 {seen[row.code]} 行重复"
            faults.add_at(row.line, "code", en, zh)
        elif row.code:
            seen[row.code] = row.line
    if not rows and not faults.found:
        faults.add_at(1, "", "there are no items", "没有事项")


def _by_name(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the ids under themselves and under their Chinese names."""
    listed = [pair for pair in pairs if pair[0]]
    return {zh: name for name, zh in listed} | {name: name for name, _ in listed}


def _referred(
    row: ItemRow, column: str, text: str, known: dict[str, str], faults: FaultList
) -> str:
    """Return the id that a cell refers to, or nothing with a fault."""
    if text and known and text not in known:
        en = f'hall.toml has no {column} "{text}"'
        faults.add_at(row.line, column, en, f"hall.toml 中没有“{text}”")
    return known.get(text, "")


def _check_zone(
    row: ItemRow, zone: str, queue: str, hall: HallFile, faults: FaultList
) -> None:
    if not zone or not queue:
        return
    belongs = next(one.zone for one in hall.queues if one.queue == queue)
    if belongs and belongs != zone:
        en = f"queue {queue} belongs to zone {belongs}, not to {zone}"
        faults.add_at(
            row.line, "queue", en, f"队列 {queue} 属于专区 {belongs}，不属于 {zone}"
        )


def _check_served(
    rows: list[ItemRow], items: list[Item], windows: list[Window], faults: FaultList
) -> None:
    """Check that some window serves every queue that items wait in."""
    served = {skill.queue for window in windows for skill in window.skills}
    told: set[str] = set()
    for row, item in zip(rows, items, strict=True):
        if item.queue and windows and item.queue not in served | told:
            count = sum(one.queue == item.queue for one in items)
            en = f"no window serves queue {item.queue}, in which {count} items wait"
            zh = f"没有窗口办理队列 {item.queue}（涉及 {count} 个事项）"
            faults.add_at(row.line, "queue", en, zh)
            told.add(item.queue)


def _item(row: ItemRow, zone: str, queue: str) -> Item:
    return Item(
        item=row.code,
        name=row.name,
        department=row.department,
        zone=zone,
        queue=queue,
        minutes=row.minutes,
        kind=row.kind,
        aliases=row.aliases,
        materials=row.materials,
        name_en=row.name_en,
    )


# The rest of the hall.


def check_settings(hall: HallFile, items: list[Item], faults: FaultList) -> None:
    """Check item quotas, phrases and the accent colour."""
    codes = {item.item for item in items}
    for code in hall.quotas.items:
        if codes and code not in codes:
            en = f'items.csv has no item "{code}"'
            faults.add(("quotas", "items", code), en, f"items.csv 中没有事项“{code}”")
    for key in ("missed", "pause", "transfer", "hold"):
        phrases = getattr(hall.phrases, key)
        if not phrases:
            en = "a clerk needs at least one reason to choose"
            faults.add(("phrases", key), en, "至少要有一条可选的理由")
        check_once(("phrases", key), "zh", (one.zh for one in phrases), faults)
    if (contrast := _contrast_with_white(hall.accent)) < LEGIBLE_CONTRAST:
        en = f"white letters on {hall.accent} are hard to read ({contrast:.1f}:1)"
        zh = f"{hall.accent} 上的白字不够清楚（{contrast:.1f}:1），请选深一些的颜色"
        faults.add(("accent",), en, zh, advice=True)


def check_used(
    hall: HallFile, items: list[Item], windows: list[Window], faults: FaultList
) -> None:
    """Advise on queues that nothing leads to."""
    wanted = {item.queue for item in items}
    for place, queue in enumerate(hall.queues):
        if items and queue.queue and queue.queue not in wanted:
            en = "no item waits in this queue"
            faults.add(
                ("queues", place, "queue"), en, "没有事项使用此队列", advice=True
            )
    open_zones = {window.zone for window in windows}
    for place, zone in enumerate(hall.zones):
        if windows and zone.zone and zone.zone not in open_zones:
            en = "this zone has no window"
            faults.add(("zones", place, "zone"), en, "此专区没有窗口", advice=True)


def _contrast_with_white(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4
        for one in channels
    ]
    luminance = sum(
        weight * one
        for weight, one in zip((0.2126, 0.7152, 0.0722), linear, strict=True)
    )
    return 1.05 / (luminance + 0.05)
