"""Many people press at the same moment, and everybody gets what is his."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from queue_core.events import TicketIssued
from queue_core.log.streams import date_of
from tests.open_house import Clerk, OpenHouse, open_house


PEOPLE = 8


@pytest.fixture(scope="module")
async def city(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[OpenHouse]:
    async with open_house(tmp_path_factory.mktemp("city"), profile="city") as house:
        yield house


async def clerks_of_one_queue(
    city: OpenHouse, who: str, count: int = PEOPLE
) -> tuple[str, list[Clerk]]:
    """Return an item and so many clerks whose windows all serve its queue."""
    serving: dict[str, list[str]] = {}
    for window in city.hall.profile.windows:
        on_duty = city.hall.live.windows[window.window].clerk
        for skill in window.skills:
            if skill.level == "primary" and not on_duty:
                serving.setdefault(skill.queue, []).append(window.window)
    queue = next(queue for queue, found in serving.items() if len(found) >= count)
    item = next(i.item for i in city.hall.profile.items if i.queue == queue)
    windows = serving[queue][:count]
    return item, [await city.clerk_at(w, f"{who}-{w}") for w in windows]


async def test_eight_clerks_who_press_next_at_once_get_eight_people(
    city: OpenHouse,
) -> None:
    item, clerks = await clerks_of_one_queue(city, "early")
    taken = [await city.number(item) for _ in range(PEOPLE)]

    told = await asyncio.gather(*(clerk.does("call-next") for clerk in clerks))

    called = [answer.says["ticket"]["ticket"] for answer in told]
    assert sorted(called) == sorted(ticket["ticket"] for ticket in taken)
    assert len({answer.says["call"] for answer in told}) == PEOPLE


async def test_nobody_waits_and_all_clerks_are_told_so(city: OpenHouse) -> None:
    _, clerks = await clerks_of_one_queue(city, "idle")

    told = await asyncio.gather(*(clerk.does("call-next") for clerk in clerks))

    assert [(answer.status, answer.says["ticket"]) for answer in told] == [
        (200, None)
    ] * PEOPLE


async def test_eight_kiosks_at_once_give_numbers_without_gap_or_repeat(
    city: OpenHouse,
) -> None:
    item, _ = await clerks_of_one_queue(city, "kiosks", 1)
    kiosks = [await city.device("kiosk", f"spot-{n}") for n in range(PEOPLE)]
    body = {"item": item, "channel": "kiosk", "print": False}

    told = await asyncio.gather(
        *(
            kiosk.post(f"{city.path}/tickets", body)
            for _ in range(5)
            for kiosk in kiosks
        )
    )

    assert {answer.status for answer in told} == {201}
    numbers = sorted(answer.says["number"] for answer in told)
    first = int(numbers[0][1:])
    letter = numbers[0][0]
    assert numbers == [f"{letter}{first + n:03d}" for n in range(5 * PEOPLE)]


async def test_a_double_tap_on_the_kiosk_gives_one_ticket_and_one_slip(
    city: OpenHouse,
) -> None:
    item, _ = await clerks_of_one_queue(city, "tapped", 1)
    kiosk = await city.device("kiosk", "tapped")
    body = {"item": item, "channel": "kiosk", "print": False}
    slips = city.hall.slips.total()

    first, second = await asyncio.gather(
        kiosk.post(f"{city.path}/tickets", body, key="one-tap"),
        kiosk.post(f"{city.path}/tickets", body, key="one-tap"),
    )

    assert first == second
    assert city.hall.slips.total() == slips + 1
    assert first.says["ticket"] in issued(city)


async def test_a_press_whose_answer_was_lost_is_answered_as_the_first_time(
    city: OpenHouse,
) -> None:
    item, clerks = await clerks_of_one_queue(city, "lost", 1)
    await city.number(item)
    first = await clerks[0].does("call-next", key="press-1")
    await clerks[0].does("start")
    await clerks[0].does("complete", {"outcome": "done"})
    await city.number(item)

    again = await clerks[0].does("call-next", key="press-1")

    assert again == first


async def test_a_key_that_was_used_for_another_press_is_refused(
    city: OpenHouse,
) -> None:
    _, clerks = await clerks_of_one_queue(city, "reusing", 1)
    await clerks[0].does("pause", {"reason": "午休"}, key="press-1")

    told = await clerks[0].does("resume", key="press-1")

    assert (told.status, told.code) == (422, "idempotency-key-reused")


def issued(house: OpenHouse) -> list[str]:
    """Return the tickets that the record knows, in order."""
    assert date_of(house.hall.stream) == house.hall.live.date
    return [
        recorded.event.ticket
        for recorded in house.house.log.read(house.hall.stream)
        if isinstance(recorded.event, TicketIssued)
    ]
