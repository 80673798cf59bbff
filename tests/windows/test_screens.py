"""A manager is told which screens of the hall show what they should."""

from __future__ import annotations

from websockets.asyncio.client import connect

from tests.displays.link.linked import hear, say
from tests.open_house import OpenHouse


HELLO, SUBSCRIBE, DRAWN = 16, 17, 19


async def test_the_screens_that_report_are_told_by_their_place(
    house: OpenHouse,
) -> None:
    manager = await house.caller("manager")
    sign = await house.device("sign", "1")
    nobody = await manager.get(f"{house.path}/screens")

    link = f"ws://127.0.0.1:{house.running.link.port}"
    async with connect(link) as socket:
        await say(socket, HELLO, "", "", 0, 0, {"token": sign.token})
        await hear(socket)
        for topic in ("board/township", "window/township/1"):
            await say(socket, SUBSCRIBE, topic, "", 0, 0, {})
            snapshot = await hear(socket)
            await say(socket, DRAWN, topic, snapshot.epoch, snapshot.seq, 0, None)
        # The answer to another question shows that the reports have been read.
        await say(socket, SUBSCRIBE, "board/moon", "", 0, 0, {})
        await hear(socket)
        told = await manager.get(f"{house.path}/screens")

    assert nobody.says["screens"] == []
    assert [
        (one["kind"], one["place"], one["screens"], one["stale"], one["missing"])
        for one in told.says["screens"]
    ] == [("board", "", 1, 0, 0), ("window", "1", 1, 0, 0)]
