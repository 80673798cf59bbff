"""The paper with what to bring comes out at the window, as the record has it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.open_house import Clerk, OpenHouse, Told, open_house


MISSING = {"outcome": "needs-supplement", "supplement": ["户口簿", "近期照片"]}


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[OpenHouse]:
    """A house in which window 1 has a printer of its own, and the hall one more."""
    printers = (f"file:{tmp_path / 'hall'}", f"window/1=file:{tmp_path / 'one'}")
    async with open_house(tmp_path / "data", printers=printers) as opened:
        yield opened


async def told_at(house: OpenHouse, window: str, **body: object) -> tuple[Clerk, Told]:
    """Serve somebody at a window, and tell him what to bring."""
    clerk = await house.clerk_at(window)
    await house.number()
    await clerk.does("call-next")
    await clerk.does("start")
    done = await clerk.does("complete", {**MISSING, **body})
    return clerk, await clerk.does("supplement-slip", {"service": done.says["service"]})


async def test_what_must_be_brought_is_printed_at_the_window(
    house: OpenHouse, tmp_path: Path
) -> None:
    _, told = await told_at(house, "1")

    assert (told.status, told.says["printed"], told.says["reason"]) == (200, True, None)
    assert told.says["missing"] == ["户口簿", "近期照片"]
    assert (told.says["number"], told.says["clerk"]) == ("A001", "clerk-1")
    (paper,) = (tmp_path / "one").glob("*.txt")
    assert "2. 近期照片" in paper.read_text()
    assert not (tmp_path / "hall").exists()


async def test_a_window_without_a_printer_says_so_and_tells_what_to_print(
    house: OpenHouse, tmp_path: Path
) -> None:
    _, told = await told_at(house, "2", supplement=["身份证110101199003074512"])

    assert (told.says["printed"], told.says["reason"]) == (False, "no-printer")
    assert told.says["missing"] == ["身份证***"]
    assert not (tmp_path / "hall").exists()


async def test_only_a_finished_service_of_the_window_with_a_list_is_printed(
    house: OpenHouse,
) -> None:
    clerk, told = await told_at(house, "1")
    service = {"service": told.says["service"]}
    other = await house.clerk_at("3")

    elsewhere = await other.does("supplement-slip", service)
    unknown = await clerk.does("supplement-slip", {"service": "nothing.1"})
    await clerk.does("undo")
    open_again = await clerk.does("supplement-slip", service)
    await clerk.does("complete", {"outcome": "done"})
    nothing = await clerk.does("supplement-slip", service)

    assert (elsewhere.status, elsewhere.code) == (404, "service-unknown")
    assert (unknown.status, unknown.code) == (404, "service-unknown")
    assert (open_again.status, open_again.code) == (409, "service-not-finished")
    assert (nothing.status, nothing.code) == (422, "supplement-missing")
