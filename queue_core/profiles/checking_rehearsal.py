"""Check the rehearsal's section, or make one for a profile that has none."""

from __future__ import annotations

import math

import msgspec

from .checking_places import check_known, check_once
from .faults import FaultList, Path
from .hall_file import HallFile
from .profile import Item, Window
from .ranges import RangeFault, windows_in
from .rehearsed_day import Rehearsal, RehearsalZone


USUAL_CV = 0.8
"""Measured service times of halls vary by .45 to 1.0 of their mean."""
USUALLY_STAFFED = 0.4
"""About two windows in five were open in the halls that the defaults come from."""


def rehearsal_of(
    hall: HallFile, items: list[Item], windows: list[Window], faults: FaultList
) -> Rehearsal:
    """Return the rehearsal with its windows written out, complete in any case."""
    if hall.rehearsal is None:
        return Rehearsal(zones=_assumed_zones(items, windows))
    zones = [
        _zone(("rehearsal", "zones", place), zone, items, windows, faults)
        for place, zone in enumerate(hall.rehearsal.zones)
    ]
    _check_zones(hall, zones, items, faults)
    _check_weights(hall.rehearsal, faults)
    return msgspec.structs.replace(hall.rehearsal, zones=zones)


def _zone(
    path: Path,
    zone: RehearsalZone,
    items: list[Item],
    windows: list[Window],
    faults: FaultList,
) -> RehearsalZone:
    staffed: list[str] = []
    for place, text in enumerate(zone.staffed):
        try:
            staffed += windows_in(text) if text else []
        except RangeFault as fault:
            faults.add((*path, "staffed", place), fault.en, fault.zh)
    here = {window.window: window for window in windows if window.zone == zone.zone}
    for window in staffed:
        if here and window not in here:
            en = f"window {window} is not in zone {zone.zone}"
            faults.add((*path, "staffed"), en, f"专区 {zone.zone} 没有 {window} 号窗口")
    served = {
        skill.queue
        for window in staffed
        if window in here
        for skill in here[window].skills
    }
    wanted = {item.queue for item in items if item.zone == zone.zone and item.queue}
    for queue in sorted(wanted - served if here else ()):
        en = f"no staffed window serves queue {queue}"
        faults.add((*path, "staffed"), en, f"开放的窗口都不办理队列 {queue}")
    return msgspec.structs.replace(zone, staffed=list(dict.fromkeys(staffed)))


def _check_zones(
    hall: HallFile, zones: list[RehearsalZone], items: list[Item], faults: FaultList
) -> None:
    path: Path = ("rehearsal", "zones")
    check_once(path, "zone", (zone.zone for zone in zones), faults)
    known = {zone.zone for zone in hall.zones}
    for place, rehearsed_zone in enumerate(zones):
        check_known((*path, place, "zone"), rehearsed_zone.zone, known, faults)
    rehearsed = {zone.zone for zone in zones}
    for zone in hall.zones:
        has_items = any(item.zone == zone.zone for item in items)
        if zone.zone and has_items and zone.zone not in rehearsed:
            en = f"zone {zone.zone} has no row here"
            faults.add(path, en, f"缺少专区 {zone.zone} 的一行")
    total = sum(zone.share_percent for zone in zones)
    if zones and not math.isclose(total, 100, abs_tol=1):
        en = f"the shares of the zones add up to {total:g}, not to 100"
        faults.add(path, en, f"各专区占比之和为 {total:g}，应为 100")


def _check_weights(rehearsal: Rehearsal, faults: FaultList) -> None:
    for key, weights in (
        ("half_hour_percents", rehearsal.half_hour_percents),
        ("weekday_factors", rehearsal.weekday_factors),
        ("grade_weights", list(rehearsal.grade_weights.values())),
    ):
        if not sum(weights) > 0:
            en = "must hold numbers that add up to more than 0"
            faults.add(("rehearsal", key), en, "各数之和应大于 0")


def _assumed_zones(items: list[Item], windows: list[Window]) -> list[RehearsalZone]:
    """Give every zone with items a share by its windows and the items' mean minutes."""
    zones = dict.fromkeys(item.zone for item in items)
    counts = {zone: sum(window.zone == zone for window in windows) for zone in zones}
    total = sum(counts.values()) or 1
    return [
        RehearsalZone(
            zone=zone,
            share_percent=100 * counts[zone] / total,
            mean_minutes=_mean_minutes(zone, items),
            cv=USUAL_CV,
            staffed=_assumed_staff(zone, items, windows),
        )
        for zone in zones
    ]


def _mean_minutes(zone: str, items: list[Item]) -> float:
    minutes = [item.minutes for item in items if item.zone == zone]
    return sum(minutes) / len(minutes)


def _assumed_staff(zone: str, items: list[Item], windows: list[Window]) -> list[str]:
    """Return windows that serve every queue of the zone, then others by number."""
    here = [window for window in windows if window.zone == zone]
    missing = {item.queue for item in items if item.zone == zone}
    staffed: list[str] = []
    for window in here:
        queues = {skill.queue for skill in window.skills}
        if queues & missing:
            staffed.append(window.window)
            missing -= queues
    wanted = math.ceil(len(here) * USUALLY_STAFFED)
    others = [one.window for one in here if one.window not in staffed]
    return [*staffed, *others[: max(0, wanted - len(staffed))]]
