"""Serving over HTTP: start, hold, take back, transfer, one item more, complete."""

from __future__ import annotations

import pytest

from tests.open_house import CIVIL, Clerk, OpenHouse


@pytest.fixture
async def clerk(house: OpenHouse) -> Clerk:
    """A clerk at window 1 with A001 being served."""
    at_one = await house.clerk_at("1")
    await house.number()
    await at_one.does("call-next")
    await at_one.does("start")
    return at_one


async def test_a_service_has_a_name_from_its_start_to_its_end(
    house: OpenHouse, clerk: Clerk
) -> None:
    during = await clerk.get(f"{house.path}/windows/1")

    done = await clerk.does("complete", {"outcome": "done"})

    assert during.says["ticket"]["state"] == "serving"
    assert done.says["service"] == during.says["service"]
    assert done.says["ticket"] is None


async def test_a_held_ticket_waits_at_its_window_while_another_is_served(
    house: OpenHouse, clerk: Clerk
) -> None:
    await house.number()

    held = await clerk.does("hold", {"reason": "等待补充材料"})
    other = await clerk.does("call-next")
    await clerk.does("start")
    await clerk.does("complete", {"outcome": "consulted"})
    back = await clerk.does("resume-ticket", {"ticket": held.says["held"][0]["ticket"]})

    assert (held.says["ticket"], held.says["held"][0]["number"]) == (None, "A001")
    assert other.says["ticket"]["number"] == "A002"
    assert (back.says["ticket"]["number"], back.says["held"]) == ("A001", [])
    assert back.says["ticket"]["state"] == "serving"


async def test_a_window_that_holds_somebody_does_not_close(clerk: Clerk) -> None:
    await clerk.does("hold")

    told = await clerk.does("close")

    assert (told.status, told.code) == (409, "tickets-held")
    assert told.details["tickets"] == ["A001"]


async def test_a_ticket_sent_to_a_window_waits_for_that_window_alone(
    house: OpenHouse, clerk: Clerk
) -> None:
    target = await house.clerk_at("3")
    idle = await house.clerk_at("2")

    sent = await clerk.does("transfer", {"window": "3", "reason": "需其他窗口继续办理"})
    elsewhere = await idle.does("call-next")
    there = await target.does("call-next")

    assert sent.says["ticket"] is None
    assert elsewhere.says["ticket"] is None
    assert there.says["ticket"]["number"] == "A001"


async def test_a_ticket_sent_to_a_queue_may_be_called_by_its_windows(
    house: OpenHouse, clerk: Clerk
) -> None:
    target = await house.clerk_at("2")

    sent = await clerk.does("transfer", {"queue": "insurance"})
    there = await target.does("call-next")

    assert sent.status == 200
    assert there.says["ticket"]["queue"] == "insurance"


@pytest.mark.parametrize(
    ("wish", "status", "code"),
    [
        ({}, 422, "transfer-target-unclear"),
        ({"queue": "civil", "window": "2"}, 422, "transfer-target-unclear"),
        ({"window": "1"}, 422, "transfer-target-unclear"),
        ({"queue": "nowhere"}, 422, "queue-unknown"),
        ({"window": "99"}, 404, "window-unknown"),
        ({"window": "2"}, 409, "window-not-open"),
    ],
)
async def test_a_transfer_without_one_clear_target_is_refused(
    clerk: Clerk, wish: dict[str, str], status: int, code: str
) -> None:
    told = await clerk.does("transfer", wish)

    assert (told.status, told.code) == (status, code)


async def test_one_item_more_is_served_here_or_becomes_the_next_step(
    house: OpenHouse, clerk: Clerk
) -> None:
    await house.clerk_at("2")
    here = await clerk.does("add-item", {"item": "SW002"})
    later = await clerk.does("add-item", {"item": "GF035"})
    unknown = await clerk.does("add-item", {"item": "none"})

    done = await clerk.does("complete", {"outcome": "done"})
    row = await clerk.get(f"{house.path}/tickets", number="A001")

    assert here.says["ticket"]["items"] == [CIVIL, "SW002"]
    assert later.status == 200
    assert (unknown.status, unknown.code) == (422, "item-unknown")
    assert done.says["ticket"] is None
    ticket = row.says["tickets"][0]
    assert (ticket["state"], ticket["queue"]) == ("waiting", "assistance")


