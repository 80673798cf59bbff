"""Evaluating a service over HTTP: once, of one's own will, never by staff."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from tests.open_house import Caller, OpenHouse


class Served(NamedTuple):
    """A citizen who has just been served at window 1."""

    holder: Caller
    service: str

    async def evaluates(self, **wish: Any) -> Any:
        """Evaluate by phone."""
        body = {"grade": "satisfied", "channel": "phone", **wish}
        return await self.holder.post(f"/api/services/{self.service}/evaluation", body)


@pytest.fixture
async def served(house: OpenHouse) -> Served:
    clerk = await house.clerk_at("1", "li.na")
    holder, _ = await house.holder()
    await clerk.does("call-next")
    await clerk.does("start")
    done = await clerk.does("complete", {"outcome": "done"})
    return Served(holder, str(done.says["service"]))


async def test_a_service_is_evaluated_by_phone(
    house: OpenHouse, served: Served
) -> None:
    before = await served.holder.get(f"/api/services/{served.service}")

    told = await served.evaluates(indicators=["411"], text="  很快  ")

    after = await served.holder.get(f"/api/services/{served.service}")
    assert told.status == 201
    assert (told.says["indicators"], told.says["text"]) == (["411"], "很快")
    assert told.says["given_at"] == house.clock.now()
    assert (before.says["evaluated"], after.says["evaluated"]) == (False, True)
    assert (before.says["clerk"], before.says["clerk_name"]) == ("li.na", "li.na 同志")


async def test_the_pad_of_the_window_evaluates_and_no_other(
    house: OpenHouse, served: Served
) -> None:
    own, other = await house.device("pad", "1"), await house.device("pad", "2")
    path = f"/api/services/{served.service}/evaluation"
    body = {"grade": "very-satisfied", "channel": "pad"}

    elsewhere = await other.post(path, body)
    here = await own.post(path, body)

    assert (elsewhere.status, here.status) == (403, 201)


async def test_a_service_is_evaluated_once(served: Served) -> None:
    await served.evaluates()

    told = await served.evaluates(grade="dissatisfied", text="改主意了")

    assert (told.status, told.code) == (409, "already-evaluated")


@pytest.mark.parametrize(
    ("wish", "status", "code"),
    [
        ({"grade": "dissatisfied"}, 422, "ground-missing"),
        ({"grade": "dissatisfied", "text": "   "}, 422, "ground-missing"),
        ({"indicators": ["115"]}, 422, "indicator-unknown"),
        ({"indicators": ["999"]}, 422, "indicator-unknown"),
        ({"grade": "good"}, 422, "not-acceptable"),
        ({"text": "x" * 501}, 422, "not-acceptable"),
        ({"text": "a\x00b"}, 422, "not-acceptable"),
        ({"channel": "pad"}, 422, "not-acceptable"),
    ],
)
async def test_an_evaluation_that_cannot_be_recorded_is_told_why(
    served: Served, wish: dict[str, object], status: int, code: str
) -> None:
    told = await served.evaluates(**wish)

    assert (told.status, told.code) == (status, code)


async def test_nobody_of_the_staff_evaluates_for_a_citizen(
    house: OpenHouse, served: Served
) -> None:
    manager = await house.caller("manager")
    body = {"grade": "very-satisfied", "channel": "phone"}

    told = await manager.post(f"/api/services/{served.service}/evaluation", body)

    assert (told.status, told.code) == (403, "not-allowed")


async def test_only_what_is_finished_can_be_evaluated(house: OpenHouse) -> None:
    clerk = await house.clerk_at("1")
    holder, taken = await house.holder()
    await clerk.does("call-next")
    body = {"grade": "satisfied", "channel": "phone"}
    path = f"/api/services/{taken['ticket']}.1"

    called = await holder.post(f"{path}/evaluation", body)
    await clerk.does("start")
    during = await holder.post(f"{path}/evaluation", body)
    looked = await holder.get(path)

    assert (called.status, called.code) == (404, "service-unknown")
    assert (during.status, during.code) == (409, "service-not-finished")
    assert (looked.status, looked.code) == (409, "service-not-finished")


async def test_a_service_of_yesterday_can_still_be_evaluated(
    house: OpenHouse, served: Served
) -> None:
    hours = house.hall.live.hours
    assert hours is not None
    house.clock.move_to(hours.ends_at)
    await house.day_state(2)
    house.clock.move_to(hours.doors_at + 24 * 3_600_000)
    await house.day_state(1, "2026-03-03")

    seen = await served.holder.get(f"/api/services/{served.service}")
    told = await served.evaluates()
    again = await served.holder.get(f"/api/services/{served.service}")

    assert (seen.status, seen.says["evaluated"]) == (200, False)
    assert told.status == 201
    assert again.says["evaluated"]
