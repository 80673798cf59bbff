"""Duty at a window over HTTP: who is there, who may act, who may go."""

from __future__ import annotations

from tests.open_house import Caller, Clerk, OpenHouse


async def another_clerk(house: OpenHouse, window: str, account: str) -> Clerk:
    """Return a clerk who has not opened the window he looks at."""
    clerk = Clerk(house.http, await house.staff("clerk", account))
    clerk.hall, clerk.window = house.hall.hall, window
    return clerk


async def test_a_clerk_signs_on_pauses_goes_on_and_signs_off(house: OpenHouse) -> None:
    clerk = await another_clerk(house, "1", "li.na")

    opened = await clerk.does("open", {"queues": ["civil"]})
    paused = await clerk.does("pause", {"reason": "午休"})
    resumed = await clerk.does("resume")
    closed = await clerk.does("close")

    steps = [opened, paused, resumed, closed]
    assert [step.status for step in steps] == [200] * 4
    assert [step.says["state"] for step in steps] == [
        *("open", "paused", "open", "closed")
    ]
    assert [step.says["clerk"] for step in steps] == ["li.na", "li.na", "li.na", None]
    assert paused.says["pause_reason"] == "午休"
    versions = [step.says["version"] for step in steps]
    assert versions == sorted(set(versions))


async def test_a_window_with_a_clerk_is_not_opened_by_another(
    house: OpenHouse,
) -> None:
    await house.clerk_at("1", "li.na")
    other = await another_clerk(house, "1", "wang.fang")

    told = await other.does("open")

    assert (told.status, told.code) == (409, "window-occupied")
    assert told.details == {"window": "1", "clerk": "li.na"}


async def test_a_clerk_on_duty_at_one_window_cannot_open_another(
    house: OpenHouse,
) -> None:
    clerk = await house.clerk_at("1", "li.na")
    clerk.window = "2"

    told = await clerk.does("open")

    assert (told.status, told.code) == (409, "clerk-elsewhere")


async def test_a_clerk_acts_only_at_the_window_where_he_is_on_duty(
    house: OpenHouse,
) -> None:
    await house.clerk_at("1", "li.na")
    other = await house.clerk_at("2", "wang.fang")
    other.window = "1"

    told = await other.does("call-next")

    assert (told.status, told.code) == (403, "not-on-duty")


async def test_a_clerk_of_another_hall_cannot_act_here(house: OpenHouse) -> None:
    foreign = Clerk(house.http, await house.staff("clerk", "foreign", "mountain"))
    foreign.hall, foreign.window = house.hall.hall, "1"

    told = await foreign.does("open")

    assert (told.status, told.code) == (403, "not-allowed")


async def test_a_window_that_is_not_there_is_not_found(house: OpenHouse) -> None:
    clerk = await another_clerk(house, "99", "li.na")

    opened = await clerk.does("open")
    looked = await clerk.get(f"{house.path}/windows/99")

    assert (opened.status, opened.code) == (404, "window-unknown")
    assert (looked.status, looked.code) == (404, "window-unknown")


async def test_a_window_opens_only_for_queues_that_it_may_serve(
    house: OpenHouse,
) -> None:
    clerk = await another_clerk(house, "1", "li.na")

    unknown = await clerk.does("open", {"queues": ["assistance"]})
    nothing = await clerk.does("open", {"queues": []})

    assert (unknown.status, unknown.code) == (422, "queue-unknown")
    assert (nothing.status, nothing.details["field"]) == (422, "queues")


async def test_a_window_with_a_ticket_neither_closes_nor_pauses(
    house: OpenHouse,
) -> None:
    clerk = await house.clerk_at("1")
    await house.number()
    await clerk.does("call-next")

    close = await clerk.does("close")
    pause = await clerk.does("pause", {"reason": "午休"})

    assert (close.status, close.code) == (409, "window-busy")
    assert (pause.status, pause.code) == (409, "window-busy")


async def test_a_window_stands_as_it_is_told_whoever_may_look(
    house: OpenHouse,
) -> None:
    clerk = await house.clerk_at("1", "li.na")
    await house.number()
    called = await clerk.does("call-next")
    sign: Caller = await house.device("sign", "1")

    seen = await sign.get(f"{house.path}/windows/1")
    empty = await clerk.get(f"{house.path}/windows/2")

    assert seen.says == called.says
    assert (empty.says["state"], empty.says["ticket"]) == ("closed", None)


async def test_staff_are_told_who_sits_at_a_window(house: OpenHouse) -> None:
    await house.clerk_at("1", "li.na")
    manager = await house.caller("manager", "zhao.min")
    sign: Caller = await house.device("sign", "1")

    seen = await manager.get(f"{house.path}/windows/1")
    on_the_wall = await sign.get(f"{house.path}/windows/1")

    assert (seen.says["clerk"], seen.says["clerk_name"]) == ("li.na", "li.na 同志")
    assert on_the_wall.says["clerk_name"] is None
