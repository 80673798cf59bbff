"""Topics are read by name, and nothing else is."""

from __future__ import annotations

import pytest

from projections.topics.names import Topic, parse_topic
from queue_core.errors import ParseError


@pytest.mark.parametrize(
    ("name", "topic"),
    [
        ("board/city", Topic("board", "city")),
        ("board/city/z1", Topic("board", "city", "z1")),
        ("window/city/3", Topic("window", "city", "3")),
        ("console/city/3", Topic("console", "city", "3")),
        ("manager/city", Topic("manager", "city")),
        ("ticket/t1", Topic("ticket", "", "t1")),
    ],
)
def test_a_topic_is_read_and_named_alike(name: str, topic: Topic) -> None:
    assert parse_topic(name) == topic
    assert topic.name == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        "board",
        "board/",
        "board/city/",
        "board//z1",
        "board/city/z1/more",
        "window/city",
        "ticket/a/b",
        "desk/city",
        "board/ci\nty",
        "ticket/" + "x" * 200,
    ],
)
def test_other_names_are_refused(name: str) -> None:
    with pytest.raises(ParseError) as refusal:
        parse_topic(name)

    assert refusal.value.field == "topic"
