"""The bare aiohttp handler: reads a JSON body, answers with JSON, and does nothing."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

from aiohttp import web

from .children import asked, be_ready


PATH = "/bare"


def application(answer: dict[str, Any]) -> web.Application:
    """Return an application that always gives the same answer."""

    async def handle(request: web.Request) -> web.Response:
        await request.json()
        return web.json_response(answer)

    app = web.Application()
    app.router.add_post(PATH, handle)
    return app


async def main() -> None:
    """Serve until terminated."""
    runner = web.AppRunner(
        application(asked()["answer"]), access_log=None, handle_signals=True
    )
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=1024).start()
    be_ready(port=runner.addresses[0][1])
    await asyncio.Event().wait()


if __name__ == "__main__":
    with contextlib.suppress(web.GracefulExit):
        asyncio.run(main())
