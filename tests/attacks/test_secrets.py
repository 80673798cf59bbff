"""Secrets that are guessed, spoilt, replayed, or shown by somebody else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import NamedTuple

import pytest

from displays.link.client import TopicRefused
from displays.link.follower import follow
from tests.open_house import CIVIL, PASSWORD, Caller, OpenHouse, open_house


class Door(NamedTuple):
    """A house, and a citizen with his ticket."""

    house: OpenHouse
    holder: Caller
    ticket: str


@pytest.fixture(scope="module")
async def door(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Door]:
    async with open_house(tmp_path_factory.mktemp("secrets")) as house:
        await house.clerk_at("1")
        holder, taken = await house.holder()
        yield Door(house, holder, taken["ticket"])


def guesses(secret: str, other: str) -> list[str]:
    """Return what somebody might try who has seen another ticket's secret."""
    turned = "b" if secret[-1] == "a" else "a"
    return [
        other,
        secret[:-1],
        secret[:-1] + turned,
        secret + "a",
        secret.swapcase(),
        secret[::-1],
        "0" * len(secret),
        "undefined",
        "null",
        "s." + secret,
        "d." + secret,
    ]


async def test_a_guessed_secret_opens_neither_the_ticket_nor_its_topic(
    door: Door,
) -> None:
    other, _ = await door.house.holder()
    path = f"/api/tickets/{door.ticket}"
    link, topic = door.house.house.link("127.0.0.1"), f"ticket/{door.ticket}"

    for guess in guesses(door.holder.token, other.token):
        caller = Caller(door.house.http, guess)
        told = [await caller.get(path), await caller.post(f"{path}/cancel")]
        assert [one.status for one in told] == [401, 401], guess
        assert await refused(link, topic, secret=guess) == "not-signed-in"

    assert (await door.holder.get(path)).status == 200


async def refused(link: str, topic: str, token: str = "", secret: str = "") -> str:
    """Ask for a topic, and return the code with which it is refused."""
    secrets = {topic: secret} if secret else {}
    asks = follow(link, [topic], token=token, secrets=secrets)
    async with asyncio.timeout(30), asks as asked:
        async for told in asked:
            return told.code if isinstance(told, TopicRefused) else ""
    raise AssertionError(f"{topic} was neither told nor refused")


async def test_the_secret_of_a_ticket_opens_nothing_else(door: Door) -> None:
    house, secret = door.house, door.holder.token
    link = house.house.link("127.0.0.1")
    other = (await house.holder())[1]["ticket"]

    told = [
        await door.holder.get(f"/api/tickets/{other}"),
        await door.holder.get(f"{house.path}/tickets"),
        await door.holder.get("/api/session"),
        await door.holder.get(f"/api/services/{other}.1"),
    ]

    assert [one.status for one in told] == [401] * 4
    assert await refused(link, f"ticket/{other}", secret=secret) == "not-signed-in"
    assert await refused(link, "manager/township", secret) == "not-signed-in"


async def test_a_session_that_was_signed_out_is_worth_nothing_anywhere(
    door: Door,
) -> None:
    house = door.house
    clerk = await house.caller("clerk", "gone")
    token = clerk.token
    assert (await clerk.delete("/api/session")).status == 200
    link = house.house.link("127.0.0.1")

    told = [
        await clerk.get("/api/session"),
        await clerk.post(f"{house.path}/windows/1/call-next"),
    ]
    async with house.http.get(
        "/api/session", headers={"Cookie": f"yihao_session={token}"}
    ) as by_cookie:
        assert by_cookie.status == 401

    assert [one.status for one in told] == [401, 401]
    assert await refused(link, "console/township/1", token) == "not-signed-in"


async def test_signing_in_elsewhere_ends_the_session_that_was_stolen(
    door: Door,
) -> None:
    house = door.house
    stolen = await house.caller("clerk", "wang.fang")
    await house.anyone.post(
        "/api/session", {"account": "wang.fang", "password": PASSWORD}
    )

    assert (await stolen.get("/api/session")).status == 401


async def test_a_device_is_worth_nothing_at_another_place(door: Door) -> None:
    house = door.house
    pad, sign = await house.device("pad", "2"), await house.device("sign", "2")
    kiosk = await house.device("kiosk", "door")
    link = house.house.link("127.0.0.1")

    told = [
        await pad.get(f"{house.path}/windows/1"),
        await sign.get(f"{house.path}/windows/1"),
        await kiosk.get(f"{house.path}/windows/1"),
        await pad.post(f"{house.path}/windows/2/call-next"),
        await sign.get(f"/api/tickets/{door.ticket}"),
        await kiosk.get(f"{house.path}/tickets"),
    ]

    assert [one.status for one in told] == [403] * 6
    for token in (pad.token, sign.token, kiosk.token):
        assert await refused(link, "window/township/1", token) == "not-allowed"


async def test_made_up_tokens_are_nobodys(door: Door) -> None:
    sign = await door.house.device("sign", "3")
    made_up = [
        "s.",
        "d.",
        "s." + "A" * 43,
        "d." + "A" * 43,
        sign.token[:-1],
        sign.token.replace("d.", "s.", 1),
        "x" * 256,
    ]

    told = [
        await Caller(door.house.http, token).get("/api/session") for token in made_up
    ]

    assert [one.status for one in told] == [401] * len(made_up)


async def test_the_key_of_somebody_else_opens_nothing(door: Door) -> None:
    house, key = door.house, "0123456789abcdef"
    body = {"item": CIVIL, "channel": "phone"}
    kiosk = await house.device("kiosk", "entrance")
    first = await house.anyone.post(f"{house.path}/tickets", body, key)

    same = await house.anyone.post(f"{house.path}/tickets", body, key)
    other = await house.anyone.post(
        f"{house.path}/tickets", {**body, "language": "en"}, key
    )
    of_kiosk = await kiosk.post(
        f"{house.path}/tickets", {"item": CIVIL, "channel": "kiosk"}, key
    )

    # The same caller is told the same; nobody else, and nobody who asks for more.
    assert same.says == first.says
    assert (other.status, other.code) == (422, "idempotency-key-reused")
    assert of_kiosk.says["ticket"] != first.says["ticket"]


async def test_looking_under_a_key_is_not_remembered(door: Door) -> None:
    """A stranger could else fill the memory, or be told an old picture."""
    headers = {"Idempotency-Key": "0123456789abcdef0"}
    path = f"{door.house.path}/live"
    async with door.house.http.get(path, headers=headers) as answer:
        before = (await answer.json())["version"]
    await door.house.number()

    async with door.house.http.get(path, headers=headers) as answer:
        assert (await answer.json())["version"] > before
