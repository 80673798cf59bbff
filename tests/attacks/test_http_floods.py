"""Too much, too slowly, too many: what the pages' listener does about it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import StreamReader
from aiohttp.base_protocol import BaseProtocol
from aiohttp.test_utils import make_mocked_request

from queue_core.interface.doorkeeping import HEAD_LIMIT, Doorkeeper, Visitor
from queue_core.interface.reading import body_in_time
from queue_core.interface.room import Room
from tests.open_house import OpenHouse, open_house
from yihao.soak.hostile.drill import memory


SOON = 20.0
GIGABYTE = 1 << 30
CHUNK = bytes(1 << 16)
HEAD = b"POST /api/halls/township/tickets HTTP/1.1\r\nHost: hall\r\n"
JSON = b"Content-Type: application/json\r\n"
LOOK = b"GET /api/halls/township HTTP/1.1\r\nHost: hall\r\nConnection: close\r\n\r\n"


@pytest.fixture(scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[OpenHouse]:
    async with open_house(tmp_path_factory.mktemp("floods")) as opened:
        yield opened


@asynccontextmanager
async def connection(
    port: int,
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """Open a connection of bare bytes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        async with asyncio.timeout(SOON):
            yield reader, writer
    finally:
        writer.close()


async def still_serves(house: OpenHouse) -> None:
    """Pass if a stranger can look at the hall."""
    async with connection(house.running.port) as (reader, writer):
        writer.write(LOOK)
        assert b" 200 " in await reader.readline()


async def poured(writer: asyncio.StreamWriter, data: Iterator[bytes]) -> int:
    """Send until it is over or the house has closed; return how much was taken."""
    sent = 0
    try:
        for chunk in data:
            writer.write(chunk)
            await writer.drain()
            sent += len(chunk)
    except ConnectionError:
        pass
    return sent


