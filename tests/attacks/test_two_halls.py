"""Those who work in one hall try everything that belongs to the other one.

Every route of the house is tried, by the table of routes: a new one is tried as well.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from displays.link.client import TopicRefused
from displays.link.follower import follow
from queue_core.access import roles
from queue_core.interface.routes import Route
from tests.open_house import CIVIL, MONDAY, Caller, Told
from yihao.house import ROUTES

from .two_halls import OTHER, TwoHalls, two_halls


FITTING: dict[str, dict[str, Any]] = {
    "change_role": {"role": "clerk"},
    "change_password": {"password": "long enough 1"},
    "evaluate": {"grade": "satisfied", "channel": "pad"},
}
"""Routes whose hall is known only when the request has been read → what fits."""

CLOSED = [route for route in ROUTES if not roles.is_open(route.right)]
ABOUT_SOMETHING = [route for route in CLOSED if route.parameters]
HOUSE_WIDE = {
    *("show_session", "sign_out", "show_second_factor", "begin_second_factor"),
    *("confirm_second_factor", "remove_second_factor"),
}
"""Routes about the caller himself."""

OF_A_WHOLE_HOUSE = {"list_accounts", "add_account", "show_audit", "audit_sheet"}
"""Routes about no hall in the address; what they give away is looked at below."""


@pytest.fixture(scope="module")
async def halls(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[TwoHalls]:
    async with two_halls(tmp_path_factory.mktemp("two-halls")) as opened:
        yield opened


def test_every_route_that_is_not_open_is_tried_or_named_here() -> None:
    tried = {route.name for route in ABOUT_SOMETHING}

    assert {route.name for route in CLOSED} == tried | HOUSE_WIDE | OF_A_WHOLE_HOUSE


@pytest.mark.parametrize("route", ABOUT_SOMETHING, ids=lambda route: route.name)
async def test_nobody_of_another_hall_is_let_in(
    halls: TwoHalls, route: Route[object, object, object]
) -> None:
    path = route.path.format(**halls.victim.known)
    version = halls.victim.hall.hall.live.version

    told = {who: await ask(one, route, path) for who, one in halls.foreign.items()}

    let_in = {who: one for who, one in told.items() if one.status not in {401, 403}}
    assert let_in == {}
    assert halls.victim.hall.hall.live.version == version


async def ask(caller: Caller, route: Route[object, object, object], path: str) -> Told:
    """Call a route with what fits it."""
    if route.method == "GET":
        return await caller.get(path)
    if route.method == "DELETE":
        return await caller.delete(path)
    return await caller.post(path, FITTING.get(route.name))


async def test_an_administrator_of_one_hall_manages_its_accounts_alone(
    halls: TwoHalls,
) -> None:
    admin = halls.foreign["administrator"]
    new = {"account": "spy", "name": "某", "password": "long enough 1"}

    listed = await admin.get("/api/accounts")
    for_all = await admin.post(
        "/api/accounts", {**new, "role": "administrator", "hall": ""}
    )
    for_other = await admin.post(
        "/api/accounts",
        {**new, "role": "clerk", "hall": halls.victim.known["hall"]},
    )
    own = await admin.post("/api/accounts", {**new, "role": "clerk", "hall": OTHER})

    assert {one["hall"] for one in listed.says["accounts"]} == {OTHER}
    assert [one.status for one in (for_all, for_other, own)] == [403, 403, 201]


async def test_an_auditor_of_one_hall_reads_that_halls_audit_alone(
    halls: TwoHalls,
) -> None:
    auditor, hall = halls.foreign["auditor"], halls.victim.known["hall"]

    own = await auditor.get("/api/audit", first=MONDAY)
    other = await auditor.get("/api/audit", first=MONDAY, hall=hall)
    house = await auditor.get("/api/audit/sheet", first=MONDAY, hall="house")

    assert {one["hall"] for one in own.says["lines"]} <= {OTHER}
    assert [other.status, house.status] == [403, 403]


async def test_a_kiosk_and_a_help_desk_give_numbers_in_their_own_hall_only(
    halls: TwoHalls,
) -> None:
    path = f"{halls.victim.hall.path}/tickets"
    kiosk, desk = halls.foreign["kiosk"], halls.foreign["help-desk"]

    told = [
        await kiosk.post(path, {"item": CIVIL, "channel": "kiosk"}),
        await desk.post(path, {"item": CIVIL, "channel": "help-desk"}),
        await halls.victim.hall.anyone.post(path, {"item": CIVIL, "channel": "kiosk"}),
        await halls.foreign["pad"].post(path, {"item": CIVIL, "channel": "kiosk"}),
    ]

    assert [one.status for one in told] == [403, 403, 401, 403]


@pytest.mark.parametrize("topic", ["window", "console", "manager", "ticket"])
async def test_nobody_of_another_hall_hears_of_anything(
    halls: TwoHalls, topic: str
) -> None:
    known = halls.victim.known
    names = {
        "window": f"window/{known['hall']}/1",
        "console": f"console/{known['hall']}/1",
        "manager": f"manager/{known['hall']}",
        "ticket": f"ticket/{known['ticket']}",
    }
    link = halls.victim.hall.house.link("127.0.0.1")

    told = {
        who: await hears(link, names[topic], caller.token)
        for who, caller in halls.foreign.items()
    }

    assert told == dict.fromkeys(told, "not-allowed")


async def test_a_board_hears_no_console_and_no_manager(halls: TwoHalls) -> None:
    hall = halls.victim.known["hall"]
    link = halls.victim.hall.house.link("127.0.0.1")
    sign = await halls.victim.hall.device("sign", "2")

    told = [
        await hears(link, f"console/{hall}/1", ""),
        await hears(link, f"manager/{hall}", ""),
        await hears(link, f"window/{hall}/1", ""),
        await hears(link, f"window/{hall}/1", sign.token),
        await hears(link, f"console/{hall}/2", sign.token),
        await hears(link, f"board/{hall}", ""),
    ]

    assert told == [*["not-signed-in"] * 3, *["not-allowed"] * 2, ""]


async def hears(link: str, topic: str, token: str) -> str:
    """Ask for a topic, and return the code with which it is refused."""
    async with asyncio.timeout(30), follow(link, [topic], token=token) as asked:
        async for told in asked:
            return told.code if isinstance(told, TopicRefused) else ""
    raise AssertionError(f"{topic} was neither told nor refused")
