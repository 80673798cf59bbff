"""The operator's addresses, and the description of the interface."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from aiohttp import web

from projections.house import House
from projections.topics.names import PATTERNS
from queue_core.errors import LogError
from queue_core.interface.fields import Nothing
from queue_core.interface.openapi import describe
from queue_core.interface.routes import JSON, Call, Document, Route

from .bookkeeping import Bookkeeping
from .observing import CONTENT_TYPE, Figures


AnyRoute = Route[House, Any, Any]


def add_operating(
    app: web.Application,
    house: House,
    figures: Figures,
    faults: Callable[[], list[str]],
    bookkeeping: Bookkeeping,
) -> None:
    """Serve ``/healthz``, ``/readyz`` and ``/metrics``.

    ``faults`` tells what does not work beside desks and store. Figures that are behind
    are told and are no fault: nobody in the hall waits for them.
    """

    async def healthz(request: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def readyz(request: web.Request) -> web.Response:
        found = faults() + await faults_of(house)
        status = 503 if found else 200
        figures = bookkeeping.progress._asdict()
        told = {"ready": not found, "faults": found, "figures": figures}
        return web.json_response(told, status=status)

    async def metrics(request: web.Request) -> web.Response:
        return web.Response(body=figures.text(), headers={"Content-Type": CONTENT_TYPE})

    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)
    app.router.add_get("/metrics", metrics)


async def faults_of(house: House) -> list[str]:
    """Return what keeps the halls from working: desks, record, accounts."""
    found = [
        f"the desk of {hall.hall} does not work"
        for hall in house.halls.values()
        if not hall.desk.ready
    ]
    try:
        await house.read(house.log.last_version, "profile/none")
    except LogError:
        found.append("the record cannot be read")
    try:
        await house.accounts.devices.of_hall("none")
    except LogError:
        found.append("the accounts cannot be read")
    return found


def with_description(
    routes: Sequence[AnyRoute], *, title: str, version: str
) -> list[AnyRoute]:
    """Return the routes and one more, which describes them all and itself."""
    content = b""

    async def describe_interface(call: Call[House, Nothing]) -> Document:
        return Document(JSON, content)

    own: AnyRoute = Route(
        method="GET",
        path="/api/openapi.json",
        summary="Describe the interface.",
        right="see-hall",
        handler=describe_interface,
        asks=Nothing,
        answers=Document,
    )
    described = [*routes, own]
    content = msgspec.json.encode(
        describe(described, title=title, version=version, topics=PATTERNS)
    )
    return described
