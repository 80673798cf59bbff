"""The hall as it stood at any version of any day, told over HTTP."""

from __future__ import annotations

from typing import Any

from projections.topics.board import board_state
from projections.topics.manager import manager_state
from queue_core.care.archives import archive
from tests.open_house import MINUTE, MONDAY, Caller, OpenHouse, open_house


async def busy_morning(house: OpenHouse) -> tuple[Caller, list[Any]]:
    """Let a morning go by; return a manager, and the boards as they stood on the way.

    The place of a board in the list is the version at which it stood.
    """
    boards: dict[int, Any] = {}

    def note() -> None:
        live = house.hall.live
        boards[live.version] = (board_state(live), manager_state(live))

    clerk = await house.clerk_at("1", "li.na")
    note()
    for _ in range(3):
        await house.number()
        note()
    house.clock.pass_by(4 * MINUTE)
    for what, body in (
        ("call-next", None),
        ("recall", None),
        ("start", None),
        ("complete", {"outcome": "done"}),
        ("call-next", None),
        ("no-show", {"reason": "呼叫后无人到窗口"}),
        ("pause", {"reason": "用餐"}),
    ):
        house.clock.pass_by(MINUTE)
        told = await clerk.does(what, body)
        assert told.status == 200, told
        note()
    last = house.hall.live.version
    return await house.caller("manager"), [boards.get(v) for v in range(last + 1)]


async def moment(reader: Caller, house: OpenHouse, **asked: str) -> Any:
    """Return the hall as it stood."""
    told = await reader.get(f"{house.path}/history", **asked)
    assert told.status == 200, told
    return told.says


async def test_the_hall_stands_at_every_version_as_screens_showed_it_then(
    house: OpenHouse,
) -> None:
    manager, boards = await busy_morning(house)

    for version, shown in enumerate(boards):
        if shown is not None:
            stood = await moment(manager, house, at=str(version))
            assert (stood["board"], stood["manager"]) == shown
            assert stood["version"] == version
    latest = await moment(manager, house)
    assert latest["version"] == latest["last_version"] == len(boards) - 1
    assert latest["next"] is None


async def test_a_moment_tells_who_waited_and_what_happened_around_it(
    house: OpenHouse,
) -> None:
    manager, boards = await busy_morning(house)
    taken = next(v for v, b in enumerate(boards) if b and b[1][4][0] == 3)

    stood = await moment(manager, house, at=str(taken), language="en")

    (line,) = stood["lines"]
    assert [row["number"] for row in line["waiting"]] == ["A001", "A002", "A003"]
    assert stood["event"]["text"].startswith("took number A003")
    assert stood["previous"]["text"].startswith("took number A002")
    assert stood["next"]["text"].startswith("A001: called to window 1")
    assert stood["at"] == stood["event"]["at"]
    latest = await moment(manager, house)
    assert [(row["number"], row["reason"]) for row in latest["parked"]] == [
        ("A002", "missed")
    ]


async def test_an_instant_and_a_local_time_are_as_good_as_a_version(
    house: OpenHouse,
) -> None:
    manager, _ = await busy_morning(house)
    latest = await moment(manager, house)
    at = latest["last_at"] - 90_000

    by_instant = await moment(manager, house, at=str(at))
    by_clock = await moment(manager, house, at=f"{MONDAY}T09:04:30")
    before = await moment(manager, house, at=f"{MONDAY} 05:00")

    assert by_instant["at"] == at
    assert by_instant["event"]["at"] <= at < by_instant["next"]["at"]
    assert by_clock["event"]["time"] == "09:00:00"
    assert before["version"] == before["first_version"] == 1


async def test_the_tickets_behind_a_figure_are_those_of_the_moment(
    house: OpenHouse,
) -> None:
    manager, boards = await busy_morning(house)
    taken = next(v for v, b in enumerate(boards) if b and b[1][4][0] == 3)
    path = f"{house.path}/tickets"

    now = await manager.get(path, behind="waiting")
    then = await manager.get(path, behind="waiting", at=str(taken))
    first = await manager.get(path, behind="waiting", at=str(taken), limit="1")
    served = await manager.get(path, behind="served", window="1")
    nobody = await manager.get(path, at="9999")

    assert [row["number"] for row in now.says["tickets"]] == ["A003"]
    assert [row["number"] for row in then.says["tickets"]] == ["A001", "A002", "A003"]
    assert then.says["version"] == taken
    assert (len(first.says["tickets"]), first.says["count"]) == (1, 3)
    (row,) = served.says["tickets"]
    assert (row["served_by"], row["waited_seconds"]) == ("1", 5 * 60)
    assert (nobody.status, nobody.code) == (404, "not-found")


async def test_labels_are_told_only_to_those_who_do_not_have_them(
    house: OpenHouse,
) -> None:
    inspector = await house.caller("inspector")
    hall = (await house.anyone.get(house.path)).says

    first = await moment(inspector, house)
    again = await moment(inspector, house, labels=first["labels"])

    assert first["labels"] == hall["labels"]
    assert first["places"] == {
        name: hall[name] for name in ("zones", "floors", "queues", "windows")
    }
    assert again["places"] is None


NEVER: list[tuple[dict[str, str], int]] = [
    ({"at": "0"}, 404),
    ({"at": "9999"}, 404),
    ({"date": "2020-01-01"}, 404),
    ({"at": "2020-01-01T09:00"}, 404),
    ({"at": "1", "date": "2026-03-01"}, 404),
    ({"at": "2026-02-30T09:00"}, 422),
    ({"at": "yesterday"}, 422),
    ({"at": f"{MONDAY}T09:00", "date": "2026-03-03"}, 422),
    ({"at": "99999999999999"}, 422),
]


async def test_a_moment_that_never_was_is_refused(house: OpenHouse) -> None:
    manager = await house.caller("manager")

    for asked, status in NEVER:
        told = await manager.get(f"{house.path}/history", **asked)
        assert told.status == status, (asked, told)


async def test_a_day_that_was_archived_stands_as_it_stood(tmp_path: Any) -> None:
    data = tmp_path / "data"
    async with open_house(data) as monday:
        manager, _ = await busy_morning(monday)
        stood = await moment(manager, monday, at="6")
    async with open_house(data, date="2026-03-03") as tuesday:
        await tuesday.day_state(1, "2026-03-03")
    record = data / "record.sqlite"
    removed = archive(
        record, data / "archives", "township", "2026-03-03", remove=True, kept_days=1
    )
    assert removed
    async with open_house(data, date="2026-03-03") as later:
        reader = await later.caller("inspector")

        again = await moment(reader, later, at="6", date=MONDAY)

    changes = {"last_version", "last_at"}
    assert {k: v for k, v in again.items() if k not in changes} == {
        k: v for k, v in stood.items() if k not in changes
    }
