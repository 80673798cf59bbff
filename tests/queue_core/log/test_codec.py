"""Stored names and stored bytes never change: what was written stays readable.

``golden_events.txt`` holds ``topic hex`` for a sample of every event. A line is never
changed or removed. Where a field with a default has been added at the end of a class,
a further line with the longer bytes follows the older one; both must be readable.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from queue_core.errors import ParseError
from queue_core.events import Event, TicketPinned
from queue_core.log.codec import Codec, Fields, decode, encode
from queue_core.log.event_names import EVENT_NAMES

from .samples import CAUSE, SAMPLES


GOLDEN = [
    (line.split()[0], bytes.fromhex(line.split()[1]))
    for line in (Path(__file__).parent / "golden_events.txt").read_text().splitlines()
]
NEWEST = dict(GOLDEN)


@pytest.mark.parametrize("event", SAMPLES, ids=lambda event: type(event).__name__)
def test_an_event_is_stored_under_its_name_in_its_bytes(event: Event) -> None:
    topic, body = encode(event)

    assert f"{topic} {body.hex()}" == f"{topic} {NEWEST[topic].hex()}"
    assert decode(topic, body) == event


@pytest.mark.parametrize(("topic", "body"), GOLDEN, ids=[line[0] for line in GOLDEN])
def test_what_was_ever_stored_can_be_read(topic: str, body: bytes) -> None:
    event = decode(topic, body)

    assert event.command_id == CAUSE["command_id"]


def test_every_event_of_the_house_has_a_sample_and_a_golden_line() -> None:
    topics = {f"{name}.{number}" for name, number in EVENT_NAMES.values()}

    assert {type(event) for event in SAMPLES} == set(EVENT_NAMES)
    assert topics <= set(NEWEST)
    assert len(topics) == len(EVENT_NAMES)


def test_every_event_class_has_a_stored_name() -> None:
    def concrete(cls: type[Event]) -> list[type[Event]]:
        below = cls.__subclasses__()
        return [leaf for sub in below for leaf in concrete(sub)] if below else [cls]

    house = [cls for cls in concrete(Event) if cls.__module__.startswith("queue_core.")]

    assert set(house) == set(EVENT_NAMES)


def test_an_unknown_topic_is_refused() -> None:
    with pytest.raises(ParseError, match=r"no event is stored as 'ticket-lost\.1'"):
        decode("ticket-lost.1", b"\x90")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xc1",
        encode(SAMPLES[0])[1],
        msgspec.msgpack.encode([1, "m1", "m1:k", "t1"]),
        msgspec.msgpack.encode([1, "m1", "m1:k", "t1", "why", "more"]),
        msgspec.msgpack.encode(["1", "m1", "m1:k", "t1", "why"]),
        b"\x95\x01\xa2m1\xa4m1:k\xa2t1\xa3\xff\xfe\xfd",
    ],
    ids=[
        "nothing",
        "no-msgpack",
        "another",
        "too-short",
        "too-long",
        "wrong-type",
        "no-text",
    ],
)
def test_bytes_that_are_not_the_event_are_refused(body: bytes) -> None:
    with pytest.raises(ParseError, match=r"ticket-pinned\.1"):
        decode("ticket-pinned.1", body)


@pytest.mark.parametrize("body", ["text", None, 7])
def test_what_a_damaged_file_gives_instead_of_bytes_is_refused(body: Any) -> None:
    with pytest.raises(ParseError, match=r"ticket-pinned\.1"):
        decode("ticket-pinned.1", body)


class TicketMarked(Event, frozen=True, kw_only=True, array_like=True):
    """A later meaning of a pin, as a new version would have it."""

    ticket: str
    reason: str
    rank: int


def test_an_older_version_becomes_the_newest_step_by_step() -> None:
    def name_the_reason(fields: Fields) -> Fields:
        return [*fields[:4], fields[4] or "not said"]

    def add_the_rank(fields: Fields) -> Fields:
        return [*fields, 1]

    codec = Codec(
        {TicketMarked: ("ticket-pinned", 3)},
        {
            "ticket-pinned.1": ("ticket-pinned.2", name_the_reason),
            "ticket-pinned.2": ("ticket-pinned.3", add_the_rank),
        },
    )
    stored = encode(TicketPinned(**CAUSE, ticket="t1", reason=""))

    assert codec.decode(*stored) == TicketMarked(
        **CAUSE, ticket="t1", reason="not said", rank=1
    )
