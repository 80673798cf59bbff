"""The year's report over HTTP: what is kept of the days, up to this moment."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from projections.kept.sqlite_store import SqliteKept
from projections.kept.store import SCHEMA
from tests.open_house import Caller, OpenHouse, open_house


DONE = {"outcome": "done"}


async def report(house: OpenHouse, caller: Caller, **query: str) -> tuple[int, bytes]:
    """Ask for a year's report."""
    path = f"{house.path}/reports/year"
    headers = {"Authorization": f"Bearer {caller.token}"}
    async with house.http.get(path, params=query, headers=headers) as answer:
        return answer.status, await answer.read()


async def serve_one(house: OpenHouse) -> None:
    """Let a citizen be served at window 1."""
    clerk = await house.clerk_at("1")
    await house.number()
    for what, body in (("call-next", {}), ("start", {}), ("complete", DONE)):
        assert (await clerk.does(what, body)).status == 200


async def test_a_manager_reads_the_year_up_to_this_moment(house: OpenHouse) -> None:
    await serve_one(house)
    manager = await house.caller("manager", "li.na")

    status, page = await report(house, manager, year="2026")

    told = page.decode()
    assert status == 200
    assert "2026 年度运行报告" in told
    assert "取号 1 个" in told
    assert "clerk-1 同志" in told
    assert f"依据记录至第 {house.house.log.last_position():,} 号" in told


async def test_without_a_year_it_is_this_one(house: OpenHouse) -> None:
    await serve_one(house)
    inspector = await house.caller("inspector")

    status, page = await report(house, inspector, language="en")

    assert status == 200
    assert "Annual report 2026" in page.decode()


async def test_the_year_is_a_workbook_too(house: OpenHouse) -> None:
    await serve_one(house)
    manager = await house.caller("manager")

    status, content = await report(house, manager, format="xlsx")

    assert status == 200
    book = openpyxl.load_workbook(BytesIO(content))
    assert book.sheetnames[:2] == ["概况", "各月"]


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ({"year": "2019"}, 404, "not-found"),
        ({"year": "12"}, 422, "not-acceptable"),
        ({"year": "MMXXVI"}, 422, "not-acceptable"),
        ({"format": "pdf"}, 422, "not-acceptable"),
        ({"month": "11"}, 422, "not-acceptable"),
    ],
)
async def test_what_cannot_be_reported_is_told(
    house: OpenHouse, query: dict[str, str], status: int, code: str
) -> None:
    manager = await house.caller("manager", "li.na")

    told = await manager.get(f"{house.path}/reports/year", **query)

    assert (told.status, told.code) == (status, code)


async def test_figures_that_only_a_newer_program_can_read_are_a_clear_503(
    tmp_path: Path,
) -> None:
    with SqliteKept(tmp_path / "projections.db", schema=SCHEMA + 1).pen() as pen:
        pen.finish(carry_over=False)

    async with open_house(tmp_path) as house:
        manager = await house.caller("manager")
        told = await manager.get(f"{house.path}/reports/year")
        ready = await house.anyone.get("/readyz")

    assert (told.status, told.code) == (503, "store-unavailable")
    assert ready.status == 200
    assert "newer program" in ready.says["figures"]["failure"]
