"""A small interface for the tests of serving: a few routes over a house of paper."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Annotated, Any

import msgspec
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from queue_core.access.audit import Refusal
from queue_core.errors import WindowBusy
from queue_core.interface.fields import Nothing, Reference
from queue_core.interface.pacing import Pace, Paces
from queue_core.interface.principals import ANYONE, Principal
from queue_core.interface.proxies import Proxies
from queue_core.interface.refusals import NotSignedIn
from queue_core.interface.routes import Call, Document, Route
from queue_core.interface.serving import SERVER_OPTIONS, Interface


CLERK = Principal(
    kind="staff", name="li.na", role="clerk", hall="city", csrf="csrf-of-li-na"
)
TOKENS = {
    "clerk-token": CLERK,
    "kiosk-token": Principal(kind="device", name="k1", role="kiosk", hall="city"),
    "secret-of-t1": Principal(kind="citizen", name="t1", hall="city"),
}


TOWNS = {"": "here", "192.0.2.7": "east", "192.0.2.8": "west"}
"""What a network address is called where it must not be told."""


class Paper:
    """A house that only counts what it is asked."""

    def __init__(self) -> None:
        self.orders: list[tuple[str, str]] = []
        self.trouble: Exception | None = None
        self.gate: asyncio.Event | None = None


class Order(msgspec.Struct, forbid_unknown_fields=True):
    """What is ordered."""

    item: Reference
    count: Annotated[int, msgspec.Meta(ge=1)] = 1


class Ordered(msgspec.Struct):
    """What has been ordered: a number that grows."""

    item: str
    order: int
    by: str


class Search(msgspec.Struct, forbid_unknown_fields=True):
    """A query."""

    limit: Annotated[int, msgspec.Meta(ge=1)] = 3


async def order(call: Call[Paper, Order]) -> Ordered:
    """Take an order."""
    if call.house.gate:
        await call.house.gate.wait()
    if call.house.trouble:
        raise call.house.trouble
    call.house.orders.append((call.command_id, call.asked.item))
    return Ordered(call.asked.item, len(call.house.orders), call.principal.by)


async def serve_window(call: Call[Paper, Nothing]) -> Ordered:
    """Do something at a window."""
    call.house.orders.append((call.command_id, call.path["window"]))
    return Ordered(call.path["window"], len(call.house.orders), call.principal.by)


async def look(call: Call[Paper, Search]) -> Ordered:
    """Look at the house."""
    return Ordered("nothing", call.asked.limit, call.principal.by)


async def letter(call: Call[Paper, Nothing]) -> Document:
    """Fetch a letter."""
    return Document("text/plain; charset=utf-8", "信".encode(), "letter.txt")


async def enter(call: Call[Paper, Nothing]) -> Ordered:
    """Sign in."""
    call.reply.session = "cookie-of-li-na"
    return Ordered("key", 1, call.principal.by)


ROUTES: list[Route[Paper, Any, Any]] = [
    Route(
        method="POST",
        path="/api/halls/{hall}/orders",
        summary="Order.",
        right="take-number",
        handler=order,
        asks=Order,
        answers=Ordered,
        status=201,
        refuses=(WindowBusy,),
    ),
    Route(
        method="POST",
        path="/api/halls/{hall}/windows/{window}/serve",
        summary="Serve.",
        right="serve-window",
        handler=serve_window,
        asks=Nothing,
        answers=Ordered,
    ),
    Route(
        method="GET",
        path="/api/halls/{hall}",
        summary="Look.",
        right="see-hall",
        handler=look,
        asks=Search,
        answers=Ordered,
    ),
    Route(
        method="GET",
        path="/api/halls/{hall}/letter",
        summary="A letter.",
        right="see-reports",
        handler=letter,
        asks=Nothing,
        answers=Document,
        media=("text/plain",),
    ),
    Route(
        method="POST",
        path="/api/session",
        summary="Sign in.",
        right="sign-in",
        handler=enter,
        asks=Nothing,
        answers=Ordered,
        remembered=False,
    ),
]


class PaperCallers:
    """Recognises the tokens above."""

    async def recognise(
        self, bearer: str, cookie: str, path: Mapping[str, str]
    ) -> Principal:
        if bearer:
            if bearer not in TOKENS:
                raise NotSignedIn
            return TOKENS[bearer]
        if cookie == "cookie-of-li-na":
            return msgspec.structs.replace(CLERK, by_cookie=True)
        return ANYONE

    def key_near(self, address: str, key: str) -> str:
        return f"near-{TOWNS[address]}-{key}"


class Notes:
    """Keeps what an observer is told."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, str, int, str]] = []

    def answered(
        self, method: str, route: str, status: int, seconds: float, kind: str
    ) -> None:
        assert seconds >= 0
        self.lines.append((method, route, status, kind))


class PaperAudit:
    """Keeps what an audit is told."""

    def __init__(self) -> None:
        self.refusals: list[Refusal] = []
        self.places: list[tuple[str, str]] = []

    def refused(self, refusal: Refusal) -> None:
        self.refusals.append(refusal)

    def seen(self, account: str, hall: str, address: str) -> None:
        self.places.append((account, address))


class Desk:
    """The served interface, with all that a test looks at."""

    def __init__(
        self, client: TestClient[web.Request, web.Application], house: Paper
    ) -> None:
        self.client = client
        self.house = house
        self.notes = Notes()
        self.audit = PaperAudit()

    async def post(
        self, path: str, body: object = None, **headers: str
    ) -> tuple[int, dict[str, object]]:
        """Send a POST with header names written with underscores."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        async with self.client.post(path, json=body, headers=named) as response:
            return response.status, await response.json()


@asynccontextmanager
async def paper_desk(burst: int = 100) -> AsyncIterator[Desk]:
    """Serve the routes above on a port of this machine."""
    house = Paper()
    app = web.Application()
    server = TestServer(app)
    client = TestClient(server)
    desk = Desk(client, house)
    interface = Interface(
        house,
        ROUTES,
        PaperCallers(),
        pacing=Paces(lambda: 0.0, {"numbers": Pace(burst, 1)}),
        observer=desk.notes,
        proxies=Proxies(),
        auditor=desk.audit,
    )
    interface.add_to(app)
    await server.start_server(**SERVER_OPTIONS)
    async with client:
        yield desk


def code_of(answer: dict[str, object]) -> object:
    """Return the code of an error, which has exactly the three parts."""
    error = answer["error"]
    assert isinstance(error, dict)
    assert set(error) == {"code", "message", "details"}
    return error["code"]


def field_of(answer: dict[str, object]) -> object:
    """Return the field that an error names."""
    error = answer["error"]
    assert isinstance(error, dict)
    return error["details"]["field"]
