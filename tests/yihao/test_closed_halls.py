"""A hall whose record is damaged stays closed and says why; the others open."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from displays.link.frames import HELLO, SUBSCRIBE, TRY_LATER, Frame, encode
from projections.halls import HallClosed
from tests.displays.link.linked import listen_to_the_end
from tests.open_house import (
    CIVIL,
    MINUTE,
    MONDAY,
    Caller,
    HandClock,
    OpenHouse,
    cheap_passwords,
    open_house,
)
from yihao.house import running_house
from yihao.settings import Settings
from yihao.soak.damage import Row, damaged
from yihao.soak.townships import PROFILE, instant, profile_named


OTHER = "othertown"
DAMAGED = Row(f"hall-day/{PROFILE}/{MONDAY}", 2)
NAMED = f"{DAMAGED.stream} version {DAMAGED.version} is unreadable"


@asynccontextmanager
async def two_halls(data: Path) -> AsyncIterator[OpenHouse]:
    """Open a house with two halls; ``hall`` is the first one that opens."""
    folders = [data.parent / hall for hall in (PROFILE, OTHER)]
    for folder in folders:
        if not folder.exists():
            profile_named(folder.name, folder)
    told = Settings(halls=tuple(folders), data=data, port=0, link_port=0)
    clock = HandClock(instant(9))
    async with (
        running_house(told, clock=clock, passwords=cheap_passwords()) as running,
        aiohttp.ClientSession(running.address) as http,
    ):
        house = OpenHouse(running, clock, http)
        await house.day_state(1)
        yield house


@pytest.fixture
async def holder(tmp_path: Path) -> tuple[str, str]:
    """A ticket of the hall that is damaged afterwards, and its secret."""
    async with two_halls(tmp_path / "data") as house:
        await house.clerk_at("1", "li.na")
        taken = await house.number()
    return taken["ticket"], taken["secret"]


async def test_what_belongs_to_a_damaged_hall_is_503_and_names_the_row(
    tmp_path: Path, holder: tuple[str, str]
) -> None:
    data = tmp_path / "data"
    ticket, secret = holder
    with damaged(data / "record.sqlite", DAMAGED):
        async with two_halls(data) as house:
            hall = await house.anyone.get(f"/api/halls/{PROFILE}")
            taken = await house.anyone.post(
                f"/api/halls/{PROFILE}/tickets", {"item": CIVIL, "channel": "phone"}
            )
            own = await Caller(house.http, secret).get(f"/api/tickets/{ticket}")
            listed = await house.anyone.get("/api/halls")

    for told in (hall, taken, own):
        assert (told.status, told.code) == (503, "store-unavailable")
        assert NAMED in told.says["error"]["message"]
    assert [hall["hall"] for hall in listed.says["halls"]] == [OTHER]


async def test_the_other_hall_works_and_the_house_says_what_is_closed(
    tmp_path: Path, holder: tuple[str, str]
) -> None:
    data = tmp_path / "data"
    with damaged(data / "record.sqlite", DAMAGED):
        async with two_halls(data) as house:
            await house.clerk_at("1", "wang.fang")
            number = await house.number()
            ready = await house.anyone.get("/readyz")

    assert (house.hall.hall, number["number"]) == (OTHER, "A001")
    assert ready.status == 503
    assert any(NAMED in fault for fault in ready.says["faults"])


async def test_screens_of_a_closed_hall_are_told_to_come_back_later(
    tmp_path: Path, holder: tuple[str, str]
) -> None:
    data = tmp_path / "data"
    codes = []
    with damaged(data / "record.sqlite", DAMAGED):
        async with two_halls(data) as house:
            for topic in (f"board/{PROFILE}", f"ticket/{holder[0]}"):
                screen = await connect(house.house.link("127.0.0.1"))
                await screen.send(encode(Frame(HELLO, "", "", 0, 0, {})))
                said = {"secret": holder[1]}
                await screen.send(encode(Frame(SUBSCRIBE, topic, "", 0, 0, said)))
                with pytest.raises(ConnectionClosed) as closed:
                    await listen_to_the_end(screen)
                assert closed.value.rcvd is not None
                codes.append(closed.value.rcvd.code)

    assert codes == [TRY_LATER, TRY_LATER]


async def test_a_hall_whose_record_was_mended_opens_again(
    tmp_path: Path, holder: tuple[str, str]
) -> None:
    data = tmp_path / "data"
    with damaged(data / "record.sqlite", DAMAGED):
        async with two_halls(data) as house:
            closed = [*house.house.closed]
    async with two_halls(data) as house:
        number = await house.number()

    assert closed == [PROFILE]
    assert (house.hall.hall, number["number"]) == (PROFILE, "A002")


async def test_an_account_may_belong_to_a_hall_that_is_closed(
    tmp_path: Path, holder: tuple[str, str]
) -> None:
    data = tmp_path / "data"
    with damaged(data / "record.sqlite", DAMAGED):
        async with two_halls(data) as house:
            chief = Caller(house.http, await house.staff("administrator", hall=""))
            body = {
                "account": "new.clerk",
                "name": "某同志",
                "role": "clerk",
                "hall": PROFILE,
                "password": "correct horse 2",
            }
            added = await chief.post("/api/accounts", body)

    assert added.status == 201


async def test_a_house_whose_only_hall_is_damaged_does_not_open(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path) as house:
        await house.clerk_at("1")
        now = house.clock.now() + MINUTE

    with (
        damaged(tmp_path / "record.sqlite", DAMAGED),
        pytest.raises(HallClosed, match="version 2 is unreadable"),
    ):
        async with open_house(tmp_path, at=now):
            pass
