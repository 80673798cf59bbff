"""The hall's office: tickets of today, the day, the profile, the report."""

from __future__ import annotations

import io
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import openpyxl
import pytest

from queue_core.profiles.catalog import shipped_profile_dir
from tests.open_house import MONDAY, Caller, OpenHouse, open_house


@pytest.fixture
async def own_folder(tmp_path: Path) -> Path:
    """A profile folder that a test may change."""
    folder = tmp_path / "township"
    shutil.copytree(shipped_profile_dir("township"), folder)
    return folder


@pytest.fixture
async def own_house(tmp_path: Path, own_folder: Path) -> AsyncIterator[OpenHouse]:
    async with open_house(tmp_path / "data", folder=own_folder) as opened:
        yield opened


# Tickets of today.


async def test_a_ticket_is_found_by_its_number_or_a_part_of_it(
    house: OpenHouse,
) -> None:
    clerk = await house.clerk_at("1")
    taken = [await house.number() for _ in range(3)]

    found = await clerk.get(f"{house.path}/tickets", number="a002")
    some = await clerk.get(f"{house.path}/tickets", part="a00", limit="2")
    none = await clerk.get(f"{house.path}/tickets", part="9")
    everyone = await clerk.get(f"{house.path}/tickets", limit="2")

    assert [row["ticket"] for row in found.says["tickets"]] == [taken[1]["ticket"]]
    assert found.says["tickets"][0]["state"] == "waiting"
    assert [row["number"] for row in some.says["tickets"]] == ["A001", "A002"]
    assert (some.says["count"], none.says["count"]) == (3, 0)
    assert [row["number"] for row in everyone.says["tickets"]] == ["A001", "A002"]


async def test_a_tickets_way_is_told_step_by_step_in_both_languages(
    house: OpenHouse,
) -> None:
    clerk = await house.clerk_at("1")
    taken = await house.number()
    await clerk.does("call-next")
    path = f"{house.path}/tickets/{taken['ticket']}/history"

    zh = await clerk.get(path)
    en = await clerk.get(path, language="en")

    assert [line["event"] for line in zh.says["lines"]] == [
        "TicketIssued",
        "TicketCalled",
    ]
    assert [line["version"] for line in zh.says["lines"]] == [
        line["version"] for line in en.says["lines"]
    ]
    assert "取号 A001" in zh.says["lines"][0]["text"]
    assert "took number A001" in en.says["lines"][0]["text"]


async def test_a_pin_needs_a_waiting_ticket_and_a_reason(house: OpenHouse) -> None:
    clerk = await house.clerk_at("1")
    manager = await house.caller("manager")
    taken = await house.number()
    path = f"{house.path}/tickets/{taken['ticket']}/pin"
    await clerk.does("call-next")

    called = await manager.post(path, {"reason": "行动不便"})
    silent = await manager.post(path)
    unknown = await manager.post(f"{house.path}/tickets/none/pin", {"reason": "x"})

    assert (called.status, called.code) == (409, "ticket-busy")
    assert (silent.status, silent.details["field"]) == (422, "reason")
    assert (unknown.status, unknown.code) == (404, "ticket-unknown")


# The day.


async def test_a_manager_closes_the_day_when_nobody_is_left_to_serve(
    house: OpenHouse,
) -> None:
    clerk = await house.clerk_at("1")
    manager = await house.caller("manager")
    await house.number()

    left = await manager.post(f"{house.path}/day/close")
    await clerk.does("call-next")
    await clerk.does("start")
    await clerk.does("complete", {"outcome": "done"})
    closed = await manager.post(f"{house.path}/day/close")
    again = await manager.post(f"{house.path}/day/open")
    late = await house.anyone.post(
        f"{house.path}/tickets", {"item": "SW001", "channel": "phone"}
    )

    assert (left.status, left.code) == (409, "tickets-left")
    assert (closed.status, closed.says["state"]) == (200, "closed")
    assert (again.status, again.code) == (410, "day-ended")
    assert (late.status, late.code) == (410, "day-ended")


async def test_an_open_day_is_not_opened_again(house: OpenHouse) -> None:
    manager = await house.caller("manager")

    told = await manager.post(f"{house.path}/day/open")

    assert (told.status, told.code) == (409, "day-already-open")
    assert told.details == {"date": MONDAY}


# The profile.


async def test_a_changed_profile_is_adopted_for_later_tickets(
    own_house: OpenHouse, own_folder: Path
) -> None:
    admin = Caller(own_house.http, await own_house.staff("administrator", hall=""))
    path = f"{own_house.path}/profile/adopt"
    same = await admin.post(path)
    file = own_folder / "hall.toml"
    text = file.read_text(encoding="utf-8")
    text = text.replace("announcements = 3 ", "announcements = 5 ")
    file.write_text(text, encoding="utf-8")

    told = await admin.post(path)
    hall = await own_house.anyone.get(own_house.path)

    assert (same.says["changed"], told.says["changed"]) == (False, True)
    assert told.says["revision"] != same.says["revision"]
    assert hall.says["rules"]["announcements_limit"] == 5
    assert hall.says["labels"] == told.says["revision"]


async def test_a_faulty_profile_is_told_whole_and_changes_nothing(
    own_house: OpenHouse, own_folder: Path
) -> None:
    admin = Caller(own_house.http, await own_house.staff("administrator", hall=""))
    before = await own_house.anyone.get(own_house.path)
    file = own_folder / "hall.toml"
    text = file.read_text(encoding="utf-8").replace('letter = "B"', 'letter = "AB"')
    file.write_text(text.replace('doors = "08:15"', 'doors = "8"'), encoding="utf-8")

    told = await admin.post(f"{own_house.path}/profile/adopt")

    assert (told.status, told.code) == (422, "profile-faulty")
    assert len(told.details["faults"]) >= 2
    assert (await own_house.anyone.get(own_house.path)).says == before.says


# The report.


async def test_the_report_of_a_day_comes_as_a_page_and_as_a_workbook(
    house: OpenHouse,
) -> None:
    clerk = await house.clerk_at("1", "li.na")
    inspector = await house.caller("inspector")
    await house.number()
    await clerk.does("call-next")
    await clerk.does("start")
    await clerk.does("complete", {"outcome": "done"})
    path = f"{house.path}/reports/day"

    page = await inspector.get(path)
    book = await inspector.get(path, format="xlsx", language="en")

    assert "li.na 同志" in page.says.decode()
    assert openpyxl.load_workbook(io.BytesIO(book.says)).sheetnames


async def test_a_report_may_run_nothing_in_the_readers_browser(
    house: OpenHouse,
) -> None:
    inspector = await house.caller("inspector")
    headers = {"Authorization": f"Bearer {inspector.token}"}

    async with house.http.get(f"{house.path}/reports/day", headers=headers) as answer:
        policy = answer.headers["Content-Security-Policy"]

    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in policy
    assert "script-src" not in policy


async def test_a_day_without_record_has_no_report(house: OpenHouse) -> None:
    inspector = await house.caller("inspector")
    path = f"{house.path}/reports/day"

    never = await inspector.get(path, date="2020-01-01")
    nonsense = await inspector.get(path, date="yesterday")

    assert (never.status, never.code) == (404, "not-found")
    assert (nonsense.status, nonsense.details["field"]) == (422, "date")
