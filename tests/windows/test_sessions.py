"""Signing in and out, with a cookie as a page does and with a token as a program."""

from __future__ import annotations

import asyncio

import aiohttp

from displays.link.follower import follow
from displays.link.frames import SIGNED_OUT
from tests.open_house import PASSWORD, Caller, OpenHouse


async def test_a_page_signs_in_and_acts_with_cookie_and_csrf_value(
    house: OpenHouse,
) -> None:
    await house.staff("clerk", "li.na")
    cookies = aiohttp.CookieJar(unsafe=True)
    address = house.running.address
    async with aiohttp.ClientSession(address, cookie_jar=cookies) as browser:
        body = {"account": "li.na", "password": PASSWORD}
        async with browser.post("/api/session", json=body) as answer:
            signed_in = await answer.json()
        async with browser.get("/api/session") as answer:
            known = await answer.json()
        path = f"{house.path}/windows/1/open"
        async with browser.post(path, json={}) as refused:
            assert refused.status == 403
        headers = {"X-CSRF-Token": signed_in["csrf"]}
        async with browser.post(path, json={}, headers=headers) as opened:
            assert opened.status == 200

    assert {**known, "token": signed_in["token"]} == signed_in
    assert (known["account"], known["role"]) == ("li.na", "clerk")


async def test_whoever_signs_out_is_out_on_the_page_and_on_the_link(
    house: OpenHouse,
) -> None:
    manager = await house.caller("manager")
    url = house.house.link("127.0.0.1")
    topic = f"manager/{house.hall.hall}"
    async with follow(url, [topic], token=manager.token) as page:
        await page.until(topic, lambda state: state is not None)

        told = await manager.delete("/api/session")

        async with asyncio.timeout(30):
            async for _ in page:
                pass
        assert page.ended == SIGNED_OUT
    assert told.says == {"signed_out": True}
    assert (await manager.get("/api/session")).status == 401


async def test_a_wrong_password_and_an_unknown_account_look_the_same(
    house: OpenHouse,
) -> None:
    await house.staff("clerk", "li.na")

    wrong = await house.anyone.post(
        "/api/session", {"account": "li.na", "password": "wrong password"}
    )
    unknown = await house.anyone.post(
        "/api/session", {"account": "nobody", "password": "wrong password"}
    )

    assert wrong == unknown
    assert (wrong.status, wrong.code) == (401, "sign-in-refused")


async def test_many_failures_under_one_name_must_wait(house: OpenHouse) -> None:
    body = {"account": "li.na", "password": "wrong password"}

    told = [await house.anyone.post("/api/session", body) for _ in range(12)]

    assert {answer.status for answer in told} == {401, 429}
    assert told[-1].code == "sign-in-locked"
    assert told[-1].details["retry_after_seconds"] > 0


async def test_a_changed_role_ends_the_sessions_that_had_the_old_one(
    house: OpenHouse,
) -> None:
    clerk = await house.caller("clerk", "li.na")
    admin = Caller(house.http, await house.staff("administrator", hall=""))

    told = await admin.post("/api/accounts/li.na/role", {"role": "inspector"})

    assert told.says["role"] == "inspector"
    assert (await clerk.get("/api/session")).status == 401
