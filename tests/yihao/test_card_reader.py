"""The reader that is played: it reads for whoever asks, and for nobody else."""

from __future__ import annotations

import json
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from yihao.card_reader import CardReader


CARD = "11010119900307123X"


async def told(page: ClientConnection) -> Any:
    """Return the next message of the reader."""
    return json.loads(await page.recv())


async def test_a_card_is_read_for_the_page_that_asks() -> None:
    async with (
        CardReader().on(0) as reader,
        connect(f"ws://127.0.0.1:{reader.port}") as page,
    ):
        await page.send('{"type": "read"}')
        await reader.asked()

        assert await reader.lay_down(CARD.lower() + "\n") == 1

        assert await told(page) == {"type": "card", "number": CARD}


async def test_a_card_nobody_asked_for_is_not_sent_then_or_later() -> None:
    async with (
        CardReader().on(0) as reader,
        connect(f"ws://127.0.0.1:{reader.port}") as page,
    ):
        await page.send("{")
        await page.send('{"type": "read"}')
        await reader.asked()
        await page.send('{"type": "stop"}')
        await reader.asked(0)
        assert await reader.lay_down(CARD) == 0

        await page.send('{"type": "read"}')
        await reader.asked()
        await reader.lay_down("")

        assert (await told(page))["type"] == "fault"


async def test_a_page_that_goes_asks_no_longer() -> None:
    async with CardReader().on(0) as reader:
        async with connect(f"ws://127.0.0.1:{reader.port}") as page:
            await page.send('{"type": "read"}')
            await reader.asked()

        await reader.asked(0)

        assert await reader.lay_down(CARD) == 0
