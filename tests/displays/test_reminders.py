"""Whoever wishes it is reminded by SMS when few are ahead, and at the call: once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from displays.reminders import ReminderDesk
from displays.sms_gateway import SmsGateway
from tests.displays.fake_sms_gateway import FakeSmsGateway
from tests.open_house import (
    CIVIL,
    MINUTE,
    PASSWORD,
    Caller,
    Clerk,
    OpenHouse,
    open_house,
)


PHONE, OTHER = "13812345678", "13900000001"


@pytest.fixture
async def gateway() -> AsyncIterator[FakeSmsGateway]:
    async with FakeSmsGateway().on() as listening:
        yield listening


@pytest.fixture
async def house(tmp_path: Path, gateway: FakeSmsGateway) -> AsyncIterator[OpenHouse]:
    async with open_house(
        tmp_path / "data", sms_gateway=gateway.address, sms_token="let-me"
    ) as opened:
        yield opened


async def look_around(house: OpenHouse) -> None:
    """Let the desk look, and wait until nothing is under way."""
    desk = house.house.reminders
    assert isinstance(desk, ReminderDesk)
    desk.follow([])
    await asyncio.sleep(0)
    while desk._sending:
        await asyncio.gather(*desk._sending)


async def test_few_ahead_and_the_call_are_told_once_each(
    house: OpenHouse, gateway: FakeSmsGateway
) -> None:
    clerk = await house.clerk_at("1")
    for _ in range(3):
        await house.number()
    taken = await house.number(
        reminder={"phone": "138 1234 5678"}, subject="11010519491231002X"
    )
    holder = Caller(house.http, taken["secret"])
    path = f"/api/tickets/{taken['ticket']}/reminder"

    wished = await holder.get(path)
    await look_around(house)
    assert (wished.says["phone"], wished.says["ahead"]) == ("138****5678", 2)
    assert gateway.messages == []

    await clerk.does("call-next")
    (near,) = await gateway.has(1)
    assert (near.to, near.id) == (PHONE, f"{taken['ticket']}.near")
    assert near.authorization == "Bearer let-me"
    assert near.text == (
        f"【云山县石桥镇便民服务中心】{taken['number']}号前面还有2人，请回到便民服务等候。"
    )
    for _ in range(3):
        await clerk.does("start")
        await clerk.does("complete", {"outcome": "done"})
        await clerk.does("call-next")
    turn = (await gateway.has(2))[1]
    assert turn.text == (
        f"【云山县石桥镇便民服务中心】请{taken['number']}号到1号窗口办理。"
    )
    await clerk.does("recall")
    await look_around(house)
    assert len(gateway.messages) == 2


async def test_nothing_is_told_twice_after_a_restart_and_nothing_is_forgotten(
    tmp_path: Path, gateway: FakeSmsGateway
) -> None:
    data, address = tmp_path / "data", gateway.address
    async with open_house(data, sms_gateway=address) as house:
        await house.clerk_at("1")
        await house.number()
        taken = await house.number(language="en", reminder={"phone": PHONE})
        await house.number()
        late = await house.number(reminder={"phone": OTHER})
    at = house.clock.now() + MINUTE

    async with open_house(data, at=at, sms_gateway=address) as house:
        signed_in = await house.house.accounts.sessions.sign_in("clerk-1", PASSWORD)
        clerk = Clerk(house.http, signed_in.token)
        clerk.hall, clerk.window = house.hall.hall, "1"
        await clerk.does("call-next")
        (near,) = await gateway.has(1)
        assert near.id == f"{late['ticket']}.near"
        await clerk.does("start")
        await clerk.does("complete", {"outcome": "done"})
        await clerk.does("call-next")
        turn = (await gateway.has(2))[1]
        await look_around(house)

    async with open_house(data, at=at + MINUTE, sms_gateway=address) as house:
        await look_around(house)

    assert turn.id == f"{taken['ticket']}.turn"
    assert "please go to window 1" in turn.text
    assert len(gateway.messages) == 2


async def test_a_wish_comes_later_and_is_taken_back(
    house: OpenHouse, gateway: FakeSmsGateway
) -> None:
    clerk = await house.clerk_at("1")
    await house.number()
    holder, taken = await house.holder()
    path = f"/api/tickets/{taken['ticket']}/reminder"

    wished = await holder.post(path, {"phone": PHONE})
    stranger = await house.anyone.post(path, {"phone": OTHER})
    forgotten = await holder.post(f"{path}/forget")
    await clerk.does("call-next")
    await look_around(house)

    assert (wished.status, wished.says["phone"]) == (200, "138****5678")
    assert stranger.status == 401
    assert (forgotten.says["phone"], gateway.messages) == (None, [])


@pytest.mark.parametrize(
    ("reminder", "field"),
    [
        ({"phone": "12345"}, "reminder.phone"),
        ({"phone": "02787654321"}, "reminder.phone"),
        ({"phone": ""}, "reminder.phone"),
        ({"phone": 13812345678}, "reminder.phone"),
        ({}, "reminder.phone"),
        ({"phone": PHONE, "name": "王"}, "reminder.name"),
        ("13812345678", "reminder"),
    ],
)
async def test_what_is_no_phone_is_refused_by_the_name_of_its_field(
    house: OpenHouse, reminder: object, field: str
) -> None:
    told = await house.anyone.post(
        f"{house.path}/tickets",
        {"item": CIVIL, "channel": "phone", "reminder": reminder},
    )

    assert (told.status, told.details["field"]) == (422, field)


async def test_a_house_without_a_gateway_asks_nobody_for_a_phone(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path / "data") as house:
        await house.clerk_at("1")
        holder, taken = await house.holder()
        path = f"/api/tickets/{taken['ticket']}/reminder"
        rules = (await house.anyone.get(house.path)).says["rules"]
        wished = await holder.post(path, {"phone": PHONE})
        shown = await holder.get(path)
        at_once = await house.anyone.post(
            f"{house.path}/tickets",
            {"item": CIVIL, "channel": "phone", "reminder": {"phone": PHONE}},
        )

    assert rules["reminder_ahead"] == shown.says["ahead"] == 0
    assert (wished.status, at_once.status) == (422, 422)
    assert at_once.details["field"] == "reminder"


async def test_a_gateway_that_fails_is_asked_again_under_the_same_id(
    gateway: FakeSmsGateway,
) -> None:
    sender = SmsGateway(gateway.address, pauses=(0, 0))
    gateway.refuses = 2
    await sender.send("t1.near", PHONE, "three ahead")
    gateway.refuses = 3

    with pytest.raises(OSError, match="the gateway answered 503") as failure:
        await sender.send("t1.turn", PHONE, "now")
    await sender.close()

    assert [message.id for message in gateway.messages] == ["t1.near"]
    assert PHONE not in str(failure.value)


async def test_a_failing_gateway_is_counted_and_its_log_names_no_phone(
    house: OpenHouse, gateway: FakeSmsGateway, caplog: pytest.LogCaptureFixture
) -> None:
    desk = house.house.reminders
    assert isinstance(desk, ReminderDesk)
    desk._gateway = SmsGateway("http://127.0.0.1:1/send", pauses=())
    clerk = await house.clerk_at("1")
    await house.number(reminder={"phone": PHONE})
    await look_around(house)

    with caplog.at_level(logging.DEBUG):
        await clerk.does("call-next")
        while not desk.outcomes:
            await asyncio.sleep(0)

    assert dict(desk.outcomes) == {"failed": 1}
    assert "a phone was not reminded" in caplog.text
    assert PHONE not in caplog.text
