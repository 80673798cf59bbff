"""What one client may say, and when."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from displays.link.frames import POLICY
from displays.link.protocol import (
    TOO_MANY_TOPICS,
    TOPIC_UNKNOWN,
    TOPICS_LIMIT,
    Asked,
    Drew,
    Failed,
    Greeted,
    Left,
    Refused,
    ServerSide,
)
from projections.topics.names import Topic


BOARD = Topic("board", "city")


def said(*frame: Any) -> bytes:
    return msgspec.msgpack.encode(list(frame))


HELLO = said(16, "", "", 0, 0, {})


def greeted() -> ServerSide:
    side = ServerSide()
    side.receive(HELLO)
    return side


def test_a_client_says_hello_with_a_token_or_without() -> None:
    assert ServerSide().receive(HELLO) == Greeted("")
    with_token = ServerSide().receive(said(16, "", "", 0, 0, {"token": "k"}))
    assert with_token == Greeted("k")


@pytest.mark.parametrize(
    "message",
    [
        "hello",
        b"\xc1",
        said(17, "board/city", "", 0, 0, {}),
        said(1, "board/city", "", 0, 0, {}),
        said(16, "", "", 0, 0, {"tokens": "k"}),
    ],
)
def test_anything_else_than_a_hello_ends_the_link(message: bytes | str) -> None:
    wish = ServerSide().receive(message)

    assert isinstance(wish, Failed)
    assert wish.code == POLICY


def test_hello_comes_once() -> None:
    assert isinstance(greeted().receive(HELLO), Failed)


def test_a_client_asks_draws_and_leaves() -> None:
    side = greeted()

    wishes = [
        side.receive(said(17, "board/city", "e.1", 7, 0, {})),
        side.receive(said(17, "ticket/t1", "", 0, 0, {"secret": "s"})),
        side.receive(said(19, "board/city", "e.1", 8, 0, None)),
        side.receive(said(18, "board/city", "", 0, 0, None)),
    ]

    assert wishes == [
        Asked(BOARD, "e.1", 7, ""),
        Asked(Topic("ticket", "", "t1"), "", 0, "s"),
        Drew(BOARD, "e.1", 8),
        Left(BOARD),
    ]
    assert side.topics == {Topic("ticket", "", "t1")}


def test_a_topic_that_cannot_be_is_refused_by_its_name() -> None:
    wish = greeted().receive(said(17, "desk/city", "", 0, 0, {}))

    assert wish == Refused("desk/city", TOPIC_UNKNOWN)


def test_a_connection_follows_so_many_topics_and_no_more() -> None:
    side = greeted()
    for number in range(TOPICS_LIMIT):
        side.receive(said(17, f"ticket/t{number}", "", 0, 0, {}))

    one_more = side.receive(said(17, "ticket/more", "", 0, 0, {}))
    again = side.receive(said(17, "ticket/t1", "", 0, 0, {}))
    side.forget(Topic("ticket", "", "t1"))
    after_one_ended = side.receive(said(17, "ticket/more", "", 0, 0, {}))

    assert one_more == Refused("ticket/more", TOO_MANY_TOPICS)
    assert isinstance(again, Asked)
    assert isinstance(after_one_ended, Asked)
