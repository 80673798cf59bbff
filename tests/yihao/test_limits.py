"""What a stranger can send: so much, so often, over so many connections."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from queue_core.errors import ParseError
from queue_core.interface.pacing import Pace, pace_of
from tests.open_house import CIVIL, Caller, OpenHouse, open_house


PACES = ("numbers=4/0.5", "looks=3/0.5", "device=2/0.5", "staff=2/0.5", "subject=1/0.1")


class Far(Caller):
    """Somebody who comes from another address, as the proxy of the house says."""

    address = "192.0.2.7"

    async def _tell(self, method, path, *, headers=None, **options):  # type: ignore[no-untyped-def]
        known = {"X-Forwarded-For": self.address, **(headers or {})}
        return await super()._tell(method, path, headers=known, **options)


@pytest.fixture(scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[OpenHouse]:
    data = tmp_path_factory.mktemp("limits")
    async with open_house(data, paces=PACES) as opened:
        yield opened


async def test_an_address_that_only_looks_is_paced_too(house: OpenHouse) -> None:
    stranger = Far(house.http)

    told = [(await stranger.get(house.path)).status for _ in range(4)]

    assert told == [200, 200, 200, 429]


async def test_a_device_and_an_account_are_paced_wherever_they_are(
    house: OpenHouse,
) -> None:
    kiosk = Far(house.http, (await house.device("kiosk", "entrance")).token)
    clerk = Far(house.http, (await house.caller("clerk")).token)

    for one in (kiosk, clerk):
        one.address = "192.0.2.20"
        told = [(await one.get(house.path)).status for _ in range(3)]
        assert told == [200, 200, 429]


async def test_a_person_takes_no_numbers_without_end_from_wherever(
    house: OpenHouse,
) -> None:
    desk = Far(house.http)
    told = []
    for n in range(2):
        desk.address = f"192.0.2.{30 + n}"
        body = {"item": CIVIL, "channel": "phone", "subject": "13800001111"}
        told.append(await desk.post(f"{house.path}/tickets", body))

    assert told[0].status != 429
    assert (told[1].status, told[1].code) == (429, "too-many-requests")


async def test_a_kiosks_numbers_come_only_from_kiosks(house: OpenHouse) -> None:
    await house.clerk_at("1")
    body = {"item": CIVIL, "channel": "kiosk"}

    told = [
        await house.anyone.post(f"{house.path}/tickets", body),
        await (await house.device("sign", "1")).post(f"{house.path}/tickets", body),
        await (await house.device("kiosk", "hall")).post(f"{house.path}/tickets", body),
    ]

    assert [one.status for one in told] == [401, 403, 201]


async def test_long_and_many_headers_are_refused(house: OpenHouse) -> None:
    long = await house.http.get(house.path, headers={"X-Long": "x" * 20_000})
    assert long.status == 400


def test_a_pace_is_read_and_what_is_none_is_refused() -> None:
    assert pace_of("numbers=120/2") == ("numbers", Pace(120, 2.0))
    for text in ("numbers", "numbers=0/1", "numbers=1/inf", "clouds=1/1", "staff=x/1"):
        with pytest.raises(ParseError):
            pace_of(text)


async def test_a_setting_that_is_no_pace_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(ParseError, match="is none of numbers"):
        async with open_house(tmp_path, paces=("clouds=1/1",)):
            pass
