"""A manager tells the hall something, and takes it back."""

from __future__ import annotations

from tests.open_house import MINUTE, OpenHouse


async def test_a_notice_is_told_to_everybody_until_its_time(house: OpenHouse) -> None:
    manager = await house.caller("manager")
    body = {"zh": "一楼饮水机维修", "en": "No water on the ground floor", "minutes": 30}

    told = await manager.post(f"{house.path}/notices", body, key="n")
    again = await manager.post(f"{house.path}/notices", body, key="n")
    live = await house.anyone.get(f"{house.path}/live")

    assert told.status == 201
    assert again.says == told.says
    assert told.says["until_at"] == told.says["at"] + 30 * MINUTE
    (shown,) = live.says["notices"]
    assert shown["text"] == {"zh": body["zh"], "en": body["en"]}
    house.clock.pass_by(30 * MINUTE)
    later = await house.anyone.get(f"{house.path}/live")
    assert later.says["notices"] == []


async def test_a_notice_is_taken_back_once(house: OpenHouse) -> None:
    manager = await house.caller("manager")
    told = await manager.post(f"{house.path}/notices", {"zh": "请稍候"})
    path = f"{house.path}/notices/{told.says['notice']}/withdraw"

    taken_back = await manager.post(path)
    again = await manager.post(path)

    assert taken_back.status == 200
    assert taken_back.says["version"] == told.says["version"] + 1
    assert (again.status, again.code) == (404, "notice-unknown")
    live = await house.anyone.get(f"{house.path}/live")
    assert live.says["notices"] == []


async def test_what_is_said_to_clerks_is_not_said_to_citizens(house: OpenHouse) -> None:
    manager = await house.caller("manager")

    told = await manager.post(
        f"{house.path}/notices", {"zh": "请恢复叫号", "windows": ["1"]}
    )

    assert told.says["audience"] == "staff"
    live = await house.anyone.get(f"{house.path}/live")
    assert live.says["notices"] == []


async def test_a_notice_has_words_that_fit_a_board(house: OpenHouse) -> None:
    manager = await house.caller("manager")

    faults = [
        await manager.post(f"{house.path}/notices", body)
        for body in (
            *({"zh": zh} for zh in ("", "  ", "　", "长" * 61, "两\n行")),
            {"zh": "好", "en": "x" * 141},
            {"zh": "好", "minutes": 0},
            {"zh": "好", "zones": ["no-zone"]},
        )
    ]

    assert {told.status for told in faults} == {422}
    assert faults[-1].code == "zone-unknown"
