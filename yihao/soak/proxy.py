"""A way to a server that can be cut, as a cable can."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import psycopg
from psycopg import conninfo


class Proxy:
    """Passes connections on to a server, until they are cut.

    A kind of it may let more happen on the way: ``pass_on`` is its own.
    """

    def __init__(self, host: str, port: int) -> None:
        self._host = host
        self._port = port
        self._writers: set[asyncio.StreamWriter] = set()
        self.is_closed = False
        """Nobody gets through; whoever tries is cut off."""

    def cut(self) -> int:
        """Cut every connection without a word, and return how many there were."""
        cut = len(self._writers) // 2
        for writer in self._writers:
            writer.transport.abort()
        return cut

    async def serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Pass one connection on, in both directions, until either end is gone."""
        if self.is_closed:
            writer.transport.abort()
            return
        try:
            far = await asyncio.open_connection(self._host, self._port)
        except OSError:
            writer.transport.abort()
            return
        both = {writer, far[1]}
        self._writers |= both
        try:
            await asyncio.gather(
                self.pass_on(reader, far[1]), self.pass_on(far[0], writer)
            )
        finally:
            self._writers -= both
            for one in both:
                one.transport.abort()

    async def pass_on(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Pass on what comes until the end of either side, then end the other."""
        with suppress(OSError):
            while data := await reader.read(65_536):
                writer.write(data)
                await writer.drain()
        writer.transport.abort()


@asynccontextmanager
async def opened(proxy: Proxy) -> AsyncIterator[int]:
    """Let a proxy accept connections; yield its port."""
    server = await asyncio.start_server(proxy.serve, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        proxy.is_closed = True
        server.close()
        proxy.cut()
        await server.wait_closed()


@asynccontextmanager
async def way_to(database: str) -> AsyncIterator[tuple[Proxy, str]]:
    """Open a way to a database; yield it, and the connection string for it."""
    said = conninfo.conninfo_to_dict(database)
    proxy = Proxy(*await asyncio.to_thread(address_of, database))
    async with opened(proxy) as port:
        known = {**said, "host": "127.0.0.1", "port": str(port)}
        yield proxy, conninfo.make_conninfo("", **known)


def address_of(database: str) -> tuple[str, int]:
    """Return where a database is reached."""
    with psycopg.connect(database) as connection:
        return connection.info.host, connection.info.port
