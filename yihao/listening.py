"""Listening for HTTP: as many connections as there is room for, and no slow heads."""

from __future__ import annotations

import asyncio
import resource
from contextlib import AsyncExitStack
from functools import partial

from aiohttp import web

from queue_core.interface.connections import Connection
from queue_core.interface.doorkeeping import Doorkeeper
from queue_core.interface.proxies import Proxies
from queue_core.interface.room import Room
from queue_core.interface.serving import SERVER_OPTIONS

from .settings import Settings


STOPPING_SECONDS = 5.0
BACKLOG = 1024

CONNECTIONS_LIMIT = 8192
"""Pages keep their connections for a minute: ten halls of eight hundred at once."""

CONNECTIONS_OF_ADDRESS = 2048
"""All phones of a hall may come from one address, through one router."""

PAGES_SHARE, LINK_SHARE = 0.35, 0.5
"""Of all files that the process may open; the rest is for the stores and the house."""


def raise_file_limit() -> int:
    """Let this process open as many files as the machine allows; return how many."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


def files() -> int:
    """Return how many files this process may open."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return soft if soft != resource.RLIM_INFINITY else 2**31


def room_for(share: float, wanted: int) -> int:
    """Return how many connections may take a share of the files, at most ``wanted``."""
    return min(wanted, int(files() * share))


async def open_door(
    app: web.Application,
    settings: Settings,
    proxies: Proxies,
    closing: AsyncExitStack,
    room: Room | None = None,
) -> int:
    """Serve an application over HTTP, and return the port.

    Raises:
        OSError: The port is taken.
    """
    if room is None:
        most = room_for(PAGES_SHARE, CONNECTIONS_LIMIT)
        one = min(most, CONNECTIONS_OF_ADDRESS)
        room = Room(most, one, proxies.speaks_for_others)
    runner = web.AppRunner(app, shutdown_timeout=STOPPING_SECONDS, **SERVER_OPTIONS)
    await runner.setup()
    closing.push_async_callback(runner.cleanup)
    assert runner.server is not None
    loop = asyncio.get_running_loop()
    make = partial(Connection, runner.server, loop=loop, **SERVER_OPTIONS)
    keeper = Doorkeeper(make, room)
    closing.callback(keeper.close)
    server = await loop.create_server(
        keeper, settings.host, settings.port, backlog=BACKLOG
    )
    closing.callback(server.close)
    port: int = server.sockets[0].getsockname()[1]
    return port
