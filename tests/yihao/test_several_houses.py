"""Several houses on one PostgreSQL serve the same halls as if they were one."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from displays.link.follower import follow
from queue_core.access.postgres_key import KeyForeign
from queue_core.errors import LogError
from queue_core.events import DayClosed, DayOpened, EvaluationGiven
from queue_core.profiles.catalog import shipped_profile_dir
from tests.open_house import MINUTE, Caller, OpenHouse, keys_in, open_house
from yihao.house import running_house
from yihao.settings import Settings


BOARD = "board/township"


@asynccontextmanager
async def two_houses(
    database: str, home: Path, **settings: Any
) -> AsyncIterator[tuple[OpenHouse, OpenHouse]]:
    """Open two houses on one database, as two machines with the same keys would."""
    said = {"database": database, **keys_in(home), **settings}
    async with (
        open_house(home / "east", **said) as east,
        open_house(home / "west", **said) as west,
    ):
        yield east, west


def recorded(house: OpenHouse, kind: type[Any]) -> list[Any]:
    """Return what stands of one kind in the record."""
    found = house.house.log.read_all(0, 10_000)
    return [one.event for one in found if isinstance(one.event, kind)]


async def until(house: OpenHouse, holds: Callable[[], bool]) -> None:
    """Wait until what a house has heard makes something true."""
    heard = asyncio.Event()
    leave = house.hall.desk.subscribe(lambda _: heard.set())
    while not holds():
        await heard.wait()
        heard.clear()
    leave()


async def test_a_number_that_one_house_gave_is_called_and_served_by_the_other(
    postgres: Callable[[], str], tmp_path: Path
) -> None:
    async with two_houses(postgres(), tmp_path) as (east, west):
        clerk = await west.clerk_at("1", "li.na")
        holder, taken = await east.holder()

        called = await clerk.does("call-next")
        await clerk.does("start")
        done = await clerk.does("complete", {"outcome": "done"})
        given = await holder.post(
            f"/api/services/{done.says['service']}/evaluation",
            {"grade": "very-satisfied", "channel": "phone"},
        )
        await until(west, lambda: west.hall.live.figures.evaluations == 1)

        assert called.says["ticket"]["number"] == taken["number"] == "A001"
        assert given.status == 201
        assert len(recorded(east, EvaluationGiven)) == 1
        assert east.hall.live.version == west.hall.live.version


async def test_the_screens_of_both_houses_show_every_call(
    postgres: Callable[[], str], tmp_path: Path
) -> None:
    async with two_houses(postgres(), tmp_path) as (east, west):
        clerk = await east.clerk_at("1", "li.na")
        urls = [house.house.link("127.0.0.1") for house in (east, west)]
        async with follow(urls[0], [BOARD]) as one, follow(urls[1], [BOARD]) as other:
            await west.number()
            await clerk.does("call-next")

            calls = [
                (await screen.until(BOARD, lambda state: bool(state[2])))[2]
                for screen in (one, other)
            ]

    assert calls[0] == calls[1]
    assert [call[1] for call in calls[0]] == ["A001"]


async def test_who_signed_in_at_one_house_is_known_at_the_other(
    postgres: Callable[[], str], tmp_path: Path
) -> None:
    async with two_houses(postgres(), tmp_path) as (east, west):
        token = (await west.clerk_at("1", "li.na")).token
        kiosk = await west.device("kiosk", "door")
        holder, taken = await east.holder()

        session = await Caller(east.http, token).get("/api/session")
        printed = await Caller(east.http, kiosk.token).post(
            f"{east.path}/tickets",
            {"item": "SW001", "channel": "kiosk", "print": False},
        )
        own = await Caller(west.http, holder.token).get(
            f"/api/tickets/{taken['ticket']}"
        )

        assert session.says["account"] == "li.na"
        assert printed.status == 201
        assert own.says["number"] == taken["number"]


async def test_two_keepers_open_and_close_the_day_once(
    postgres: Callable[[], str], tmp_path: Path
) -> None:
    async with two_houses(postgres(), tmp_path) as (east, west):
        hours = east.hall.live.hours
        assert hours is not None
        for house in (east, west):
            house.clock.move_to(hours.ends_at + MINUTE)
        for house in (east, west):
            await house.day_state(2)
        readiness = [await house.anyone.get("/readyz") for house in (east, west)]

        assert len(recorded(east, DayOpened)) == 1
        assert len(recorded(east, DayClosed)) == 1
        assert [ready.status for ready in readiness] == [200, 200]


async def test_a_profile_that_is_adopted_at_one_house_holds_at_the_other(
    postgres: Callable[[], str], tmp_path: Path
) -> None:
    folder = tmp_path / "township"
    shutil.copytree(shipped_profile_dir("township"), folder)
    async with two_houses(postgres(), tmp_path, folder=folder) as (east, west):
        file = folder / "hall.toml"
        text = file.read_text(encoding="utf-8")
        changed = text.replace("announcements = 3 ", "announcements = 5 ")
        file.write_text(changed, encoding="utf-8")
        administrator = await east.caller("administrator")

        adopted = await administrator.post(f"{east.path}/profile/adopt")
        await until(west, lambda: rules_of(west).announcements_limit == 5)
        seen = await west.anyone.get(west.path)

        assert adopted.says["changed"]
        assert west.hall.profile == east.hall.profile
        assert seen.says["labels"] == east.hall.labels


def rules_of(house: OpenHouse) -> Any:
    """Return the rules by which the day goes on."""
    return house.hall.live.rules


async def test_a_house_with_another_key_does_not_open(
    postgres: Callable[[], str], tmp_path: Path
) -> None:
    database = postgres()
    async with open_house(tmp_path / "east", database=database):
        settings = Settings(
            halls=(shipped_profile_dir("township"),),
            data=tmp_path / "west",
            database=database,
            port=0,
            link_port=0,
        )
        with pytest.raises(KeyForeign):
            async with running_house(settings):
                pass


async def test_a_house_without_its_database_does_not_open(tmp_path: Path) -> None:
    settings = Settings(
        halls=(shipped_profile_dir("township"),),
        data=tmp_path,
        database="postgresql://nobody@127.0.0.1:1/none",
    )

    with pytest.raises(LogError, match="cannot be reached"):
        async with running_house(settings):
            pass
