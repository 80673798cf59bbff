"""Calling over HTTP: who is next, once more, and when nobody comes."""

from __future__ import annotations

from tests.open_house import CIVIL, INSURANCE, MINUTE, Caller, OpenHouse


async def test_the_next_ticket_is_told_with_all_a_clerk_must_know(
    house: OpenHouse,
) -> None:
    clerk = await house.clerk_at("1")
    taken = await house.number()

    told = await clerk.does("call-next")

    assert told.status == 200
    assert told.says["ticket"] == {
        "ticket": taken["ticket"],
        "number": "A001",
        "class": "ordinary",
        "queue": "civil",
        "items": [CIVIL],
        "state": "called",
        "issued_at": taken["issued_at"],
    }
    assert told.says["call"] == told.says["version"]
    assert told.says["announcements"] == 1


async def test_with_nobody_waiting_the_ticket_is_null(house: OpenHouse) -> None:
    clerk = await house.clerk_at("1")

    told = await clerk.does("call-next")

    assert (told.status, told.says["ticket"], told.says["call"]) == (200, None, None)


async def test_a_call_is_announced_again_as_often_as_the_profile_allows(
    house: OpenHouse,
) -> None:
    clerk = await house.clerk_at("1")
    await house.number()
    called = await clerk.does("call-next")

    told = [await clerk.does("recall") for _ in range(3)]

    assert [answer.status for answer in told] == [200, 200, 409]
    assert [answer.says["announcements"] for answer in told[:2]] == [2, 3]
    assert {answer.says["call"] for answer in told[:2]} == {called.says["call"]}
    assert told[2].code == "announced-enough"


async def test_a_missed_ticket_leaves_the_window_and_comes_back_by_the_rule(
    house: OpenHouse,
) -> None:
    clerk = await house.clerk_at("1")
    holder, taken = await house.holder()
    await clerk.does("call-next")

    missed = await clerk.does("no-show", {"reason": "呼叫后无人到窗口"})
    parked = await holder.get(f"/api/tickets/{taken['ticket']}")
    house.clock.pass_by(2 * MINUTE)
    again = await clerk.does("call-next")

    assert missed.says["ticket"] is None
    assert parked.says["state"] == "missed"
    assert again.says["ticket"]["number"] == "A001"


async def test_a_missed_call_needs_a_reason(house: OpenHouse) -> None:
    clerk = await house.clerk_at("1")
    await house.number()
    await clerk.does("call-next")

    nothing = await clerk.does("no-show")
    empty = await clerk.does("no-show", {"reason": ""})

    assert [told.status for told in (nothing, empty)] == [422, 422]
    assert nothing.details["field"] == empty.details["field"] == "reason"


async def test_a_ticket_is_not_called_out_of_order_unless_a_manager_pins_it(
    house: OpenHouse,
) -> None:
    clerk = await house.clerk_at("1")
    await house.number()
    second = await house.number()
    manager = await house.caller("manager")
    wish = {"ticket": second["ticket"]}

    refused = await clerk.does("call", wish)
    pinned = await manager.post(
        f"{house.path}/tickets/{second['ticket']}/pin", {"reason": "行动不便"}
    )
    called = await clerk.does("call", wish)

    assert (refused.status, refused.code) == (409, "ticket-not-callable")
    assert (pinned.status, pinned.says["number"]) == (200, "A002")
    assert (called.status, called.says["ticket"]["number"]) == (200, "A002")


async def test_a_paused_or_busy_window_calls_nobody(house: OpenHouse) -> None:
    clerk = await house.clerk_at("1")
    await house.number()
    await clerk.does("pause", {"reason": "午休"})
    paused = await clerk.does("call-next")
    await clerk.does("resume")
    await clerk.does("call-next")

    busy = await clerk.does("call-next")

    assert (paused.status, paused.code) == (409, "window-paused")
    assert (busy.status, busy.code) == (409, "window-busy")


async def test_a_backup_window_gets_a_ticket_only_after_its_offset(
    house: OpenHouse,
) -> None:
    await house.clerk_at("2")
    backup = await house.clerk_at("1")
    await house.number(INSURANCE)
    house.clock.pass_by(MINUTE)
    await house.number(CIVIL)

    first = await backup.does("call-next")

    assert first.says["ticket"]["queue"] == "civil"


async def test_what_is_unknown_or_over_is_told_apart(house: OpenHouse) -> None:
    clerk = await house.clerk_at("1")
    holder, taken = await house.holder()
    await Caller(house.http, taken["secret"]).post(
        f"/api/tickets/{taken['ticket']}/cancel"
    )

    unknown = await clerk.does("call", {"ticket": "none"})
    over = await clerk.does("call", {"ticket": taken["ticket"]})
    nobody = await clerk.does("recall")

    assert (unknown.status, unknown.code) == (404, "ticket-unknown")
    assert (over.status, over.code) == (410, "ticket-ended")
    assert (nobody.status, nobody.code) == (409, "no-ticket-at-window")
    assert holder.token
