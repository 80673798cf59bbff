"""The house opens in order, goes on where it stopped, and closes in order."""

from __future__ import annotations

import shutil
import socket
from pathlib import Path

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from displays.link.follower import follow
from displays.link.frames import GOING_AWAY, HELLO, Frame, encode
from queue_core.errors import LogError, ParseError
from queue_core.events import ProfileAdopted, RulesAdopted
from queue_core.log.sqlite_log import SqliteLog
from queue_core.log.streams import profile_stream
from queue_core.profiles.catalog import shipped_profile_dir
from queue_core.profiles.faults import ProfileFaults
from tests.open_house import Caller, open_house
from yihao.house import running_house
from yihao.settings import Settings, printers_of


async def test_a_house_goes_on_where_it_stopped(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        await house.clerk_at("1", "li.na")
        holder, taken = await house.holder()
        now, version = house.clock.now(), house.hall.live.version
    async with open_house(tmp_path, at=now) as house:
        phone = Caller(house.http, holder.token)
        place = await phone.get(f"/api/tickets/{taken['ticket']}")
        again = await house.number()

    assert house.hall.live.version == version + 1
    assert (place.says["number"], place.says["windows"]) == ("A001", ["1"])
    assert again["number"] == "A002"


async def test_the_link_shows_the_day_as_it_stood_before_the_restart(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path) as house:
        clerk = await house.clerk_at("1", "li.na")
        await house.number()
        await clerk.does("call-next")
        now = house.clock.now()
    async with open_house(tmp_path, at=now) as house:
        url = house.house.link("127.0.0.1")
        async with follow(url, ["board/township"]) as board:
            state = await board.until("board/township", lambda state: state[2])

    assert state[2][0][1] == "A001"


async def test_closing_the_house_tells_screens_to_come_back(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        screen = await connect(house.house.link("127.0.0.1"))
        await screen.send(encode(Frame(HELLO, "", "", 0, 0, {})))
        await screen.recv()
    with pytest.raises(ConnectionClosed) as closed:
        await screen.recv()

    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == GOING_AWAY


async def test_only_one_house_works_on_a_record(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        with pytest.raises(LogError, match="only one server"):
            async with running_house(house.running.settings):
                pass

        assert (await house.anyone.get(house.path)).status == 200


async def test_a_port_that_is_taken_leaves_nothing_open_behind(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        settings = Settings(
            halls=(shipped_profile_dir("township"),),
            data=tmp_path,
            port=taken.getsockname()[1],
            link_port=0,
        )
        with pytest.raises(OSError, match="in use"):
            async with running_house(settings):
                pass

    async with open_house(tmp_path) as house:
        assert (await house.anyone.get("/readyz")).status == 200


async def test_a_faulty_profile_opens_no_house(tmp_path: Path) -> None:
    folder = tmp_path / "broken"
    shutil.copytree(shipped_profile_dir("township"), folder)
    (folder / "items.csv").write_text("code\n", encoding="utf-8")
    settings = Settings(halls=(folder,), data=tmp_path / "data")

    with pytest.raises(ProfileFaults):
        async with running_house(settings):
            pass

    assert not settings.data.exists()


async def test_two_halls_live_in_one_house_and_know_nothing_of_each_other(
    tmp_path: Path,
) -> None:
    folders = (shipped_profile_dir("township"), shipped_profile_dir("city"))
    settings = Settings(halls=folders, data=tmp_path, port=0, link_port=0)
    async with running_house(settings) as running:
        halls = running.house.halls

        assert list(halls) == ["township", "city"]
        assert {len(hall.profile.windows) for hall in halls.values()} == {4, 125}


# Profiles.


async def test_the_profile_is_recorded_once_and_again_when_it_changes(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "township"
    shutil.copytree(shipped_profile_dir("township"), folder)
    async with open_house(tmp_path / "data", folder=folder) as house:
        now = house.clock.now()
    async with open_house(tmp_path / "data", folder=folder, at=now):
        pass
    file = folder / "hall.toml"
    text = file.read_text(encoding="utf-8")
    changed = text.replace("announcements = 3 ", "announcements = 5 ")
    file.write_text(changed, encoding="utf-8")
    async with open_house(tmp_path / "data", folder=folder, at=now) as house:
        rules = house.hall.live.rules
    file.write_text(text, encoding="utf-8")
    async with open_house(tmp_path / "data", folder=folder, at=now) as house:
        day = [r.event for r in house.house.log.read(house.hall.stream)]

    assert rules is not None
    assert rules.announcements_limit == 5
    assert sum(isinstance(event, RulesAdopted) for event in day) == 2
    assert len(adopted(tmp_path / "data")) == 3


def adopted(data: Path) -> list[str]:
    """Return the revisions that were adopted, in order."""
    log = SqliteLog(data / "record.sqlite", read_only=True)
    events = [recorded.event for recorded in log.read(profile_stream("township"))]
    log.close()
    return [event.revision for event in events if isinstance(event, ProfileAdopted)]


# Settings.


def test_printers_stand_at_their_kiosks_or_serve_all(tmp_path: Path) -> None:
    given = ("tcp://10.0.0.9:9100?columns=32", f"entrance=file:{tmp_path}")
    settings = Settings(halls=(), data=tmp_path, printers=given)

    printers = printers_of(settings)

    assert {place: one.form.columns for place, one in printers.items()} == {
        "": 32,
        "entrance": 48,
    }


def test_a_printer_that_is_none_is_told_before_anything_starts(tmp_path: Path) -> None:
    settings = Settings(halls=(), data=tmp_path, printers=("lpt1",))

    with pytest.raises(ParseError, match="names no printer"):
        printers_of(settings)
