"""A press whose answer was lost, pressed again after the house has restarted."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any, TypeVar

import pytest

from tests.open_house import (
    CIVIL,
    MONDAY,
    PASSWORD,
    Caller,
    Clerk,
    OpenHouse,
    Told,
    open_house,
)


KEY = "the-press-of-li-na"
TUESDAY = "2026-03-03"
NUMBER = "/api/halls/township/tickets", {"item": CIVIL, "channel": "kiosk"}

SomeCaller = TypeVar("SomeCaller", bound=Caller)


async def again_after_restart(
    data: Path, house: OpenHouse, clerk: Clerk, press: tuple[str, Any]
) -> Told:
    """Close the house, open it again and repeat a press under the same key."""
    now = house.clock.now()
    await house.http.close()
    async with open_house(data, at=now) as reopened:
        same = Clerk(reopened.http, clerk.token)
        same.hall, same.window = clerk.hall, clerk.window
        version = reopened.hall.live.version
        told = await same.does(*press, key=KEY)
        assert reopened.hall.live.version == version
    return told


@pytest.mark.parametrize(
    ("before", "press", "after"),
    [
        ([], ("call-next", None), [("start", None)]),
        ([("call-next", None)], ("recall", None), []),
        ([("call-next", None)], ("no-show", {"reason": "无人"}), []),
        (
            [("call-next", None), ("start", None)],
            ("complete", {"outcome": "done"}),
            [("call-next", None)],
        ),
        (
            [("call-next", None), ("no-show", {"reason": "无人"})],
            ("undo", None),
            [("start", None)],
        ),
        (
            [("call-next", None), ("start", None), ("complete", {"outcome": "left"})],
            ("undo", None),
            [("complete", {"outcome": "done"})],
        ),
    ],
    ids=["call-next", "recall", "no-show", "complete", "undo-miss", "undo-complete"],
)
async def test_a_press_is_done_once_and_answered_as_the_first_time(
    tmp_path: Path,
    before: list[tuple[str, Any]],
    press: tuple[str, Any],
    after: list[tuple[str, Any]],
) -> None:
    async with open_house(tmp_path) as house:
        clerk = await house.clerk_at("1")
        await house.number()
        await house.number()
        for what, body in before:
            await clerk.does(what, body)
        first = await clerk.does(*press, key=KEY)
        for what, body in after:
            await clerk.does(what, body)

    again = await again_after_restart(tmp_path, house, clerk, press)

    assert (again.status, first.status) == (200, 200)
    for field in ("window", "state", "clerk", "service", "version", "held"):
        assert again.says[field] == first.says[field], field
    numbers = [(told.says["ticket"] or {}).get("number") for told in (first, again)]
    assert numbers[0] == numbers[1]


async def test_a_press_under_the_key_of_another_is_refused_after_a_restart_too(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path) as house:
        clerk = await house.clerk_at("1")
        await house.number()
        await clerk.does("call-next", key=KEY)

    again = await again_after_restart(tmp_path, house, clerk, ("start", None))

    assert (again.status, again.code) == (422, "idempotency-key-reused")


async def in_again(house: OpenHouse, caller: SomeCaller, account: str) -> SomeCaller:
    """Let a member of staff sign in on another day."""
    again = copy.copy(caller)
    signed_in = await house.house.accounts.sessions.sign_in(account, PASSWORD)
    again.http, again.token = house.http, signed_in.token
    return again


async def test_what_was_done_on_the_day_before_is_not_done_again_today(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path) as house:
        clerk = await house.clerk_at("1", "li.na")
        kiosk = await house.device("kiosk", "k1")
        taken = await kiosk.post(*NUMBER, key=KEY)
        await house.number()
        await clerk.does("call-next", key=KEY)
        manager = await house.caller("manager", "zhao")
        waits = (await house.number())["ticket"]
        pin = f"{house.path}/tickets/{waits}/pin", {"reason": "带着婴儿"}
        assert (await manager.post(*pin, key=KEY)).status == 200

    async with open_house(tmp_path, date=TUESDAY) as house:
        await house.day_state(1, TUESDAY)
        again = await Caller(house.http, kiosk.token).post(*NUMBER, key=KEY)
        clerk = await in_again(house, clerk, "li.na")
        manager = await in_again(house, manager, "zhao")
        await clerk.does("open")
        version = house.hall.live.version
        called = await clerk.does("call-next", key=KEY)
        pinned = await manager.post(*pin, key=KEY)

        assert again.status == 201
        told = ("ticket", "number", "secret", "people_ahead", "version")
        assert [again.says[name] for name in told] == [taken.says[n] for n in told]
        assert [(a.status, a.code) for a in (called, pinned)] == [
            (410, "day-ended"),
            (410, "day-ended"),
        ]
        assert called.details["date"] == MONDAY
        assert house.hall.live.version == version
