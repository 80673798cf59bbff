"""Every event that the house can record is caused by somebody over HTTP."""

from __future__ import annotations

import shutil
from pathlib import Path

from queue_core.events import Event
from queue_core.log.event_names import EVENT_NAMES
from queue_core.profiles.catalog import shipped_profile_dir
from tests.open_house import (
    CIVIL,
    INSURANCE,
    MINUTE,
    MONDAY,
    Caller,
    OpenHouse,
    open_house,
)


async def test_the_whole_life_of_a_hall_and_its_tickets(tmp_path: Path) -> None:
    folder = tmp_path / "township"
    shutil.copytree(shipped_profile_dir("township"), folder)
    async with open_house(tmp_path / "data", folder=folder) as house:
        await a_missed_ticket_comes_back(house)
        await a_citizen_leaves_the_line(house)
        await a_visit_goes_from_window_to_window(house)
        await the_profile_changes(house, folder / "hall.toml")
        await a_person_is_erased(house)
        await the_day_ends(house)
        await house.day_sealed(MONDAY)
        await house.house.audit.move()

        recorded = {type(one.event) for one in house.house.log.read_all(0, 1000)}

    assert names(recorded) == names(set(EVENT_NAMES))


def names(events: set[type[Event]]) -> list[str]:
    """Return the names under which events are stored, sorted."""
    return sorted(EVENT_NAMES[event][0] for event in events)


async def a_missed_ticket_comes_back(house: OpenHouse) -> None:
    """Open a window, call, call again, miss, undo, miss, call again, and cancel."""
    clerk = await house.clerk_at("1", "li.na")
    holder, taken = await house.holder()
    await clerk.does("call-next")
    await clerk.does("recall")
    await clerk.does("no-show", {"reason": "无人"})
    assert (await clerk.does("undo")).says["ticket"]["state"] == "called"
    await clerk.does("no-show", {"reason": "无人"})
    house.clock.pass_by(2 * MINUTE)
    back = await clerk.does("call-next")
    assert back.says["ticket"]["ticket"] == taken["ticket"]
    cancelled = await holder.post(f"/api/tickets/{taken['ticket']}/cancel")
    assert cancelled.says["state"] == "ended"


async def a_citizen_leaves_the_line(house: OpenHouse) -> None:
    """Pause and resume a ticket, pin it, and tell the hall something."""
    manager = await house.caller("manager")
    holder, taken = await house.holder()
    path = f"/api/tickets/{taken['ticket']}"
    await holder.post(f"{path}/pause")
    await holder.post(f"{path}/resume")
    pin = f"{house.path}/tickets/{taken['ticket']}/pin"
    assert (await manager.post(pin, {"reason": "行动不便"})).status == 200
    told = await manager.post(f"{house.path}/notices", {"zh": "请稍候"})
    notice = f"{house.path}/notices/{told.says['notice']}"
    assert (await manager.post(f"{notice}/withdraw")).status == 200


async def a_visit_goes_from_window_to_window(house: OpenHouse) -> None:
    """Serve, hold, take back, add an item, complete a step, transfer, evaluate."""
    second = await house.clerk_at("2", "wang.fang")
    await second.does("pause", {"reason": "午休"})
    await second.does("resume")
    first = await house.clerk_at("3", "zhao.min")
    taken = await house.anyone.post(
        f"{house.path}/tickets", {"items": [INSURANCE, CIVIL], "channel": "phone"}
    )
    holder = Caller(house.http, taken.says["secret"])
    await second.does("call-next")
    await second.does("start")
    await second.does("hold", {"reason": "等待补充材料"})
    await second.does("resume-ticket", {"ticket": taken.says["ticket"]})
    await second.does("add-item", {"item": "RS003"})
    await second.does("add-item", {"item": "GF035"})
    await second.does("complete", {"outcome": "left"})
    assert (await second.does("undo")).says["ticket"]["state"] == "serving"
    step = await second.does("complete", {"outcome": "accepted"})
    given = await holder.post(
        f"/api/services/{step.says['service']}/evaluation",
        {"grade": "satisfied", "channel": "phone"},
    )
    assert given.status == 201
    house.clock.pass_by(10 * MINUTE)
    called = await first.does("call-next")
    assert called.says["ticket"]["queue"] == "civil"
    assert (await first.does("transfer", {"window": "2"})).status == 200


async def the_profile_changes(house: OpenHouse, file: Path) -> None:
    """Let the administrator adopt a changed profile during the day."""
    admin = Caller(house.http, await house.staff("administrator", hall=""))
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("announcements = 3 ", "announcements = 4 "))
    told = await admin.post(f"{house.path}/profile/adopt")
    assert told.says["changed"]


async def a_person_is_erased(house: OpenHouse) -> None:
    """Hold somebody while a complaint is open, release and erase."""
    admin = Caller(house.http, await house.staff("administrator", "registrar", ""))
    await house.number(INSURANCE, subject="11010519491231002X")
    whom = {"subject": "11010519491231002x"}
    persons = f"{house.path}/persons"
    held = await admin.post(f"{persons}/hold", {**whom, "reason": "投诉 118"})
    assert held.says["persons"] == 1
    assert (await admin.post(f"{persons}/erase", whom)).code == "person-held"
    assert (await admin.post(f"{persons}/release", whom)).says["persons"] == 1
    assert (await admin.post(f"{persons}/erase", whom)).says["persons"] == 1


async def the_day_ends(house: OpenHouse) -> None:
    """Let the day end by rule, whatever still waits."""
    hours = house.hall.live.hours
    assert hours is not None
    house.clock.move_to(hours.ends_at)
    await house.day_state(2)
