"""A person is planted in a hall, looked for in every byte it leaves, and erased.

The identity number, the phone and the name go in by every door through which they can
come, remarks of clerks and citizens among them. Then every file of the house is read,
with its backups, exports, archives and logs; and again when the person was erased.
"""

from __future__ import annotations

import logging
import shutil
import sqlite3
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from queue_core.care.archives import archive
from queue_core.care.exports import export
from queue_core.profiles.catalog import shipped_profile_dir
from tests.displays.fake_sms_gateway import FakeSmsGateway
from tests.open_house import CIVIL, MONDAY, Caller, OpenHouse, open_house
from yihao.cli import main
from yihao.logs import set_up_logs


IDENTITY, PHONE, NAME = "11010519491231002X", "13812345678", "诸葛小明"
PLANTED = [
    *(text.encode() for text in (IDENTITY, IDENTITY.lower(), PHONE, NAME)),
    *(text.encode("utf-16-le") for text in (IDENTITY, PHONE, NAME)),
    NAME.encode("gb18030"),
    b"138 1234 5678",
    b"138-1234-5678",
]

KEEPING = """
[persons]
keep_identity = true
keep_name = true
mask_name = "keep 1 and 0"
mask_phone = "keep 3 and 4"
mask_identity = "keep 3 and 4"
remind_ahead = 2
"""


class Planted(NamedTuple):
    """A house in which somebody was served, and what he left there."""

    house: OpenHouse
    data: Path
    ticket: str
    answers: str
    """Everything that the house has answered."""
    seen: dict[str, Any]
    """What the clerk saw of him."""


@pytest.fixture
async def gateway() -> AsyncIterator[FakeSmsGateway]:
    async with FakeSmsGateway().on() as listening:
        yield listening


@pytest.fixture
def usual_logs() -> Iterator[None]:
    handlers, level = logging.root.handlers[:], logging.root.level
    yield
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)


@pytest.fixture
async def planted(tmp_path: Path, gateway: FakeSmsGateway) -> AsyncIterator[Planted]:
    folder, data = tmp_path / "township", tmp_path / "data"
    shutil.copytree(shipped_profile_dir("township"), folder)
    toml = folder / "hall.toml"
    shipped = toml.read_text(encoding="utf-8")
    start, end = shipped.index("[persons]"), shipped.index("[retention]")
    toml.write_text(shipped[:start] + KEEPING + shipped[end:], encoding="utf-8")
    async with open_house(data, folder=folder, sms_gateway=gateway.address) as house:
        yield await plant(house, data, gateway)


async def plant(house: OpenHouse, data: Path, gateway: FakeSmsGateway) -> Planted:
    """Let somebody take a number with all he has, be served, and evaluate."""
    clerk, kiosk = await house.clerk_at("1"), await house.device("kiosk", "entrance")
    wish = {
        "item": CIVIL,
        "channel": "kiosk",
        "subject": IDENTITY.lower(),
        "name": NAME,
        "reminder": {"phone": "138 1234 5678"},
    }
    key = f"card-{IDENTITY}"
    taken = await kiosk.post(f"{house.path}/tickets", wish, key=key)
    assert taken.status == 201
    repeated = await kiosk.post(f"{house.path}/tickets", wish, key=key)
    assert repeated.says["ticket"] == taken.says["ticket"]
    again = await kiosk.post(f"{house.path}/tickets", wish)
    called = await clerk.does("call-next")
    await gateway.has(1)
    seen = await clerk.get(f"{house.path}/windows/1/person")
    await clerk.does("start")
    note = f"请回电138-1234-5678，证件{IDENTITY}"
    done = await clerk.does("complete", {"outcome": "accepted", "note": note})
    holder = Caller(house.http, taken.says["secret"])
    given = await holder.post(
        f"/api/services/{done.says['service']}/evaluation",
        {"grade": "satisfied", "channel": "phone", "text": f"电话 {PHONE} 谢谢"},
        key=PHONE,
    )
    assert given.status == 201
    await tell_the_hall(house)
    told = [taken, again, called, seen, done, given]
    return Planted(house, data, taken.says["ticket"], str(told), seen.says)


async def tell_the_hall(house: OpenHouse) -> None:
    """Let a manager try to put numbers on the boards."""
    manager = await house.caller("manager", "hall.manager")
    for field, text in (("zh", f"请 {IDENTITY} 到服务台"), ("en", f"Call {PHONE}")):
        body = {"zh": "请到服务台", field: text}
        told = await manager.post(f"{house.path}/notices", body)
        assert (told.status, told.details["field"]) == (422, field)


def bytes_in(*places: Path) -> bytes:
    """Return every byte of files, and of all files in folders."""
    files = [
        file
        for place in places
        for file in (sorted(place.rglob("*")) if place.is_dir() else [place])
        if file.is_file()
    ]
    assert files
    return b"\n".join(file.read_bytes() for file in files)


