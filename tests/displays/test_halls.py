"""What everybody may see of a hall over HTTP."""

from __future__ import annotations

from pathlib import Path

import pytest

from displays.link.follower import follow
from queue_core.profiles.catalog import shipped_profile_dir
from queue_core.profiles.hours import day_hours
from queue_core.profiles.reading import read_profile
from tests.open_house import CIVIL, MINUTE, MONDAY, Caller, OpenHouse, open_house


async def test_the_halls_of_the_house_are_listed(house: OpenHouse) -> None:
    told = await house.anyone.get("/api/halls")

    (hall,) = told.says["halls"]
    assert (hall["hall"], hall["name"]["en"]) == (
        "township",
        "Shiqiao Town Service Centre, Yunshan County",
    )


async def test_a_hall_tells_all_that_a_screen_shows_and_never_changes(
    house: OpenHouse,
) -> None:
    told = (await house.anyone.get(house.path)).says

    assert (told["date"], told["state"]) == (MONDAY, "open")
    assert told["timezone"] == "Asia/Shanghai"
    assert told["clock"] == {
        "now": house.clock.now(),
        "speed": 1.0,
        "utc_offset_minutes": 480,
    }
    assert [zone["zone"] for zone in told["zones"]] == ["services", "assistance"]
    assert [queue["letter"] for queue in told["queues"]] == ["A", "B", "C", "K"]
    first = told["windows"][0]
    assert (first["window"], first["skills"][0]) == (
        "1",
        {"queue": "civil", "level": "primary", "offset_seconds": 0},
    )
    assert told["hours"]["doors_at"] < told["hours"]["cut_off_at"]
    assert len(told["indicators"]["very-dissatisfied"]) == 8
    assert told["phrases"]["missed"]
    assert told["screen"]["accent"] == "#1B6B3A"
    assert told["version"] == 1


async def test_the_address_of_the_link_works_for_whoever_asked(
    house: OpenHouse,
) -> None:
    told = await house.anyone.get(house.path)
    headers = {"Host": "hall.example:8600"}
    async with house.http.get(house.path, headers=headers) as answer:
        elsewhere = (await answer.json())["link"]
    strange = {"Host": "evil.example/%22><script>"}
    async with house.http.get(house.path, headers=strange) as answer:
        unlikely = (await answer.json())["link"]

    port = house.running.link.port
    assert elsewhere == f"ws://hall.example:{port}"
    assert unlikely == f"ws://127.0.0.1:{port}"
    async with follow(told.says["link"], ["board/township"]) as board:
        await board.until("board/township", lambda state: state[1] == 1)


async def test_on_a_day_without_business_a_hall_has_no_hours(tmp_path: Path) -> None:
    profile = read_profile(shipped_profile_dir("township"))
    sunday = day_hours(profile, "2026-03-01").doors_at
    async with open_house(tmp_path, at=sunday) as house:
        told = (await house.anyone.get(house.path)).says

    assert (told["date"], told["state"], told["hours"]) == (
        *("2026-03-01", "not-open"),
        None,
    )


async def test_a_hall_that_is_not_here_is_not_found(house: OpenHouse) -> None:
    for path in ("", "/items", "/live", "/items/x", "/windows/1"):
        token = await house.staff("inspector", f"of{path.replace('/', '-')}", hall="")
        told = await Caller(house.http, token).get(f"/api/halls/mountain{path}")

        assert (told.status, told.code) == (404, "not-found"), path


# Items.


async def test_items_are_found_by_what_citizens_say(house: OpenHouse) -> None:
    told = await house.anyone.get(f"{house.path}/items", q="吃低保")

    assert told.says["items"][0]["item"] == CIVIL
    assert len(told.says["items"]) <= 3
    assert told.says["items"][0]["score"] > 50


async def test_an_item_tells_how_many_windows_serve_it_now(house: OpenHouse) -> None:
    path = f"{house.path}/items/{CIVIL}"
    nobody = await house.anyone.get(path)
    await house.clerk_at("1")

    told = await house.anyone.get(path)
    found = await house.anyone.get(f"{house.path}/items", q="吃低保")

    assert nobody.says["open_windows"] == 0
    assert told.says["open_windows"] == 1
    assert found.says["items"][0]["open_windows"] == 1


async def test_without_words_all_items_of_a_zone_are_listed(house: OpenHouse) -> None:
    everything = await house.anyone.get(f"{house.path}/items")
    zone = await house.anyone.get(f"{house.path}/items", zone="assistance")
    few = await house.anyone.get(f"{house.path}/items", limit="5")

    assert len(everything.says["items"]) == len(house.hall.profile.items)
    assert {item["zone"] for item in zone.says["items"]} == {"assistance"}
    assert len(few.says["items"]) == 5


async def test_one_item_is_told_with_its_materials(house: OpenHouse) -> None:
    told = await house.anyone.get(f"{house.path}/items/{CIVIL}")
    unknown = await house.anyone.get(f"{house.path}/items/none")

    assert told.says["name"] == "最低生活保障对象认定"
    assert "户口簿" in told.says["materials"]
    assert (unknown.status, unknown.code) == (404, "not-found")


# How it stands.


async def test_the_live_state_shows_calls_and_zones_and_nobodys_ticket(
    house: OpenHouse,
) -> None:
    clerk = await house.clerk_at("1")
    taken = [await house.number() for _ in range(3)]
    called = await clerk.does("call-next")
    house.clock.pass_by(MINUTE)

    told = (await house.anyone.get(f"{house.path}/live")).says

    (call,) = told["calls"]
    assert call == {
        "call": called.says["call"],
        "ticket_number": "A001",
        "window": "1",
        "zone": "services",
        "called_at": house.clock.now() - MINUTE,
        "announcements": 1,
        "state": "called",
    }
    assert told["zones"][0] == {
        "zone": "services",
        "waiting": 2,
        "parked": 0,
        "serving": 1,
        "open_windows": 1,
    }
    assert told["version"] == called.says["version"]
    assert not any(ticket["ticket"] in str(told) for ticket in taken)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"limit": "0"}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"q": "x" * 65}, "q"),
        ({"colour": "red"}, "colour"),
    ],
)
async def test_a_search_that_makes_no_sense_is_told_why(
    house: OpenHouse, query: dict[str, str], field: str
) -> None:
    told = await house.anyone.get(f"{house.path}/items", **query)

    assert (told.status, told.details["field"]) == (422, field)
