"""Floods and bombs at the live link: real sockets, and a client of bare bytes."""

from __future__ import annotations

import asyncio
import random
import struct
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

import pytest

from displays.link.frames import (
    HELLO,
    MESSAGE_LIMIT,
    POLICY,
    SNAPSHOT,
    SUBSCRIBE,
    Frame,
    encode,
)
from displays.link.protocol import TOPICS_LIMIT
from tests.displays.link.linked import LinkedHouse, hear, linked_house, say, socket_to


TOO_BIG = 1009
SOON = 10.0
BINARY, CONTINUED, PING, LAST = 0x02, 0x00, 0x09, 0x80


def masked(opcode: int, data: bytes = b"", last: int = LAST) -> bytes:
    """Return a client's frame with a mask of zeros (RFC 6455, 5.2)."""
    head = struct.pack("!BB", last | opcode, 0x80 | min(len(data), 126))
    length = struct.pack("!H", len(data)) if len(data) >= 126 else b""
    return head + length + bytes(4) + data


@asynccontextmanager
async def bare(
    house: LinkedHouse,
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """Open a link without a library that keeps one from doing wrong."""
    reader, writer = await asyncio.open_connection("127.0.0.1", house.link.port)
    writer.write(
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
        b"Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        b"Sec-WebSocket-Version: 13\r\n\r\n"
    )
    await reader.readuntil(b"\r\n\r\n")
    try:
        yield reader, writer
    finally:
        writer.close()


async def end_of(reader: asyncio.StreamReader) -> int:
    """Read to the end, and return the code with which the link was closed."""
    raw = b""
    async with asyncio.timeout(SOON):
        while chunk := await reader.read(65_536):
            raw += chunk
    at = raw.rfind(b"\x88")
    return int.from_bytes(raw[at + 2 : at + 4], "big")


async def flood(writer: asyncio.StreamWriter, some: Iterable[bytes]) -> None:
    """Send until it is over, or the house will hear no more."""
    try:
        async with asyncio.timeout(SOON):
            for data in some:
                writer.write(data)
                await writer.drain()
    except ConnectionError:
        pass


async def still_serves(house: LinkedHouse) -> None:
    """Pass if a board is told what it asks."""
    async with socket_to(house) as socket:
        await say(socket, HELLO, "", "", 0, 0, {})
        await say(socket, SUBSCRIBE, "board/city", "", 0, 0, {})
        await hear(socket)
        assert (await hear(socket)).kind == SNAPSHOT


HELLO_BYTES = encode(Frame(HELLO, "", "", 0, 0, {}))
SUBSCRIPTION = encode(Frame(SUBSCRIBE, "board/city", "", 0, 0, {}))


@pytest.mark.parametrize(
    ("name", "flood_of", "code"),
    [
        ("a long message", [masked(BINARY, bytes(MESSAGE_LIMIT + 1))], TOO_BIG),
        ("a message of fragments", [masked(BINARY, b"x", 0)], POLICY),
        ("nothing but empty fragments", [masked(CONTINUED, b"", 0)] * 3, 1002),
        ("pings without end", [masked(PING, b"x" * 125) * 100] * 60, POLICY),
        ("the same wish for ever", [masked(BINARY, SUBSCRIPTION) * 50] * 60, POLICY),
    ],
)
async def test_a_flood_ends_its_own_link_and_no_other(
    name: str, flood_of: list[bytes], code: int
) -> None:
    limits = {"messages_at_once": 1_000, "messages_per_second": 1.0}
    async with linked_house(limits=limits) as house, bare(house) as (reader, writer):
        writer.write(masked(BINARY, HELLO_BYTES))

        ended = asyncio.create_task(end_of(reader))
        await flood(writer, flood_of)

        assert await ended == code, name
        await still_serves(house)


async def test_half_a_message_holds_no_more_than_a_whole_one_may_have() -> None:
    """Slow loris: it may stay, as a phone may that says nothing."""
    async with linked_house() as house, bare(house) as (_, writer):
        writer.write(masked(BINARY, HELLO_BYTES))
        writer.write(masked(BINARY, bytes(MESSAGE_LIMIT))[:-1])
        await writer.drain()

        await still_serves(house)


async def test_whoever_begins_and_does_not_go_on_is_let_go() -> None:
    """Without a hello, and without even a handshake (see ``open_timeout``)."""
    limits = {"hello_seconds": 0.1}
    async with linked_house(limits=limits) as house, bare(house) as (reader, _):
        assert await end_of(reader) == POLICY


async def test_too_many_topics_are_refused_one_by_one() -> None:
    async with linked_house() as house, socket_to(house) as socket:
        await say(socket, HELLO, "", "", 0, 0, {})
        await hear(socket)
        for n in range(TOPICS_LIMIT + 50):
            await say(socket, SUBSCRIBE, f"ticket/made-up-{n}", "", 0, 0, {})
        for _ in range(TOPICS_LIMIT + 50):
            refused = await hear(socket)

        # What is not served is not kept, so that nothing fills up.
        assert refused.body[0] in {"topic-unknown", "too-many-topics"}
        assert not house.link.hub.channels
        await still_serves(house)


async def test_sockets_beyond_the_room_are_closed_and_the_rest_is_served() -> None:
    limits = {"connections": 20, "connections_of_address": 20, "handshakes": 5}
    async with linked_house(limits=limits) as house:
        opened = [
            await asyncio.open_connection("127.0.0.1", house.link.port)
            for _ in range(60)
        ]
        ended = 0
        async with asyncio.timeout(SOON):
            for reader, _ in opened[25:]:
                ended += await read_to_end(reader) == b""
        for _, writer in opened:
            writer.close()
            await gone(writer)

        assert ended == 35
        await still_serves(house)


async def read_to_end(reader: asyncio.StreamReader) -> bytes:
    """Return what comes until the end, be it a reset."""
    try:
        return await reader.read()
    except ConnectionError:
        return b""


async def gone(writer: asyncio.StreamWriter) -> None:
    """Wait until a connection has ended."""
    try:
        await writer.wait_closed()
    except ConnectionError:
        return


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://[", "x"])
async def test_a_page_of_another_site_opens_no_link(origin: str) -> None:
    """Cross-site WebSocket hijacking: the browser would send the clerk's cookie."""
    async with linked_house(origins={"same-host"}) as house:
        reader, writer = await asyncio.open_connection("127.0.0.1", house.link.port)
        writer.write(
            b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
            b"Origin: " + origin.encode() + b"\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Key: " + b"dGhlIHNhbXBsZSBub25jZQ==\r\n"
            b"Sec-WebSocket-Version: 13\r\n\r\n"
        )
        async with asyncio.timeout(SOON):
            said = await reader.readline()
        writer.close()

    assert b" 403 " in said


async def test_random_bytes_are_no_handshake_and_hurt_nobody() -> None:
    chance = random.Random(3)
    async with linked_house() as house:
        for _ in range(20):
            reader, writer = await asyncio.open_connection("127.0.0.1", house.link.port)
            writer.write(chance.randbytes(2_000) + b"\r\n\r\n")
            writer.write_eof()
            async with asyncio.timeout(SOON):
                await read_to_end(reader)
            writer.close()

        await still_serves(house)
