"""Every route against everybody: who gets in, and who is told 401 or 403.

A route without a row here fails the test, so nobody can add one and forget to say
whose it is. Whether a caller gets in is told by the status: anything but 401 and 403
(or 403 with another code than ``not-allowed``) means that the door was open to him.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import NamedTuple, cast

import pytest

from displays.link.client import TopicRefused
from displays.link.follower import follow
from queue_core.access.roles import Role
from queue_core.interface.routes import Route
from tests.open_house import CIVIL, MONDAY, PASSWORD, Caller, OpenHouse, open_house
from yihao.house import ROUTES


ANYONE = "anyone"
EVERYBODY = frozenset(
    {
        *(ANYONE, "holder", "stranger", "kiosk", "pad", "sign"),
        *("clerk", "help-desk", "manager", "inspector", "administrator", "auditor"),
    }
)
STAFF = frozenset(
    {"clerk", "help-desk", "manager", "inspector", "administrator", "auditor"}
)
CLERK = frozenset({"clerk"})
OFFICE = frozenset({"manager"})
READERS = frozenset({"manager", "inspector", "auditor"})
ADMINISTRATOR = frozenset({"administrator"})
DECIDERS = frozenset({"manager", "inspector", "administrator", "auditor"})

WHO: dict[str, frozenset[str]] = {
    "list_halls": EVERYBODY,
    "show_hall": EVERYBODY,
    "search_items": EVERYBODY,
    "show_item": EVERYBODY,
    "show_live": EVERYBODY,
    "speak_announcement": EVERYBODY,
    "describe_interface": EVERYBODY,
    "take_number": EVERYBODY,
    "show_machine": frozenset({"kiosk"}),
    "show_push_key": EVERYBODY,
    "want_push": frozenset({"holder"}),
    "forget_push": frozenset({"holder"}),
    "show_reminder": frozenset({"holder"}),
    "want_reminder": frozenset({"holder"}),
    "forget_reminder": frozenset({"holder"}),
    "sign_in": EVERYBODY,
    "show_ticket": STAFF | {"holder"},
    "pause_ticket": frozenset({"holder", "help-desk", "manager"}),
    "resume_ticket": frozenset({"holder", "help-desk", "manager"}),
    "cancel_ticket": frozenset({"holder", "help-desk", "manager"}),
    "show_service": STAFF | {"holder", "pad"},
    "evaluate": frozenset({"holder", "pad"}),
    "show_session": STAFF,
    "sign_out": STAFF,
    "show_window": STAFF | {"pad", "sign"},
    "show_person": CLERK,
    "open_window": CLERK,
    "pause_window": CLERK,
    "resume_window": CLERK,
    "close_window": CLERK,
    "call_next": CLERK,
    "call_ticket": CLERK,
    "recall_ticket": CLERK,
    "mark_missed": CLERK,
    "start_service": CLERK,
    "hold_ticket": CLERK,
    "resume_held_ticket": CLERK,
    "transfer_ticket": CLERK,
    "add_item": CLERK,
    "complete_service": CLERK,
    "undo_last": CLERK,
    "print_supplement": CLERK,
    "show_key": EVERYBODY,
    "show_head": EVERYBODY,
    "list_heads": EVERYBODY,
    "prove_beginning": EVERYBODY,
    "prove_ticket": frozenset({"holder"}) | STAFF,
    "list_tickets": STAFF,
    "show_history": STAFF,
    "show_moment": READERS,
    "list_screens": READERS,
    "pin_ticket": OFFICE,
    "broadcast_notice": OFFICE,
    "withdraw_notice": OFFICE,
    "open_day": OFFICE,
    "close_day": OFFICE,
    "adopt_profile": ADMINISTRATOR,
    "erase_person": ADMINISTRATOR,
    "hold_person": ADMINISTRATOR,
    "release_person": ADMINISTRATOR,
    "day_report": READERS,
    "year_report": READERS,
    "list_devices": frozenset({"manager", "administrator"}),
    "enrol_device": frozenset({"manager", "administrator"}),
    "revoke_device": frozenset({"manager", "administrator"}),
    "grant_device": frozenset({"manager", "administrator"}),
    "wish_device": EVERYBODY,
    "show_device": EVERYBODY,
    "list_accounts": ADMINISTRATOR,
    "add_account": ADMINISTRATOR,
    "change_role": ADMINISTRATOR,
    "change_password": ADMINISTRATOR,
    "disable_account": ADMINISTRATOR,
    "show_audit": frozenset({"auditor"}),
    "show_sign_in_ways": EVERYBODY,
    "begin_sign_on": EVERYBODY,
    "finish_sign_on": EVERYBODY,
    "show_second_factor": DECIDERS,
    "begin_second_factor": DECIDERS,
    "confirm_second_factor": DECIDERS,
    "remove_second_factor": DECIDERS,
    "reset_second_factor": ADMINISTRATOR,
    "audit_sheet": frozenset({"auditor"}),
}
"""Route → everybody who may use it. Read it line by line, as a hall's manager would."""