def gigabyte(*, chunked: bool) -> Iterator[bytes]:
    """Yield a body of 1 GB."""
    for _ in range(GIGABYTE // len(CHUNK)):
        yield b"10000\r\n" + CHUNK + b"\r\n" if chunked else CHUNK


@pytest.mark.parametrize("chunked", [False, True], ids=["told", "chunked"])
async def test_a_gigabyte_is_refused_before_it_is_sent(
    house: OpenHouse, chunked: bool
) -> None:
    length = (
        b"Transfer-Encoding: chunked\r\n"
        if chunked
        else b"Content-Length: %d\r\n" % GIGABYTE
    )
    before = memory()
    async with connection(house.running.port) as (reader, writer):
        writer.write(HEAD + JSON + length + b"\r\n")
        pouring = asyncio.create_task(poured(writer, gigabyte(chunked=chunked)))

        refused = await reader.readline()
        sent = await pouring

    assert b" 413 " in refused
    assert sent < GIGABYTE * 3 // 4
    assert memory() - before < 48 << 20
    await still_serves(house)


@pytest.mark.parametrize(
    "head",
    [
        b"".join(b"X-%d: y\r\n" % n for n in range(100_000)),
        b"X: " + b"y" * (4 << 20) + b"\r\n",
        b"Cookie: " + b"a=b; " * 100_000 + b"\r\n",
    ],
    ids=["100,000 headers", "a header of 4 MB", "100,000 cookies"],
)
async def test_a_head_without_end_is_not_read_to_its_end(
    house: OpenHouse, head: bytes
) -> None:
    async with connection(house.running.port) as (reader, writer):
        pieces = [head[at : at + 4_096] for at in range(0, len(head), 4_096)]
        pouring = asyncio.create_task(poured(writer, iter([HEAD, *pieces])))
        with_status = await ends(reader)
        await pouring

    assert with_status in {b"400", b"431", b""}
    await still_serves(house)


async def ends(reader: asyncio.StreamReader) -> bytes:
    """Return the status of the answer; nothing if the connection broke before it."""
    try:
        line = await reader.readline()
        await reader.read()
    except ConnectionError:
        return b""
    return line.split(b" ")[1] if line else b""


async def test_many_questions_of_one_who_hears_no_answer_hold_up_nobody(
    house: OpenHouse,
) -> None:
    before = memory()
    async with connection(house.running.port) as (_, writer):
        keep = LOOK.replace(b"Connection: close\r\n", b"")
        asking = asyncio.create_task(poured(writer, iter([keep * 50] * 400)))
        for _ in range(5):
            await still_serves(house)
        asking.cancel()

    assert memory() - before < 48 << 20


async def test_half_a_body_is_not_waited_for_without_end() -> None:
    protocol = BaseProtocol(asyncio.get_running_loop())
    protocol.connection_made(asyncio.Transport())
    half = StreamReader(protocol, limit=2**16)
    half.feed_data(b'{"item":')
    request = make_mocked_request("POST", "/api/halls/x/tickets", payload=half)

    with pytest.raises(TimeoutError):
        await body_in_time(request, seconds=0.01)


# The doorkeeper by himself.


class Answering(asyncio.Protocol):
    """What answers everything that is let in with the number of bytes it heard."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.transport.write(b"%d\n" % len(data))


@asynccontextmanager
async def doorkeeper(
    room: Room | None = None, head_seconds: float = SOON
) -> AsyncIterator[tuple[Doorkeeper, int]]:
    """Let a doorkeeper stand at a port."""
    keeper = Doorkeeper(Answering, room or Room(100, 100), head_seconds)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(keeper, "127.0.0.1", 0)
    try:
        yield keeper, server.sockets[0].getsockname()[1]
    finally:
        server.close()
        keeper.close()


async def test_a_head_that_comes_in_pieces_is_passed_on_whole() -> None:
    async with doorkeeper() as (_, port), connection(port) as (reader, writer):
        for piece in (LOOK[:7], LOOK[7:30], LOOK[30:]):
            writer.write(piece)
            await writer.drain()
        assert await reader.readline() == b"%d\n" % len(LOOK)

        writer.write(b"more")
        assert await reader.readline() == b"4\n"


async def test_whoever_says_half_a_head_and_no_more_is_told_and_let_go() -> None:
    async with doorkeeper(head_seconds=0.05) as (keeper, port):
        async with connection(port) as (reader, writer):
            writer.write(LOOK[:20])
            assert b" 408 " in await reader.readline()
            await reader.read()
        async with connection(port) as (reader, _):
            assert await ends(reader) == b""

        assert not keeper.waiting


async def test_a_head_longer_than_any_is_refused() -> None:
    async with doorkeeper() as (_, port), connection(port) as (reader, writer):
        writer.write(HEAD + b"X: " + b"y" * HEAD_LIMIT)
        assert b" 431 " in await reader.readline()


async def test_what_is_no_head_at_all_is_left_to_the_server_to_refuse() -> None:
    async with doorkeeper() as (_, port), connection(port) as (reader, writer):
        writer.write(b"\x16\x03\x01\x02")
        assert await reader.readline() == b"4\n"


async def heard(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
    """Ask something, and tell whether it was answered."""
    writer.write(LOOK)
    try:
        return await reader.readline() != b""
    except ConnectionError:
        return False


async def test_when_all_places_are_taken_the_next_is_turned_away_until_one_goes() -> (
    None
):
    async with (
        doorkeeper(Room(2, 2)) as (_, port),
        connection(port) as first,
        connection(port) as second,
    ):
        assert await heard(*first)
        assert await heard(*second)
        async with connection(port) as third:
            assert not await heard(*third)
        second[1].close()
        await second[1].wait_closed()

        # The house hears of it a moment later than he who has gone.
        while not await is_let_in(port):
            pass


async def test_thousands_who_say_nothing_take_nobodys_place() -> None:
    async with doorkeeper(Room(5, 5)) as (keeper, port):
        silent = [await asyncio.open_connection("127.0.0.1", port) for _ in range(50)]

        async with connection(port) as one:
            assert await heard(*one)

        assert len(keeper.waiting) <= 5
        for _, writer in silent:
            writer.close()


async def is_let_in(port: int) -> bool:
    """Tell whether somebody is heard who comes now."""
    async with connection(port) as somebody:
        return await heard(*somebody)


def test_a_visitor_who_never_came_in_is_not_counted() -> None:
    room = Room(0, 0)

    assert not room.enter("192.0.2.1")
    Visitor(Doorkeeper(Answering, room)).connection_lost(None)

    assert not room.enter("192.0.2.1")