def found_in(content: bytes) -> list[bytes]:
    """Return what of the planted person stands in the open."""
    return [text for text in PLANTED if text in content]


def kept_of(file: Path) -> list[bytes]:
    """Return the person's wrapped key, and what is sealed under it."""
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    rows = connection.execute(
        "SELECT wrapped FROM persons UNION SELECT sealed FROM person_identifiers"
    ).fetchall()
    connection.close()
    return [row[0] for row in rows]


async def reports_of(house: OpenHouse, reader: Caller) -> list[object]:
    """Return the reports, the orders and the counts of the day, byte for byte."""
    day = await reader.get(f"{house.path}/reports/day", date=MONDAY)
    tickets = await reader.get(f"{house.path}/tickets")
    live = await reader.get(f"{house.path}/live")
    assert (day.status, tickets.status, live.status) == (200, 200, 200)
    stream = house.hall.desk.stream
    events = [one.event for one in house.house.log.read(stream)]
    return [day.says, tickets.says, live.says, events]


async def test_a_clerk_sees_masks_and_nobody_sees_more(planted: Planted) -> None:
    assert planted.seen["name"] == "诸***"
    assert planted.seen["phone"] == "138****5678"
    assert planted.seen["identity"] == "110***********002X"
    assert "live-ticket-exists" in planted.answers
    assert found_in(planted.answers.encode()) == []


async def test_no_byte_of_a_person_lies_open_before_or_after_erasing(
    planted: Planted,
    tmp_path: Path,
    usual_logs: None,
    capsys: pytest.CaptureFixture[str],
) -> None:
    set_up_logs(json=True, level=logging.DEBUG)
    house, data = planted.house, planted.data
    manager = await house.caller("manager")
    admin = Caller(house.http, await house.staff("administrator", hall=""))
    record, secret = data / "record.sqlite", kept_of(data / "persons.db")
    before = await reports_of(house, manager)
    options = ["--data", str(data), "--database", ""]
    kept, old = tmp_path / "kept", tmp_path / "old.db"
    late, new = tmp_path / "late", tmp_path / "new.db"
    lines = tmp_path / "export.jsonl"
    assert main(["backup", str(kept), "--persons", str(old), *options]) == 0
    logging.getLogger("yihao").warning("citizen %s, %s", IDENTITY, PHONE)

    told = await admin.post(f"{house.path}/persons/erase", {"ticket": planted.ticket})
    assert (told.status, told.says["persons"]) == (200, 1)
    again = await admin.post(f"{house.path}/persons/erase", {"subject": PHONE})
    assert again.code == "person-unknown"

    assert main(["backup", str(late), "--persons", str(new), *options]) == 0
    export(record, lines)
    everything = bytes_in(data, kept, old, late, new, lines)
    after_only = bytes_in(data, late, new, lines)
    said = capsys.readouterr()
    assert len(secret) == 4
    assert all(one in bytes_in(old) for one in secret)
    assert all(one not in bytes_in(kept) for one in secret)
    assert found_in(everything) == []
    assert all(one not in after_only for one in secret)
    assert "***, ***" in said.err
    assert found_in(f"{said.out}{said.err}".encode()) == []
    assert await reports_of(house, manager) == before


async def test_an_erased_person_does_not_come_back_with_an_old_backup(
    planted: Planted, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    house, data = planted.house, planted.data
    other = await house.number(subject="440524188001010014")
    admin = Caller(house.http, await house.staff("administrator", hall=""))
    options = ["--data", str(data), "--database", ""]
    old = str(tmp_path / "old.db")
    assert main(["backup", str(tmp_path / "b"), "--persons", old, *options]) == 0
    secret = kept_of(data / "persons.db")
    await admin.post(f"{house.path}/persons/erase", {"subject": IDENTITY})
    for file in data.glob("persons.db*"):
        file.rename(tmp_path / f"lost-{file.name}")

    status = main(["restore", "--persons", old, *options])

    assert status == 0
    assert "1 person restored, 1 erased" in capsys.readouterr().out
    back = kept_of(data / "persons.db")
    assert other["ticket"]
    assert len(back) == 2
    assert set(back) < set(secret)
    assert main(["restore", "--persons", old, *options]) == 1


async def test_days_that_are_archived_know_nobody(
    planted: Planted, tmp_path: Path
) -> None:
    house, data = planted.house, planted.data
    hours = house.hall.live.hours
    assert hours is not None
    house.clock.move_to(hours.ends_at)
    await house.day_state(2)

    record = data / "record.sqlite"
    done = archive(record, tmp_path / "archives", "township", "2026-03-03")

    assert len(done.days) == 1
    assert found_in(bytes_in(tmp_path / "archives")) == []
