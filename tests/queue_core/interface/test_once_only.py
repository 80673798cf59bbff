"""A key makes an order once, whoever repeats it."""

from __future__ import annotations

import asyncio

import pytest

from queue_core.errors import WindowBusy

from .desk_of_paper import Desk, code_of, field_of


ORDERS = "/api/halls/city/orders"
SERVE = "/api/halls/city/windows/3/serve"
KEY = "4f0c5f2e9f5b4a0d8e0f"


async def test_a_repeat_under_the_same_key_gets_the_first_answer(desk: Desk) -> None:
    first = await desk.post(ORDERS, {"item": "a"}, Idempotency_Key=KEY)
    await desk.post(ORDERS, {"item": "b"})

    again = await desk.post(ORDERS, {"item": "a"}, Idempotency_Key=KEY)

    assert again == first
    assert len(desk.house.orders) == 2


async def test_a_double_tap_at_the_same_moment_is_one_order(desk: Desk) -> None:
    desk.house.gate = asyncio.Event()
    taps = [
        asyncio.create_task(desk.post(ORDERS, {"item": "a"}, Idempotency_Key=KEY))
        for _ in range(2)
    ]
    desk.house.gate.set()

    first, second = await asyncio.gather(*taps)

    assert first == second
    assert len(desk.house.orders) == 1


async def test_a_key_used_for_another_content_is_refused(desk: Desk) -> None:
    await desk.post(ORDERS, {"item": "a"}, Idempotency_Key=KEY)

    status, answer = await desk.post(ORDERS, {"item": "b"}, Idempotency_Key=KEY)

    assert (status, code_of(answer)) == (422, "idempotency-key-reused")


async def test_the_same_key_of_another_caller_is_another_key(desk: Desk) -> None:
    await desk.post(SERVE, Authorization="Bearer clerk-token", Idempotency_Key=KEY)
    await desk.post(ORDERS, {"item": "a"}, Idempotency_Key=KEY)
    kiosk = "Bearer kiosk-token"
    await desk.post(ORDERS, {"item": "a"}, Authorization=kiosk, Idempotency_Key=KEY)

    assert [order for order, _ in desk.house.orders] == [
        f"staff/li.na:{KEY}",
        f"anyone:{KEY}",
        f"device/k1:{KEY}",
    ]


async def test_a_short_key_counts_only_at_the_address_it_came_from(desk: Desk) -> None:
    for address in ("192.0.2.7", "192.0.2.7", "192.0.2.8"):
        headers = {"X-Forwarded-For": address, "Idempotency-Key": "1"}
        async with desk.client.post(ORDERS, json={"item": "a"}, headers=headers) as one:
            assert one.status == 201

    assert [order for order, _ in desk.house.orders] == [
        "anyone:near-east-1",
        "anyone:near-west-1",
    ]


async def test_an_order_that_was_refused_may_be_given_again(desk: Desk) -> None:
    desk.house.trouble = WindowBusy("3", "t1", "A001")
    await desk.post(ORDERS, {"item": "a"}, Idempotency_Key=KEY)
    desk.house.trouble = None

    status, _ = await desk.post(ORDERS, {"item": "a"}, Idempotency_Key=KEY)

    assert status == 201


@pytest.mark.parametrize("key", ["", "a b", "x" * 129, "钥匙"])
async def test_a_key_that_is_no_good_name_is_refused(desk: Desk, key: str) -> None:
    headers = {"Idempotency-Key": key}

    async with desk.client.post(
        ORDERS, json={"item": "a"}, headers=headers
    ) as response:
        answer = await response.json()

    assert (response.status, field_of(answer)) == (422, "Idempotency-Key")
