"""Check the floor plan: every zone of the hall stands on it, once."""

from __future__ import annotations

from .checking_places import check_known
from .faults import FaultList, Path
from .hall_file import HallFile


def check_floors(hall: HallFile, faults: FaultList) -> None:
    """Check that the plan, where there is one, shows the zones of the hall."""
    zones = {zone.zone for zone in hall.zones}
    placed: set[str] = set()
    for number, floor in enumerate(hall.floors):
        path: Path = ("floors", number, "rows")
        if not any(floor.rows):
            faults.add(path, "a floor needs a row of zones", "每层至少要有一行专区")
        for zone in (zone for row in floor.rows for zone in row):
            check_known(path, zone, zones, faults)
            if zone in placed:
                en = f"zone {zone} stands on the plan already"
                faults.add(path, en, f"专区 {zone} 在平面图中已有")
            placed.add(zone)
    missing = [zone.zone for zone in hall.zones if zone.zone not in placed]
    if hall.floors and missing:
        names = ", ".join(missing)
        en = f"these zones stand on no floor: {names}"
        faults.add(("floors",), en, f"平面图中缺少专区：{names}")
