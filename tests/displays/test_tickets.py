"""Taking a number over HTTP, and what its holder may do with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from queue_core.events import TicketIssued
from queue_core.profiles.catalog import shipped_profile_dir
from queue_core.profiles.hours import day_hours
from queue_core.profiles.reading import read_profile
from tests.open_house import (
    CIVIL,
    INSURANCE,
    MINUTE,
    MONDAY,
    Caller,
    OpenHouse,
    open_house,
)


@pytest.fixture(autouse=True)
async def on_duty(house: OpenHouse) -> None:
    """A clerk at window 1, so that numbers are given."""
    await house.clerk_at("1")


# Taking a number.


async def test_a_phone_gets_a_number_with_all_that_its_page_needs(
    house: OpenHouse,
) -> None:
    await house.number()

    taken = await house.number(language="en")

    ticket, secret = taken["ticket"], taken["secret"]
    assert (taken["number"], taken["people_ahead"]) == ("A002", 1)
    assert (taken["queue"], taken["zone"]) == ("civil", "services")
    assert (taken["windows"], taken["items"]) == (["1"], [CIVIL])
    assert (taken["class"], taken["estimate"], taken["slip"]) == (
        *("ordinary", None),
        None,
    )
    assert taken["phone_path"] == f"/t/{ticket}#{secret}"
    assert taken["issued_at"] == house.clock.now()


async def test_several_items_stand_on_one_number_each_once(house: OpenHouse) -> None:
    told = await house.anyone.post(
        f"{house.path}/tickets",
        {"items": [CIVIL, "SW002", CIVIL], "channel": "phone"},
    )

    assert told.says["items"] == [CIVIL, "SW002"]


async def test_a_person_has_one_live_ticket_for_an_item_however_he_writes_himself(
    house: OpenHouse,
) -> None:
    first = await house.number(subject="110101-19900307 123x")

    told = await house.anyone.post(
        f"{house.path}/tickets",
        {"item": CIVIL, "channel": "phone", "subject": "11010119900307123X"},
    )

    assert (told.status, told.code) == (409, "live-ticket-exists")
    assert told.details["number"] == first["number"]


async def test_no_event_holds_what_the_citizen_said_of_himself(
    house: OpenHouse,
) -> None:
    await house.number(subject="13812345678")

    log = house.house.log.read(house.hall.stream)

    issued = [r.event for r in log if isinstance(r.event, TicketIssued)]
    assert issued[-1].subject_key
    assert "13812345678" not in repr([recorded.event for recorded in log])


@pytest.mark.parametrize(
    ("body", "status", "code", "field"),
    [
        ({"channel": "phone"}, 422, "not-acceptable", "items"),
        ({"item": CIVIL}, 422, "not-acceptable", "channel"),
        (
            {"item": CIVIL, "items": [CIVIL], "channel": "phone"},
            *(422, "not-acceptable", "items"),
        ),
        ({"items": [], "channel": "phone"}, 422, "not-acceptable", "items"),
        ({"items": ["x"] * 9, "channel": "phone"}, 422, "not-acceptable", "items"),
        ({"item": "none", "channel": "phone"}, 422, "item-unknown", None),
        ({"item": CIVIL, "channel": "letter"}, 422, "not-acceptable", "channel"),
        (
            {"item": CIVIL, "channel": "phone", "name": "王芳"},
            *(422, "not-acceptable", "name"),
        ),
        (
            {"item": CIVIL, "channel": "phone", "subject": "x" * 65},
            *(422, "not-acceptable", "subject"),
        ),
        (
            {"item": CIVIL, "channel": "phone", "class": "green"},
            *(422, "class-not-allowed", None),
        ),
        (
            {"item": CIVIL, "channel": "phone", "class": "appointment"},
            *(422, "class-not-allowed", None),
        ),
        (
            {"item": CIVIL, "channel": "phone", "extended": True},
            *(422, "class-not-allowed", None),
        ),
        (
            {"item": CIVIL, "channel": "phone", "booked_at": 10**18},
            *(422, "not-acceptable", "booked_at"),
        ),
        ({"item": "GF035", "channel": "phone"}, 409, "no-window-serves", None),
    ],
)
async def test_a_wish_that_cannot_be_granted_is_told_why(
    house: OpenHouse,
    body: dict[str, object],
    status: int,
    code: str,
    field: str | None,
) -> None:
    told = await house.anyone.post(f"{house.path}/tickets", body)

    assert (told.status, told.code) == (status, code)
    assert told.details.get("field") == field


async def test_where_no_window_serves_the_way_to_the_help_desk_is_told(
    house: OpenHouse,
) -> None:
    told = await house.anyone.post(
        f"{house.path}/tickets", {"item": "GF035", "channel": "phone"}
    )

    assert told.details == {"item": "GF035", "help_desk": "4号窗口帮办代办台"}


async def test_the_kiosk_channel_is_for_kiosks_and_the_help_desks_for_staff(
    house: OpenHouse,
) -> None:
    kiosk = await house.device("kiosk", "entrance")
    callers = {
        "anyone": house.anyone,
        "kiosk": kiosk,
        "pad": await house.device("pad", "1"),
        "clerk": await house.caller("clerk", "li.na"),
        "help-desk": await house.caller("help-desk"),
        "manager": await house.caller("manager"),
    }
    let_in: dict[str, set[str]] = {"kiosk": set(), "help-desk": set()}
    for channel, allowed in let_in.items():
        for who, caller in callers.items():
            body = {"item": CIVIL, "channel": channel, "print": False}
            told = await caller.post(f"{house.path}/tickets", body)
            if told.status == 201:
                allowed.add(who)
            else:
                assert told.status == (401 if who == "anyone" else 403)

    assert let_in == {"kiosk": {"kiosk"}, "help-desk": {"help-desk", "manager"}}


async def test_a_kiosk_of_another_hall_gives_no_numbers_here(house: OpenHouse) -> None:
    enrolled = await house.house.accounts.devices.enrol(
        "kiosk", hall="mountain", place="entrance", by="test"
    )
    kiosk = Caller(house.http, enrolled.token)

    told = await kiosk.post(
        f"{house.path}/tickets", {"item": CIVIL, "channel": "kiosk"}
    )

    assert (told.status, told.code) == (403, "not-allowed")


async def test_green_and_booked_citizens_are_checked_in_at_the_machine(
    house: OpenHouse,
) -> None:
    kiosk = await house.device("kiosk", "entrance")
    wishes: list[dict[str, object]] = [
        {"class": "green"},
        {"class": "appointment", "booked_at": house.clock.now()},
        {"class": "appointment", "booked_at": house.clock.now() - 60 * MINUTE},
    ]

    told = [
        await kiosk.post(
            f"{house.path}/tickets",
            {"item": CIVIL, "channel": "kiosk", "print": False, **wish},
        )
        for wish in wishes
    ]

    assert [answer.says["class"] for answer in told] == [
        *("green", "appointment", "ordinary")
    ]
    assert [answer.says["number"][0] for answer in told] == ["V", "Y", "A"]


async def test_before_the_doors_open_there_are_no_numbers(tmp_path: Path) -> None:
    profile = read_profile(shipped_profile_dir("township"))
    early = day_hours(profile, MONDAY).doors_at - MINUTE
    async with open_house(tmp_path / "early", at=early) as closed:
        body = {"item": CIVIL, "channel": "phone"}

        told = await closed.anyone.post(f"{closed.path}/tickets", body)

    assert (told.status, told.code) == (409, "day-not-open")


async def test_after_the_cut_off_there_are_no_numbers(house: OpenHouse) -> None:
    hours = house.hall.live.hours
    assert hours is not None
    house.clock.move_to(hours.closing_soon_at)
    late = await house.number()
    house.clock.move_to(hours.cut_off_at)

    told = await house.anyone.post(
        f"{house.path}/tickets", {"item": CIVIL, "channel": "phone"}
    )

    assert late["closing_soon"]
    assert (told.status, told.code) == (409, "doors-closed")


# The holder's ticket.


async def test_the_holder_sees_his_place_and_nobody_else_does(
    house: OpenHouse,
) -> None:
    await house.number()
    holder, taken = await house.holder()
    stranger, _ = await house.holder()
    path = f"/api/tickets/{taken['ticket']}"

    own, other = await holder.get(path), await stranger.get(path)

    assert own.says["people_ahead"] == 1
    assert (own.says["state"], own.says["windows"]) == ("waiting", ["1"])
    assert own.says["pause"] == {"used": 0, "limit": 1, "until_at": None}
    assert (other.status, other.code) == (401, "not-signed-in")


async def test_a_ticket_that_never_was_is_nobodys(house: OpenHouse) -> None:
    holder, _ = await house.holder()
    staff = await house.caller("help-desk")

    guessed = await holder.get("/api/tickets/0000000000000000")
    looked = await staff.get("/api/tickets/0000000000000000")

    assert guessed.status == 401
    assert (looked.status, looked.code) == (404, "ticket-unknown")


async def test_a_holder_leaves_the_line_once_and_comes_back(house: OpenHouse) -> None:
    holder, taken = await house.holder()
    path = f"/api/tickets/{taken['ticket']}"

    paused = await holder.post(f"{path}/pause")
    resumed = await holder.post(f"{path}/resume")
    again = await holder.post(f"{path}/pause")

    until = house.clock.now() + 30 * MINUTE
    assert (paused.says["state"], paused.says["pause"]["until_at"]) == ("paused", until)
    assert (resumed.says["state"], resumed.says["people_ahead"]) == ("waiting", 0)
    assert (again.status, again.code) == (409, "pause-used")


async def test_a_number_that_was_given_back_is_over(house: OpenHouse) -> None:
    holder, taken = await house.holder()
    path = f"/api/tickets/{taken['ticket']}"

    cancelled = await holder.post(f"{path}/cancel")
    again = await holder.post(f"{path}/pause")
    seen = await holder.get(path)

    assert (cancelled.says["state"], cancelled.says["ended_reason"]) == (
        *("ended",),
        "cancelled",
    )
    assert (again.status, again.code) == (410, "ticket-ended")
    assert seen.says == cancelled.says


async def test_the_help_desk_helps_a_citizen_with_his_ticket(house: OpenHouse) -> None:
    helper = await house.caller("help-desk")
    taken = await house.number()

    told = await helper.post(f"/api/tickets/{taken['ticket']}/pause")

    assert (told.status, told.says["state"]) == (200, "paused")


async def test_a_called_ticket_says_where_to_go(house: OpenHouse) -> None:
    clerk = await house.clerk_at("2")
    holder, taken = await house.holder(INSURANCE)
    called = await clerk.does("call-next")

    told = await holder.get(f"/api/tickets/{taken['ticket']}")

    assert (told.says["state"], told.says["window"]) == ("called", "2")
    assert told.says["call"] == called.says["call"]
    assert told.says["called_at"] == house.clock.now()
    assert told.says["people_ahead"] is None
