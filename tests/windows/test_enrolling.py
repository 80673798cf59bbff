"""A machine shows a code, a manager types it in, and the machine is enrolled."""

from __future__ import annotations

from queue_core.access.devices import WISHES_LIMIT
from tests.open_house import Caller, OpenHouse


async def test_a_machine_is_enrolled_by_the_code_it_shows(house: OpenHouse) -> None:
    manager = await house.caller("manager")
    wished = (await house.anyone.post("/api/device/wish", {"kind": "sign"})).says
    sign = Caller(house.http, wished["token"])
    window = f"{house.path}/windows/1"
    assert (await sign.get("/api/device")).says["enrolled"] is False
    assert (await sign.get(window)).status == 401

    typed = f"{wished['code'][:4]}-{wished['code'][4:]}".lower()
    asked = {"code": typed, "kind": "sign", "place": "1"}
    granted = await manager.post(f"{house.path}/devices/grant", asked)

    assert granted.status == 201, granted
    assert (await sign.get("/api/device")).says == {
        "enrolled": True,
        "device": granted.says["device"],
        "hall": "township",
        "place": "1",
    }
    assert (await sign.get(window)).status == 200
    # It is bound to its place: the next window is not its own.
    assert (await sign.get(f"{house.path}/windows/2")).status == 403
    again = await manager.post(f"{house.path}/devices/grant", asked)
    assert (again.status, again.code) == (422, "code-unknown")

    revoke = f"{house.path}/devices/{granted.says['device']}/revoke"
    assert (await manager.post(revoke)).status == 200
    assert (await sign.get(window)).status == 401


async def test_a_code_is_good_for_its_kind_its_time_and_real_windows(
    house: OpenHouse,
) -> None:
    manager, clerk = await house.caller("manager"), await house.caller("clerk")
    wished = (await house.anyone.post("/api/device/wish", {"kind": "pad"})).says
    asked = {"code": wished["code"], "kind": "pad", "place": "1"}
    grant = f"{house.path}/devices/grant"

    told = [
        await clerk.post(grant, asked),
        await manager.post(grant, {**asked, "kind": "kiosk"}),
        await manager.post(grant, {**asked, "place": "99"}),
        await manager.post(grant, {**asked, "code": "AAAABBBB"}),
        await house.anyone.post("/api/device/wish", {"kind": "safe"}),
    ]

    assert [one.status for one in told] == [403, 422, 404, 422, 422]
    assert (await manager.post(grant, asked)).status == 201


async def test_whoever_wishes_without_end_keeps_nobody_else_from_it(
    house: OpenHouse,
) -> None:
    devices = house.house.accounts.devices
    for _ in range(WISHES_LIMIT):
        await devices.wish("sign", address="192.0.2.66")

    told = await house.anyone.post("/api/device/wish", {"kind": "sign"})

    assert told.status == 201
