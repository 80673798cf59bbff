"""Days that are over: found in the record, or in the archive they have left it for."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from projections.day_record import recorded_dates
from queue_core.care.archives import archive
from tests.open_house import MONDAY, OpenHouse, open_house


TUESDAY = "2026-03-03"


@pytest.fixture(params=["in the record", "archived", "archived elsewhere"])
async def house(
    tmp_path: Path, request: pytest.FixtureRequest
) -> AsyncIterator[OpenHouse]:
    """A house on Tuesday; on Monday it served one citizen, who evaluated it."""
    data = tmp_path / "data"
    elsewhere = (
        tmp_path / "elsewhere" if request.param == "archived elsewhere" else None
    )
    async with open_house(data) as monday:
        await serve_one(monday)
    async with open_house(data, date=TUESDAY) as tuesday:
        await tuesday.day_state(1, TUESDAY)
        await tuesday.clerk_at("1", "wang")
        await tuesday.number()
    if request.param != "in the record":
        record, folder = data / "record.sqlite", elsewhere or data / "archives"
        archive(record, folder, "township", TUESDAY, remove=True, kept_days=1)
    async with open_house(data, date=TUESDAY, archive_folder=elsewhere) as opened:
        dates = recorded_dates(opened.house.log, "township")
        assert (MONDAY in dates) == (request.param == "in the record")
        yield opened


async def serve_one(house: OpenHouse) -> None:
    """Serve one citizen, who evaluates it; another one only waits."""
    clerk = await house.clerk_at("1", "li.na")
    holder, _ = await house.holder()
    await house.number()
    await clerk.does("call-next")
    await clerk.does("start")
    done = await clerk.does("complete", {"outcome": "done"})
    path = f"/api/services/{done.says['service']}/evaluation"
    await holder.post(path, {"grade": "very-satisfied", "channel": "phone"})


async def test_tickets_of_an_earlier_day_are_listed_as_they_ended(
    house: OpenHouse,
) -> None:
    clerk = await house.caller("help-desk")

    monday = await clerk.get(f"{house.path}/tickets", date=MONDAY)
    one = await clerk.get(f"{house.path}/tickets", date=MONDAY, number="a002")
    today = await clerk.get(f"{house.path}/tickets", date=TUESDAY)

    assert monday.says["date"] == MONDAY
    assert [
        (row["number"], row["state"], row["ended_reason"])
        for row in monday.says["tickets"]
    ] == [("A001", "ended", "served"), ("A002", "ended", "expired")]
    assert [row["number"] for row in one.says["tickets"]] == ["A002"]
    assert monday.says["version"] > today.says["version"]
    assert [row["number"] for row in today.says["tickets"]] == ["A001"]
    assert today.says == (await clerk.get(f"{house.path}/tickets")).says


async def test_a_tickets_way_is_told_after_its_day(house: OpenHouse) -> None:
    clerk = await house.caller("help-desk")
    found = await clerk.get(f"{house.path}/tickets", date=MONDAY, number="A001")
    path = f"{house.path}/tickets/{found.says['tickets'][0]['ticket']}/history"

    told = await clerk.get(path, date=MONDAY, language="en")
    today = await clerk.get(path)

    assert (told.says["date"], told.says["number"]) == (MONDAY, "A001")
    assert [line["event"] for line in told.says["lines"]] == [
        "TicketIssued",
        "TicketCalled",
        "ServiceStarted",
        "ServiceCompleted",
        "TicketEnded",
        "EvaluationGiven",
    ]
    assert told.says["version"] == found.says["version"]
    assert (today.status, today.code) == (404, "ticket-unknown")


async def test_the_report_of_an_earlier_day_is_made(house: OpenHouse) -> None:
    inspector = await house.caller("inspector")

    told = await inspector.get(f"{house.path}/reports/day", date=MONDAY)

    page = told.says.decode()
    assert told.status == 200
    assert MONDAY in page
    assert "li.na 同志" in page


@pytest.mark.parametrize("what", ["tickets", "tickets/t1/history", "reports/day"])
async def test_a_day_that_never_was_is_not_found(house: OpenHouse, what: str) -> None:
    manager = await house.caller("manager")

    never = await manager.get(f"{house.path}/{what}", date="2020-01-01")
    nonsense = await manager.get(f"{house.path}/{what}", date="yesterday")

    assert (never.status, never.code) == (404, "not-found")
    assert (nonsense.status, nonsense.details["field"]) == (422, "date")


async def test_a_ticket_that_the_day_never_issued_is_unknown(
    house: OpenHouse,
) -> None:
    manager = await house.caller("manager")

    told = await manager.get(f"{house.path}/tickets/nobody/history", date=MONDAY)

    assert (told.status, told.code) == (404, "ticket-unknown")


async def test_a_damaged_archive_is_no_empty_day(tmp_path: Path) -> None:
    async with open_house(tmp_path, date=TUESDAY) as house:
        folder = tmp_path / "archives"
        folder.mkdir()
        (folder / f"township-{MONDAY}.jsonl.gz").write_bytes(b"half a file")
        inspector = await house.caller("inspector")

        told = await inspector.get(f"{house.path}/reports/day", date=MONDAY)

        assert told.status == 503
