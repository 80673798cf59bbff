"""A listener that holds no more connections than the house can serve."""

from __future__ import annotations

import asyncio

from aiohttp import web


CONNECTIONS_LIMIT = 4096
"""Pages keep their connections for a minute: ten halls of four hundred at once."""


class TurnedAway(asyncio.Protocol):
    """Closes a connection for which there is no room."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Let the caller come back later."""
        transport.close()


class CountedSite(web.TCPSite):
    """A port of the house, with a limit on its connections."""

    limit = CONNECTIONS_LIMIT

    async def start(self) -> None:
        """Listen, and turn away who comes when all places are taken."""
        await web.BaseSite.start(self)
        server = self._runner.server
        assert server is not None

        def serve() -> asyncio.Protocol:
            if len(server.connections) >= self.limit:
                return TurnedAway()
            return server()

        self._server = await asyncio.get_running_loop().create_server(
            serve, self._host, self._port, backlog=self._backlog
        )
