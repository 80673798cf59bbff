"""The administrator's accounts and the hall's devices."""

from __future__ import annotations

import pytest

from tests.open_house import Caller, OpenHouse


@pytest.fixture
async def admin(house: OpenHouse) -> Caller:
    return Caller(house.http, await house.staff("administrator", hall=""))


NEW = {
    "account": "li.na",
    "name": "李娜",
    "role": "clerk",
    "password": "long enough 1",
    "hall": "township",
}


async def test_an_account_is_added_and_signs_in(
    house: OpenHouse, admin: Caller
) -> None:
    added = await admin.post("/api/accounts", NEW)

    signed_in = await house.anyone.post(
        "/api/session", {"account": "li.na", "password": "long enough 1"}
    )

    assert (added.status, added.says["disabled"]) == (201, False)
    assert (signed_in.says["name"], signed_in.says["hall"]) == ("李娜", "township")
    names = [
        one["account"] for one in (await admin.get("/api/accounts")).says["accounts"]
    ]
    assert names == ["administrator", "li.na"]


@pytest.mark.parametrize(
    ("change", "status", "code", "field"),
    [
        ({"hall": "mountain"}, 422, "not-acceptable", "hall"),
        ({"hall": ""}, 422, "not-acceptable", "hall"),
        ({"role": "king"}, 422, "not-acceptable", "role"),
        ({"password": "short"}, 422, "not-acceptable", "password"),
        ({"account": "li na"}, 422, "not-acceptable", "account"),
        ({"account": "administrator"}, 409, "account-exists", None),
    ],
)
async def test_an_account_that_cannot_be_is_refused(
    admin: Caller, change: dict[str, str], status: int, code: str, field: str | None
) -> None:
    told = await admin.post("/api/accounts", {**NEW, **change})

    assert (told.status, told.code) == (status, code)
    assert told.details.get("field") == field


async def test_a_clerk_cannot_be_made_of_somebody_without_a_hall(
    house: OpenHouse, admin: Caller
) -> None:
    await house.staff("inspector", "of.all", hall="")

    told = await admin.post("/api/accounts/of.all/role", {"role": "clerk"})

    assert (told.status, told.details["field"]) == (422, "hall")


async def test_a_new_password_ends_the_old_one_and_its_sessions(
    house: OpenHouse, admin: Caller
) -> None:
    clerk = await house.caller("clerk", "li.na")

    told = await admin.post(
        "/api/accounts/li.na/password", {"password": "another one 2"}
    )

    assert told.status == 200
    assert (await clerk.get("/api/session")).status == 401
    signed_in = await house.anyone.post(
        "/api/session", {"account": "li.na", "password": "another one 2"}
    )
    assert signed_in.status == 200


async def test_a_disabled_account_is_let_in_again_when_that_is_undone(
    house: OpenHouse, admin: Caller
) -> None:
    await house.staff("clerk", "li.na")

    out = await admin.post("/api/accounts/li.na/disable")
    back = await admin.post("/api/accounts/li.na/disable", {"disabled": False})

    assert (out.says["disabled"], back.says["disabled"]) == (True, False)


async def test_unknown_accounts_and_devices_are_not_found(
    house: OpenHouse, admin: Caller
) -> None:
    told = [
        await admin.post("/api/accounts/nobody/role", {"role": "clerk"}),
        await admin.post("/api/accounts/nobody/disable"),
        await admin.post(f"{house.path}/devices/nothing/revoke"),
        await admin.post("/api/halls/mountain/devices/nothing/revoke"),
    ]

    assert [answer.status for answer in told] == [404] * 4


async def test_a_device_is_enrolled_for_a_place_and_told_its_token_once(
    house: OpenHouse, admin: Caller
) -> None:
    added = await admin.post(f"{house.path}/devices", {"kind": "pad", "place": "1"})

    listed = await admin.get(f"{house.path}/devices")

    said_once = {"token", "version"}
    assert added.status == 201
    pad = Caller(house.http, added.says["token"])
    assert (await pad.get(f"{house.path}/windows/1")).status == 200
    assert listed.says["devices"] == [
        {name: added.says[name] for name in added.says if name not in said_once}
    ]


async def test_a_pad_needs_a_window_of_the_hall_and_a_kiosk_any_spot(
    house: OpenHouse, admin: Caller
) -> None:
    path = f"{house.path}/devices"

    pad = await admin.post(path, {"kind": "pad", "place": "99"})
    kiosk = await admin.post(path, {"kind": "kiosk", "place": "entrance"})
    spot = await admin.post(path, {"kind": "kiosk", "place": "an entrance"})

    assert [told.status for told in (pad, kiosk, spot)] == [404, 201, 422]
