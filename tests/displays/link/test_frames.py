"""Frames are six elements of MessagePack; anything else is refused in words."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from displays.link.frames import (
    FROM_CLIENT,
    FROM_SERVER,
    HELLO,
    SUBSCRIBE,
    Frame,
    decode,
    encode,
    hello_body,
    subscribe_body,
)
from queue_core.errors import ParseError


def packed(value: Any) -> bytes:
    return msgspec.msgpack.encode(value)


def test_a_frame_is_read_as_it_was_written() -> None:
    frame = Frame(2, "board/city", "ftuab12", 7, 1_790_000_000_000, [31, [[2, 8]]])

    assert decode(encode(frame), FROM_SERVER) == frame
    assert msgspec.msgpack.decode(encode(frame))[:4] == [
        2,
        "board/city",
        "ftuab12",
        7,
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xc1",
        packed({"kind": 17}),
        packed([17, "board/city", "", 0, 0]),
        packed([17, "board/city", "", 0, 0, {}, 1]),
        packed(["17", "board/city", "", 0, 0, {}]),
        packed([17, 5, "", 0, 0, {}]),
        packed([17, "board/city", None, 0, 0, {}]),
        packed([17, "board/city", "", -1, 0, {}]),
        packed([17, "board/city", "", 2**60, 0, {}]),
        b"\x96\x11\xa1\xff\xa0\x00\x00\x80",
        packed([17, "x" * 201, "", 0, 0, {}]),
        packed([17, "board/city", "e" * 33, 0, 0, {}]),
        b"\x91" * 60_000,
    ],
)
def test_what_is_no_frame_is_refused(data: bytes) -> None:
    with pytest.raises(ParseError) as refusal:
        decode(data, FROM_CLIENT)

    assert refusal.value.field == "frame"


def test_a_client_cannot_send_what_only_servers_send() -> None:
    with pytest.raises(ParseError, match="no frame of kind 1 here"):
        decode(packed([1, "board/city", "", 0, 0, None]), FROM_CLIENT)


@pytest.mark.parametrize(
    "body", [{"token": 5}, {"key": "x"}, [], "t", {"token": "t" * 401}]
)
def test_a_hello_says_nothing_but_a_token(body: Any) -> None:
    with pytest.raises(ParseError) as refusal:
        hello_body(Frame(HELLO, "", "", 0, 0, body))

    assert refusal.value.field == "body"


def test_a_body_may_be_empty_or_absent() -> None:
    assert hello_body(Frame(HELLO, "", "", 0, 0, None)).token == ""
    assert subscribe_body(Frame(SUBSCRIBE, "t", "", 0, 0, {})).secret == ""


@given(st.binary(max_size=200))
def test_no_bytes_bring_anything_but_a_refusal(data: bytes) -> None:
    try:
        frame = decode(data, FROM_CLIENT)
    except ParseError:
        return
    assert frame.kind in FROM_CLIENT