TOPICS: dict[str, frozenset[str]] = {
    "board/{hall}": EVERYBODY,
    "board/{hall}/{zone}": EVERYBODY,
    "window/{hall}/{window}": STAFF | {"pad", "sign"},
    "ticket/{ticket}": STAFF | {"holder"},
    "console/{hall}/{window}": STAFF,
    "manager/{hall}": READERS,
}
"""Topic of the live link → everybody who may follow it."""


class Door(NamedTuple):
    """A house, everybody who may come, and a served ticket to come about."""

    house: OpenHouse
    callers: dict[str, Caller]
    ticket: str
    service: str


@pytest.fixture(scope="module")
async def door(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Door]:
    async with open_house(tmp_path_factory.mktemp("rights")) as house:
        clerk = await house.clerk_at("1", "clerk")
        holder, taken = await house.holder()
        await clerk.does("call-next")
        await clerk.does("start")
        done = await clerk.does("complete", {"outcome": "done"})
        callers = {
            ANYONE: house.anyone,
            "holder": holder,
            "stranger": (await house.holder())[0],
            "clerk": clerk,
            "kiosk": await house.device("kiosk", "entrance"),
            "pad": await house.device("pad", "1"),
            "sign": await house.device("sign", "1"),
        }
        for role in sorted(STAFF - {"clerk"}):
            callers[role] = await house.caller(cast("Role", role))
        yield Door(house, callers, taken["ticket"], str(done.says["service"]))


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    assert {route.name for route in ROUTES} == set(WHO)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
async def test_a_route_is_open_to_exactly_those_who_may_use_it(
    door: Door, route: Route[object, object, object]
) -> None:
    let_in = set()
    for who in sorted(EVERYBODY):
        # Signing out would end the session that the next route needs.
        caller = await signed_in(door, who)
        if route.name == "sign_out" and who in STAFF:
            caller = await door.house.caller(cast("Role", who), f"leaving-{who}")
        if await is_let_in(door, route, caller):
            let_in.add(who)

    assert let_in == WHO[route.name]


async def signed_in(door: Door, who: str) -> Caller:
    """Return a caller; one whose session has ended with the day signs in again."""
    caller = door.callers[who]
    if who in STAFF and (await caller.get("/api/session")).status == 401:
        sessions = door.house.house.accounts.sessions
        caller.token = (await sessions.sign_in(who, PASSWORD)).token
    return caller


async def is_let_in(
    door: Door, route: Route[object, object, object], caller: Caller
) -> bool:
    """Call a route with nothing in it, and tell whether the door was open."""
    path = route.path.format(
        hall="township",
        item=CIVIL,
        ticket=door.ticket,
        service=door.service,
        window="1",
        device="nobody",
        account="nobody",
        notice="none",
    )
    match route.method:
        case "GET":
            told = await caller.get(path)
        case "DELETE":
            told = await caller.delete(path)
        case _:
            told = await caller.post(path)
    assert told.status < 500, told
    if told.status == 401:
        return False
    return not (told.status == 403 and told.code == "not-allowed")


async def test_every_topic_of_the_description_has_a_row(door: Door) -> None:
    told = await door.house.anyone.get("/api/openapi.json")

    assert set(told.says["x-live-topics"]) == set(TOPICS)


