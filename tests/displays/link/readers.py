"""A hall on the link without sockets: fake readers that keep real pictures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from displays.link.channel import BUSY
from displays.link.client import Client, Reaction, Update
from displays.link.frames import FROM_SERVER, REFUSED, Frame, decode
from displays.link.hub import Hub
from displays.link.press import Press
from displays.link.protocol import Refusal
from projections.topics.names import Topic, parse_topic
from queue_core.events import EvaluationGiven, Event
from queue_core.log.event_log import Recorded
from tests.queue_core.rules.hall import NINE, Hall


DATE = "2026-09-21"


class FixedClock:
    """The hall's clock, set by the test."""

    def __init__(self) -> None:
        self.at = NINE
        self.seconds = 0.0
        self.speed = 1.0

    def now(self) -> int:
        return self.at

    def steady(self) -> float:
        return self.seconds


def recorded(
    events: Iterable[Event], *, after: int = 0, hall: str = "city", date: str = DATE
) -> list[Recorded]:
    """Return events of a hall-day as they stand in the log."""
    return [
        Recorded(f"hall-day/{hall}/{date}", version, event)
        for version, event in enumerate(events, start=after + 1)
    ]


def evaluated(service: str, grade: Any = "satisfied") -> Recorded:
    """Return the evaluation of a service as it stands in the log."""
    event = EvaluationGiven(
        at=NINE,
        by="citizen",
        command_id="e1",
        service=service,
        hall="city",
        date=DATE,
        ticket=service.rpartition(".")[0],
        number="A001",
        window="1",
        clerk="li",
        grade=grade,
        indicators=[],
        text="",
        channel="pad",
        hall_version=1,
    )
    return Recorded(f"evaluation/{service}", 1, event)


def with_length(data: bytes) -> bytes:
    """Frame for a fake socket: the length before the bytes."""
    return len(data).to_bytes(4, "big") + data


class FakeReader:
    """A connection in memory; what arrives is drawn by a real client."""

    descriptor = BUSY

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.is_paused = False
        self.frames: list[Frame] = []
        self.sizes: list[int] = []
        self.updates: list[Update] = []
        self.asked: list[Frame] = []
        self.over: list[Topic] = []
        self.client = Client({}, random=lambda: 0.5)
        self.client.opened(0)

    def write(self, data: bytes) -> None:
        while data:
            size = int.from_bytes(data[:4], "big")
            frame = decode(data[4 : 4 + size], FROM_SERVER)
            self.frames.append(frame)
            self.sizes.append(size)
            self._draw(self.client.receive(frame, now=0))
            data = data[4 + size :]

    def leave(self, data: bytes) -> None:
        raise AssertionError("there is no socket to write to")

    def ended(self, topic: Topic) -> None:
        self.over.append(topic)

    def follow(self, name: str) -> Refusal | None:
        """Subscribe with what the client has of the topic."""
        self.client.follow(name)
        picture = self.client.pictures[name]
        return self.hub.subscribe(self, parse_topic(name), picture.epoch, picture.seq)

    def cut(self) -> None:
        """Lose the connection; the pictures stay."""
        self.hub.leave(self)
        self.is_paused = False

    def come_back(self) -> None:
        """Connect again and subscribe to everything with what is there."""
        for name in list(self.client.pictures):
            self.follow(name)

    def drain(self) -> None:
        """Take everything that waits; the buffer is empty again."""
        self.is_paused = False
        self.hub.drained(self)

    def state(self, name: str) -> Any:
        return self.client.pictures[name].state

    def stale(self) -> set[str]:
        """Return the topics whose pictures may be old ones."""
        pictures = self.client.pictures
        return {name for name, picture in pictures.items() if picture.is_stale}

    def kinds(self) -> list[int]:
        """Return the kinds of the frames since the last look."""
        kinds = [frame.kind for frame in self.frames]
        self.frames.clear()
        return kinds

    def refusals(self) -> list[tuple[str, str]]:
        """Return (topic, code) of what was refused."""
        return [(f.topic, f.body[0]) for f in self.frames if f.kind == REFUSED]

    def _draw(self, reaction: Reaction) -> None:
        self.updates += reaction.updates
        self.asked += reaction.send


class LinkedDay:
    """A hall whose record goes straight to a hub."""

    def __init__(self, hall: Hall | None = None) -> None:
        self.clock = FixedClock()
        press = Press(self.clock, with_length, heartbeat_seconds=5)
        self.hub = Hub(press, mark="ab12", steady=self.clock.steady)
        self.hall = hall or Hall()
        self.hub.add_hall("city", recorded(self.hall.log))
        self.told = len(self.hall.log)

    def reader(self, *topics: str) -> FakeReader:
        """Connect a reader that follows some topics."""
        reader = FakeReader(self.hub)
        for topic in topics:
            reader.follow(topic)
        reader.frames.clear()
        reader.updates.clear()
        return reader

    def tell(self, *, phones: bool = True) -> None:
        """Publish what has happened in the hall since, as one commit."""
        batch = recorded(self.hall.log[self.told :], after=self.told)
        self.told = len(self.hall.log)
        self.hub.publish(batch)
        if phones:
            self.serve_phones()

    def serve_phones(self) -> None:
        while self.hub.phones.serve(1_000):
            pass

    def beat(self) -> None:
        """Let a heartbeat pass."""
        self.hub.beat()
        self.serve_beats()

    def doubt(self, in_doubt: bool) -> None:
        """Let the record be out of reach, or be there again."""
        self.hub.doubt("city", in_doubt)
        self.serve_beats()

    def serve_beats(self) -> None:
        while self.hub.phones.serve_beats(1_000):
            pass
