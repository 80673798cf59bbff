"""A house behind a proxy: one origin for pages and link, and the right callers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.open_house import CIVIL, OpenHouse, open_house
from yihao.cli import main


FORWARDED = {"Host": "hall.example", "X-Forwarded-Proto": "https"}


async def told_at(house: OpenHouse, **headers: str) -> dict[str, Any]:
    """Return what the hall says of itself to a request with some headers."""
    async with house.http.get(house.path, headers=headers) as answer:
        told: dict[str, Any] = await answer.json()
        return told


async def test_the_link_is_where_the_pages_are_under_every_name(tmp_path: Path) -> None:
    async with open_house(tmp_path, link_address="/link") as house:
        outside = await told_at(house, **FORWARDED)
        inside = await told_at(house, Host="hall.lan:8080")
        async with house.http.get("/board/township", headers=FORWARDED) as page:
            policy = page.headers["Content-Security-Policy"]

    assert outside["link"] == "wss://hall.example/link"
    assert inside["link"] == "ws://hall.lan:8080/link"
    assert "connect-src 'self' wss://hall.example/link;" in policy


async def test_a_slip_leads_to_the_address_by_which_the_kiosk_came(
    house: OpenHouse,
) -> None:
    await house.clerk_at("1")
    kiosk = await house.device("kiosk", "door")
    body = {"item": CIVIL, "channel": "kiosk", "print": False}
    headers = {**FORWARDED, "Authorization": f"Bearer {kiosk.token}"}

    async with house.http.post(
        f"{house.path}/tickets", json=body, headers=headers
    ) as answer:
        told = await answer.json()

    assert any("https://hall.example/t/" in line for line in told["slip"]["text"])


async def test_callers_behind_a_proxy_are_paced_each_for_himself(
    tmp_path: Path,
) -> None:
    async def take(house: OpenHouse, address: str) -> int:
        body = {"item": CIVIL, "channel": "phone"}
        headers = {"X-Forwarded-For": address}
        async with house.http.post(
            f"{house.path}/tickets", json=body, headers=headers
        ) as answer:
            return answer.status

    async with open_house(tmp_path, paces=("numbers=3/0.01",)) as house:
        first = [await take(house, "192.0.2.7") for _ in range(4)]
        other = await take(house, "192.0.2.8")

    assert first[-1] == 429
    assert other != 429


async def test_a_session_that_began_behind_https_stays_there(house: OpenHouse) -> None:
    await house.staff("clerk", "li.na")
    body = {"account": "li.na", "password": "correct horse 1"}
    jar = aiohttp.DummyCookieJar()
    address = house.running.address
    async with aiohttp.ClientSession(address, cookie_jar=jar) as browser:
        async with browser.post("/api/session", json=body, headers=FORWARDED) as told:
            behind = told.headers["Set-Cookie"]
        async with browser.post("/api/session", json=body) as told:
            bare = told.headers["Set-Cookie"]

    assert "Secure" in behind
    assert "Secure" not in bare


@pytest.mark.parametrize(
    "options",
    [
        ["--link-address", "hall.example/link"],
        ["--link-address", "//hall.example/link"],
        ["--link-address", "wss://hall.example/'unsafe-inline' *"],
        ["--public-address", "hall.example"],
        ["--trusted-proxy", "nginx"],
        ["--trusted-proxy", "10.1.0.5/24"],
    ],
)
def test_what_is_no_address_is_a_usage_error(options: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["serve", "--hall", "township", *options])

    assert stopped.value.code == 2