@pytest.mark.parametrize("topic", TOPICS)
async def test_a_topic_is_open_to_exactly_those_who_may_follow_it(
    door: Door, topic: str
) -> None:
    name = topic.format(
        hall="township", zone="services", window="1", ticket=door.ticket
    )

    let_in = {who for who in EVERYBODY if await may_follow(door, name, who)}

    assert let_in == TOPICS[topic]


async def may_follow(door: Door, topic: str, who: str) -> bool:
    """Ask for a topic over a real link, and tell whether it was not refused."""
    caller, link = await signed_in(door, who), door.house.house.link("127.0.0.1")
    # A citizen shows his secret for the topic itself, everybody else says who he is.
    is_citizen = who in {"holder", "stranger"}
    token, secret = ("", caller.token) if is_citizen else (caller.token, "")
    secrets = {topic: secret} if secret else {}
    async with (
        asyncio.timeout(30),
        follow(link, [topic], token=token, secrets=secrets) as asked,
    ):
        async for told in asked:
            if isinstance(told, TopicRefused):
                assert told.code in {"not-signed-in", "not-allowed"}, told
                return False
            return True
    raise AssertionError(f"{topic} was neither told nor refused")


async def test_a_clerk_can_never_raise_his_own_role(door: Door) -> None:
    house, clerk = door.house, await signed_in(door, "clerk")
    whole = {"account": "clerk", "password": PASSWORD, "role": "administrator"}

    told = [
        await clerk.post("/api/accounts/clerk/role", {"role": "administrator"}),
        await clerk.post("/api/accounts", {**whole, "name": "李", "hall": "township"}),
        await house.anyone.post("/api/session", whole),
    ]

    assert [one.code for one in told] == [
        "not-allowed",
        "not-allowed",
        "not-acceptable",
    ]
    assert (await clerk.get("/api/session")).says["role"] == "clerk"


async def test_staff_of_another_hall_stand_before_closed_doors(door: Door) -> None:
    house = door.house
    foreign = Caller(
        house.http, await house.staff("manager", "from-elsewhere", "mountain")
    )

    tickets = await foreign.get(f"{house.path}/tickets")
    report = await foreign.get(f"{house.path}/reports/day", date=MONDAY)
    ticket = await foreign.get(f"/api/tickets/{door.ticket}")

    assert [told.status for told in (tickets, report, ticket)] == [403, 403, 403]


async def test_the_administrator_of_every_hall_is_let_in_everywhere(door: Door) -> None:
    house = door.house
    whole = Caller(house.http, await house.staff("administrator", "of-all", ""))

    assert (await whole.get(f"{house.path}/devices")).status == 200


async def test_a_pad_and_a_sign_belong_to_one_window(door: Door) -> None:
    house = door.house
    pad, sign = await house.device("pad", "2"), await house.device("sign", "2")

    own = await sign.get(f"{house.path}/windows/2")
    other = await sign.get(f"{house.path}/windows/1")
    service = await pad.get(f"/api/services/{door.service}")

    assert [told.status for told in (own, other, service)] == [200, 403, 403]


async def test_a_revoked_device_and_a_disabled_account_are_out_at_once(
    door: Door,
) -> None:
    house, admin = door.house, door.callers["administrator"]
    added = await admin.post(f"{house.path}/devices", {"kind": "sign", "place": "1"})
    sign = Caller(house.http, added.says["token"])
    clerk = await house.caller("clerk", "wang.fang")
    assert (await sign.get(f"{house.path}/windows/1")).status == 200
    assert (await clerk.get(f"{house.path}/tickets")).status == 200

    device = added.says["device"]
    await admin.post(f"{house.path}/devices/{device}/revoke")
    await admin.post("/api/accounts/wang.fang/disable")

    assert (await sign.get(f"{house.path}/windows/1")).status == 401
    assert (await clerk.get(f"{house.path}/tickets")).status == 401


async def test_nobody_changes_his_own_role_or_shuts_himself_out(door: Door) -> None:
    admin = door.callers["administrator"]

    role = await admin.post("/api/accounts/administrator/role", {"role": "clerk"})
    disable = await admin.post("/api/accounts/administrator/disable")

    assert (role.status, role.code) == (403, "own-account")
    assert (disable.status, disable.code) == (403, "own-account")