async def test_what_must_be_brought_is_told_once_and_whole(
    house: OpenHouse, clerk: Clerk
) -> None:
    empty = await clerk.does("complete", {"outcome": "needs-supplement"})

    told = await clerk.does(
        "complete",
        {"outcome": "needs-supplement", "supplement": ["户口簿", "近期照片"]},
    )
    service = await clerk.get(f"/api/services/{told.says['service']}")

    assert (empty.status, empty.code) == (422, "supplement-missing")
    assert service.says["supplement"] == ["户口簿", "近期照片"]
    assert service.says["outcome"] == "needs-supplement"


async def test_nothing_is_completed_that_was_not_started(house: OpenHouse) -> None:
    clerk = await house.clerk_at("1")
    await house.number()
    before = await clerk.does("complete", {"outcome": "done"})
    await clerk.does("call-next")

    called = await clerk.does("complete", {"outcome": "done"})

    assert (before.status, before.code) == (409, "no-ticket-at-window")
    assert (called.status, called.code) == (409, "service-not-started")


async def test_a_visit_with_several_items_goes_from_window_to_window(
    house: OpenHouse,
) -> None:
    first, second = await house.clerk_at("1"), await house.clerk_at("4")
    taken = await house.anyone.post(
        f"{house.path}/tickets", {"items": [CIVIL, "GF035"], "channel": "phone"}
    )

    await first.does("call-next")
    await first.does("start")
    step = await first.does("complete", {"outcome": "done"})
    called = await second.does("call-next")

    assert taken.says["items"] == [CIVIL, "GF035"]
    assert step.says["service"].endswith(".1")
    assert called.says["ticket"]["ticket"] == taken.says["ticket"]
    assert called.says["ticket"]["items"] == ["GF035"]


async def test_a_mistaken_completion_is_undone_and_the_service_keeps_its_name(
    house: OpenHouse, clerk: Clerk
) -> None:
    done = await clerk.does("complete", {"outcome": "done"})
    service = f"/api/services/{done.says['service']}"
    assert (await clerk.get(service)).status == 200

    back = await clerk.does("undo")
    open_again = await clerk.get(service)
    pad = await house.device("pad", "1")
    grade = {"grade": "satisfied", "channel": "pad"}
    early = await pad.post(f"{service}/evaluation", grade)
    again = await clerk.does("complete", {"outcome": "accepted"})

    assert (back.status, back.says["ticket"]["number"]) == (200, "A001")
    assert back.says["ticket"]["state"] == "serving"
    assert (open_again.status, open_again.code) == (409, "service-not-finished")
    assert (early.status, early.code) == (409, "service-not-finished")
    assert again.says["service"] == back.says["service"] == done.says["service"]


async def test_an_evaluation_given_before_the_undo_stays_with_the_service(
    house: OpenHouse, clerk: Clerk
) -> None:
    done = await clerk.does("complete", {"outcome": "done"})
    service = f"/api/services/{done.says['service']}"
    pad = await house.device("pad", "1")
    grade = {"grade": "very-satisfied", "channel": "pad"}
    assert (await pad.post(f"{service}/evaluation", grade)).status == 201

    await clerk.does("undo")
    await clerk.does("complete", {"outcome": "done"})
    second = await pad.post(f"{service}/evaluation", grade)

    assert (second.status, second.code) == (409, "already-evaluated")
    assert (await clerk.get(service)).says["evaluated"]
    assert house.hall.live.figures.evaluations == 1


async def test_a_mistaken_miss_is_undone_within_the_profiles_seconds(
    house: OpenHouse,
) -> None:
    clerk = await house.clerk_at("1")
    await house.number()
    nothing = await clerk.does("undo")
    await clerk.does("call-next")
    await clerk.does("no-show", {"reason": "无人"})

    back = await clerk.does("undo")

    assert (nothing.status, nothing.code) == (409, "nothing-to-undo")
    assert (back.status, back.says["ticket"]["state"]) == (200, "called")
    board = await house.anyone.get(f"{house.path}/live")
    assert [call["ticket_number"] for call in board.says["calls"]] == ["A001"]
    await clerk.does("no-show", {"reason": "无人"})
    house.clock.pass_by(31_000)
    late = await clerk.does("undo")
    assert (late.status, late.code) == (409, "undo-too-late")
    assert late.details == {"number": "A001", "seconds": 30}
