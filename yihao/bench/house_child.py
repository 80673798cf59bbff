"""A house for a measure, opened as ``yihao serve`` opens one, at a fixed hour."""

from __future__ import annotations

import asyncio
from pathlib import Path

from yihao.house import RunningHouse
from yihao.logs import set_up_logs
from yihao.running import serve_until_stopped
from yihao.settings import Settings

from .children import asked, be_ready


async def tell(running: RunningHouse, settled: bool) -> None:
    """Say where the house is; ``settled``: when it has made all that it makes once."""
    halls = running.house.halls.values()
    if settled:
        await asyncio.gather(*(hall.search_index() for hall in halls))
    be_ready(port=running.port)


def main() -> None:
    """Serve the hall until terminated."""
    set_up_logs(json=True)
    told = asked()
    settings = Settings(
        halls=(Path(told["profile"]),),
        data=Path(told["data"]),
        port=0,
        link_port=0,
        starts_at=told["starts_at"],
    )
    telling: list[asyncio.Task[None]] = []

    def opened(running: RunningHouse) -> None:
        telling.append(asyncio.create_task(tell(running, told["settled"])))

    asyncio.run(serve_until_stopped(settings, opened))


if __name__ == "__main__":
    main()
