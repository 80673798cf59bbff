"""A house of two halls, with everybody who works in either."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

import aiohttp

from queue_core.access.roles import DEVICE_KINDS, ROLES
from tests.open_house import (
    CIVIL,
    Caller,
    Clerk,
    HandClock,
    OpenHouse,
    cheap_passwords,
)
from yihao.house import running_house
from yihao.settings import Settings
from yihao.soak.townships import PROFILE, instant, profile_named


OTHER = "othertown"


class Victim(NamedTuple):
    """What a hall has that is nobody's business in the other one."""

    hall: OpenHouse
    clerk: Clerk
    known: dict[str, str]
    """What stands in addresses: ticket, service, account, device, notice, …"""
    secret: str
    """Of the ticket."""


class TwoHalls(NamedTuple):
    """The hall that is attacked, and those who work in the other one."""

    victim: Victim
    foreign: dict[str, Caller]
    """Role or kind of device → somebody of the other hall."""


@asynccontextmanager
async def two_halls(data: Path) -> AsyncIterator[TwoHalls]:
    """Open the house, its days open, with a ticket served and one waiting."""
    folders = [profile_named(hall, data / hall) for hall in (PROFILE, OTHER)]
    told = Settings(halls=tuple(folders), data=data / "data", port=0, link_port=0)
    clock = HandClock(instant(9))
    async with (
        running_house(told, clock=clock, passwords=cheap_passwords()) as running,
        aiohttp.ClientSession(running.address) as http,
    ):
        house = OpenHouse(running, clock, http)
        await house.day_state(1)
        victim = await victim_in(house)
        other = OpenHouse(running, clock, http)
        other.hall, other.path = running.house.hall(OTHER), f"/api/halls/{OTHER}"
        await other.day_state(1)
        foreign: dict[str, Caller] = {}
        for role in ROLES:
            foreign[role] = await other.caller(role, f"{role}-elsewhere")
        for kind in DEVICE_KINDS:
            foreign[kind] = await other.device(kind, "1")
        yield TwoHalls(victim, foreign)


async def victim_in(house: OpenHouse) -> Victim:
    """Let the hall work a little: one is served, another waits, a notice hangs."""
    clerk = await house.clerk_at("1", "clerk")
    for role in ROLES:
        if role != "clerk":
            await house.staff(role)
    await house.number()
    taken: dict[str, Any] = {}
    await clerk.does("call-next")
    await clerk.does("start")
    done = await clerk.does("complete", {"outcome": "done"})
    taken = await house.number(CIVIL)
    manager = await house.caller("manager", "manager-2")
    notice = await manager.post(f"{house.path}/notices", {"zh": "请带好随身物品"})
    assert notice.status in {200, 201}, notice
    await house.device("sign", "1")
    devices = await house.house.accounts.devices.of_hall(house.hall.hall)
    known = {
        "hall": house.hall.hall,
        "window": "1",
        "item": CIVIL,
        "ticket": str(taken["ticket"]),
        "service": str(done.says["service"]),
        "notice": str(notice.says["notice"]),
        "account": "manager",
        "device": devices[0].device,
    }
    return Victim(house, clerk, known, str(taken["secret"]))
