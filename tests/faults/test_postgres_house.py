"""A house whose PostgreSQL goes away says so, and resumes without hands."""

from __future__ import annotations

import asyncio
from pathlib import Path

from displays.link.follower import follow
from tests.open_house import CIVIL, open_house
from yihao.postgres_server import PostgresServer


BOARD = "board/township"
KEY = "one-press-at-the-kiosk"


async def test_while_postgresql_is_away_commands_are_503_and_then_all_goes_on(
    server: PostgresServer, tmp_path: Path
) -> None:
    async with open_house(tmp_path, database=server.url) as house:
        clerk = await house.clerk_at("1", "li.na")
        await house.number()
        wish = {"item": CIVIL, "channel": "phone"}
        async with follow(house.house.link("127.0.0.1"), [BOARD]) as screen:
            await screen.until(BOARD, lambda state: state[3][0][1] == 1)
            await asyncio.to_thread(server.stop)

            refused = await house.anyone.post(f"{house.path}/tickets", wish, KEY)
            called = await clerk.does("call-next", key="k2")
            unready = await house.anyone.get("/readyz")
            alive = await house.anyone.get("/healthz")
            shown = await house.anyone.get(f"{house.path}/live")
            await asyncio.to_thread(server.start)
            again = await house.anyone.post(f"{house.path}/tickets", wish, KEY)
            called_again = await clerk.does("call-next", key="k2")
            state = await screen.until(BOARD, lambda state: bool(state[2]))

        assert (refused.status, called.status) == (503, 503)
        assert (unready.status, alive.status, shown.status) == (503, 200, 200)
        assert (again.status, again.says["number"]) == (201, "A002")
        assert called_again.says["ticket"]["number"] == state[2][0][1] == "A001"
